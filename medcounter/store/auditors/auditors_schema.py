"""The schema of ``auditor.db``: the ledger's tables, and the lines for auditors.

It has the ledger's own tables so that code that reads a ledger can read this
too; those of people, drafts and indexes stay empty. There are no migrations: a
file of another version is made again.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from medcounter.store.db import ledger_schema
from medcounter.store.db.migrations import Schema
from medcounter.store.db.sqlite import Database

_TABLES = (
    # A line of the masked audit file for each event, and what vouches for older rows.
    "CREATE TABLE line (event INTEGER PRIMARY KEY, data BLOB NOT NULL, before BLOB) STRICT",
    # What of a person may be seen.
    "CREATE TABLE shown (notice INTEGER PRIMARY KEY, name TEXT, id_number TEXT) STRICT",
    "CREATE TABLE ends (first BLOB NOT NULL, last BLOB NOT NULL) STRICT",
)
_TRIGGERS = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"

steps = Migrations("auditors")


@steps(name="0001_as_the_ledger")
def _first(database: Database) -> None:
    for step in ledger_schema.steps.pending(database):
        step.fn(database)
    # Numbers go on after a restore by what is not here.
    for (name,) in database.conn.execute(_TRIGGERS).fetchall():
        database.conn.execute(f"DROP TRIGGER {name}")
    for statement in _TABLES:
        database.conn.execute(statement)


AUDITORS = Schema(
    application_id=0x4D43_4131,  # "MCA1"
    steps=steps,
    version=1,
    fingerprint="d19ce88a7798fbfcfbe47ff4ed79002a17156c24fd16882c83e3c882924c73c2",
)
