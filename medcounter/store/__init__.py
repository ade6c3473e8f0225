"""Storage: the only package that touches SQLite.

The ledger of notices, the cache of rules, drafts, migrations and backups.
Importing a module of this package, except ``store_errors`` and
``ledger_records``, loads SQLCipher and sqlite-utils, so it is done after the
first paint.
"""
