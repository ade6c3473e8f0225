"""The schema of ``drafts.db`` as migrations; docs/store.md gives the reasons.

A released step is never changed: a new one is added below it. Nothing is ever
changed or taken out: what a draft holds now is the last of its acts.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from medcounter.store.db.migrations import Schema
from medcounter.store.db.sqlite import Database

_TABLES = (
    """
    CREATE TABLE rule_draft (
        id INTEGER PRIMARY KEY,
        region TEXT NOT NULL CHECK (region GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'),
        scheme TEXT NOT NULL CHECK (scheme <> ''),
        benefit_year INTEGER NOT NULL CHECK (benefit_year BETWEEN 1900 AND 9999),
        title TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE act (
        id INTEGER PRIMARY KEY,
        draft INTEGER REFERENCES rule_draft (id),
        version INTEGER CHECK (version >= 1),
        kind TEXT NOT NULL CHECK (kind <> ''),
        at TEXT NOT NULL,
        author TEXT NOT NULL,
        words TEXT NOT NULL,
        detail TEXT NOT NULL CHECK (json_valid(detail)),
        mac TEXT NOT NULL,
        UNIQUE (draft, version)
    ) STRICT
    """,
    "CREATE INDEX act_draft ON act (draft, id)",
    """
    CREATE TABLE piece (
        act INTEGER NOT NULL REFERENCES act (id),
        name TEXT NOT NULL CHECK (name <> ''),
        whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
        before INTEGER NOT NULL CHECK (before >= 0),
        after INTEGER NOT NULL CHECK (after >= 0),
        middle BLOB NOT NULL,
        PRIMARY KEY (act, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE attached (
        sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        name TEXT NOT NULL,
        at TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT
    """,
)
_KEPT_FOR_EVER = ("rule_draft", "act", "piece", "attached")
_IN_ORDER = """
    CREATE TRIGGER act_in_order BEFORE INSERT ON act
    WHEN NEW.id <> 1 + coalesce((SELECT max(id) FROM act), 0)
    BEGIN SELECT RAISE(ABORT, 'act: a row out of order'); END
"""

steps = Migrations("drafts")


@steps(name="0001_drafts")
def _first(database: Database) -> None:
    for table in _TABLES:
        database.conn.execute(table)
    database.conn.execute(_IN_ORDER)
    for table in _KEPT_FOR_EVER:
        for verb in ("UPDATE", "DELETE"):
            database.conn.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table}: kept for ever'); END"
            )


RULE_DRAFTS = Schema(
    application_id=0x4D43_4431,  # "MCD1"
    steps=steps,
    version=1,
    fingerprint="4b418221db8a047a7d0827d4174f0aff1ac31a232d83381accb43c6d3d118313",
)
