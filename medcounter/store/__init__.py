"""Keep what must not be lost: the only door to SQLite.

The ledger of notices, the cache of rules, drafts, migrations and backups.
Importing a module of this room, but for ``errors`` and ``records``, loads
SQLCipher and sqlite-utils, so it is done after the first paint.
"""
