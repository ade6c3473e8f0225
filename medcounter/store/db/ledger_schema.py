"""The schema of ``ledger.db`` as migrations; docs/store.md gives the reasons.

A released step is never changed: a new one is added below it.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from medcounter.store.db import sound_index
from medcounter.store.db.migrations import Schema
from medcounter.store.db.sqlite import Database

_TABLES = (
    """
    CREATE TABLE notice (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        issue_year INTEGER NOT NULL CHECK (issue_year BETWEEN 2000 AND 9999),
        desk TEXT NOT NULL CHECK (desk <> ''),
        sequence INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 999999),
        request_id TEXT NOT NULL UNIQUE CHECK (request_id <> ''),
        issued_at TEXT NOT NULL,
        clerk TEXT NOT NULL,
        region TEXT NOT NULL CHECK (region GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'),
        scheme TEXT NOT NULL CHECK (scheme <> ''),
        benefit_year INTEGER NOT NULL CHECK (benefit_year BETWEEN 1900 AND 9999),
        category TEXT NOT NULL,
        category_label TEXT NOT NULL,
        total INTEGER CHECK (total >= 0),
        coverage_start TEXT,
        coverage_end TEXT,
        bundle TEXT NOT NULL,
        revision INTEGER NOT NULL,
        bundle_sha256 TEXT NOT NULL CHECK (length(bundle_sha256) = 64),
        engine TEXT NOT NULL,
        facts TEXT NOT NULL CHECK (json_valid(facts)),
        breakdown TEXT NOT NULL CHECK (json_valid(breakdown)),
        replaces INTEGER REFERENCES notice (id),
        commitment TEXT NOT NULL,
        UNIQUE (issue_year, desk, sequence),
        CHECK ((coverage_start IS NULL) = (coverage_end IS NULL)),
        CHECK (coverage_start <= coverage_end)
    ) STRICT
    """,
    "CREATE INDEX notice_sequence ON notice (sequence)",
    """
    CREATE TABLE party (
        notice INTEGER PRIMARY KEY REFERENCES notice (id),
        name TEXT NOT NULL,
        id_number TEXT NOT NULL,
        id_tail TEXT NOT NULL CHECK (length(id_tail) <= 4),
        salt BLOB NOT NULL CHECK (length(salt) >= 16),
        coding TEXT NOT NULL CHECK (coding IN ('plain', 'zlib')),
        document BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX party_id_tail ON party (id_tail) WHERE id_tail <> ''",
    "CREATE INDEX party_id_number ON party (id_number) WHERE id_number <> ''",
    """
    CREATE VIRTUAL TABLE name_index USING fts5 (
        characters, content = '', contentless_delete = 1, tokenize = 'ascii'
    )
    """,
    "CREATE TABLE event_kind (kind TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL REFERENCES event_kind (kind),
        at TEXT NOT NULL,
        notice INTEGER REFERENCES notice (id),
        print_no INTEGER CHECK (print_no >= 1),
        clerk TEXT NOT NULL,
        detail TEXT NOT NULL CHECK (json_valid(detail)),
        mac TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX event_notice ON event (notice, kind) WHERE notice IS NOT NULL",
    "CREATE INDEX event_elsewhere ON event (kind) WHERE notice IS NULL",
    "CREATE UNIQUE INDEX event_issue ON event (notice) WHERE kind = 'issue'",
    "CREATE UNIQUE INDEX event_void ON event (notice) WHERE kind = 'void'",
    """
    CREATE UNIQUE INDEX event_print ON event (notice, print_no)
    WHERE kind IN ('issue', 'reprint')
    """,
    """
    CREATE TABLE draft (
        slot TEXT PRIMARY KEY,
        saved_at TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
_KEPT_FOR_EVER = ("notice", "event", "event_kind")
_IN_ORDER = """
    CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
    WHEN NEW.id <> 1 + coalesce((SELECT max(id) FROM {table}), 0)
    BEGIN SELECT RAISE(ABORT, '{table}: a row out of order'); END
"""
_NO_GAP = """
    CREATE TRIGGER notice_no_gap BEFORE INSERT ON notice
    WHEN NEW.sequence <> 1 + coalesce(
        (SELECT max(sequence) FROM notice
         WHERE issue_year = NEW.issue_year AND desk = NEW.desk), 0)
    BEGIN SELECT RAISE(ABORT, 'notice: a gap in the numbers'); END
"""
# What a restore knows to be on paper already is not given out again.
_NUMBER_FLOOR = """
    CREATE TABLE number_floor (
        issue_year INTEGER NOT NULL CHECK (issue_year BETWEEN 2000 AND 9999),
        desk TEXT NOT NULL CHECK (desk <> ''),
        sequence INTEGER NOT NULL CHECK (sequence BETWEEN 1 AND 999999),
        PRIMARY KEY (issue_year, desk, sequence)
    ) STRICT, WITHOUT ROWID
"""
_NO_GAP_ABOVE_FLOOR = """
    CREATE TRIGGER notice_no_gap BEFORE INSERT ON notice
    WHEN NEW.sequence <> 1 + max(
        coalesce((SELECT max(sequence) FROM notice
         WHERE issue_year = NEW.issue_year AND desk = NEW.desk), 0),
        coalesce((SELECT max(sequence) FROM number_floor
         WHERE issue_year = NEW.issue_year AND desk = NEW.desk), 0))
    BEGIN SELECT RAISE(ABORT, 'notice: a gap in the numbers'); END
"""
# Which notices were issued together: the row of the first, and the place among them.
_HOUSEHOLD = (
    """
    CREATE TABLE household_member (
        notice INTEGER PRIMARY KEY REFERENCES notice (id),
        first INTEGER NOT NULL REFERENCES notice (id),
        place INTEGER NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 2),
        UNIQUE (first, place),
        CHECK (place BETWEEN 1 AND size),
        CHECK (notice = first + place - 1)
    ) STRICT
    """,
    "CREATE INDEX notice_replaces ON notice (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX notice_day ON notice (substr(issued_at, 1, 10))",
)
# Who signed an event; what the signature is worth is told by the events themselves.
_SIGNATURE = """
    CREATE TABLE event_signature (
        event INTEGER PRIMARY KEY REFERENCES event (id),
        public TEXT NOT NULL CHECK (length(public) = 64),
        signature TEXT NOT NULL CHECK (length(signature) = 128)
    ) STRICT
"""
_KEPT = """
    CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table}
    BEGIN SELECT RAISE(ABORT, '{table}: rows stay as they are'); END
"""
_KINDS = (
    "issue", "reprint", "printed", "print-failed", "void", "erase", "import", "export",
    "backup", "restore", "day-close", "sign-in", "reveal", "override", "failure",
)  # fmt: skip

# Kinds that came later are rows put in when they are first needed.
SETTINGS, RULE_DRAFT, HALL, ANCHOR_LOST = "settings", "rule-draft", "hall", "anchor-lost"
_LATER = ("entered", "not-entered", "acknowledged", "listed", SETTINGS, RULE_DRAFT, HALL)
KINDS = (*_KINDS, *_LATER, ANCHOR_LOST)
# What says of numbers that they are on paper already, or may be.
RESERVING = ("restore", ANCHOR_LOST)

steps = Migrations("ledger")


@steps(name="0001_notices_events_parties_drafts")
def _first(database: Database) -> None:
    for statement in (*_TABLES, _NO_GAP):
        database.conn.execute(statement)
    for table in ("notice", "event"):
        database.conn.execute(_IN_ORDER.format(table=table))
    for table in _KEPT_FOR_EVER:
        for act in ("UPDATE", "DELETE"):
            database.conn.execute(_KEPT.format(table=table, act=act, name=act.lower()))
    database.conn.execute(_KEPT.format(table="party", act="UPDATE", name="update"))
    for kind in _KINDS:
        database.conn.execute("INSERT INTO event_kind VALUES (?)", (kind,))


@steps(name="0002_number_floor")
def _second(database: Database) -> None:
    database.conn.execute(_NUMBER_FLOOR)
    for act in ("UPDATE", "DELETE"):
        kept = _KEPT.format(table="number_floor", act=act, name=act.lower())
        database.conn.execute(kept)
    database.conn.execute("DROP TRIGGER notice_no_gap")
    database.conn.execute(_NO_GAP_ABOVE_FLOOR)


@steps(name="0003_households_and_spellings")
def _third(database: Database) -> None:
    for statement in (*_HOUSEHOLD, sound_index.TABLE):
        database.conn.execute(statement)
    for act in ("UPDATE", "DELETE"):
        kept = _KEPT.format(table="household_member", act=act, name=act.lower())
        database.conn.execute(kept)
    for notice, name in database.conn.execute("SELECT notice, name FROM party").fetchall():
        sound_index.index_name(database, notice, name)


@steps(name="0004_signatures")
def _fourth(database: Database) -> None:
    database.conn.execute(_SIGNATURE)
    for act in ("UPDATE", "DELETE"):
        kept = _KEPT.format(table="event_signature", act=act, name=act.lower())
        database.conn.execute(kept)


LEDGER = Schema(
    application_id=0x4D43_4C31,  # "MCL1"
    steps=steps,
    version=4,
    fingerprint="5ed9d7fd71c6b8854fa5f340a47b2182d9fb5605ad7cec2586063daa0a1244d2",
)
