"""The schema of ``rules.db`` as migrations; the file can always be rebuilt.

A released step is never changed: a new one is added below it.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from medcounter.store.db.migrations import Schema
from medcounter.store.db.sqlite import Database

_BUNDLE = """
    CREATE TABLE bundle (
        sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        bundle TEXT NOT NULL,
        revision INTEGER NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('shipped', 'synced')),
        installed_at TEXT NOT NULL,
        package BLOB NOT NULL
    ) STRICT
"""

steps = Migrations("rules")


@steps(name="0001_bundles")
def _first(database: Database) -> None:
    database.conn.execute(_BUNDLE)


RULES = Schema(
    application_id=0x4D43_5231,  # "MCR1"
    steps=steps,
    version=1,
    fingerprint="3fe93961e5377db921968c54091a06c997da86d97adf6b9eb597001f807f9b84",
)
