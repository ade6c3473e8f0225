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
    # A line of the masked audit file for each event.
    "CREATE TABLE line (event INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT",
    # What vouches for rows whose issue events do not.
    "CREATE TABLE line_of_before (event INTEGER PRIMARY KEY, entry BLOB NOT NULL) STRICT",
    # The hash of each block of lines.
    "CREATE TABLE block (number INTEGER PRIMARY KEY, digest BLOB NOT NULL) STRICT",
    # What of a person may be seen.
    "CREATE TABLE shown (notice INTEGER PRIMARY KEY, name TEXT, id_number TEXT) STRICT",
    # How far it goes, what it begins and ends with, and the ledger's word on the blocks.
    """
    CREATE TABLE ends (
        position INTEGER PRIMARY KEY,
        head TEXT NOT NULL,
        first BLOB NOT NULL,
        last BLOB NOT NULL,
        code TEXT NOT NULL
    ) STRICT
    """,
)
_TRIGGERS = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"

steps = Migrations("auditors")


@steps(name="0002_blocks")
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
    fingerprint="e7f7f6f8906af4485acf0dccac0d81beb5d49a71be2dc76e3d84d30dce580ebf",
)
