"""Migrate a database to the schema this program knows, or refuse it.

Returns the number of the last step. Steps are only ever added. All pending
steps run in one transaction together with their record, so that a kill leaves
either the old schema or the new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils.migrations import Migrations

from medcounter.store import store_errors
from medcounter.store.db.sqlite import Database, scalar, transaction

_STEPS_TABLE = """
CREATE TABLE _sqlite_migrations (
    id INTEGER PRIMARY KEY,
    migration_set TEXT NOT NULL,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL,
    UNIQUE (migration_set, name)
) STRICT
"""
# Made by SQLite beside each full-text index, and by its own statistics.
_ITS_OWN = frozenset(
    f"{index}_{part}"
    for index in ("name_index", "sound_index")
    for part in ("config", "content", "data", "docsize", "idx")
) | {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}


@dataclass(frozen=True, slots=True)
class Schema:
    """What a database of ours must be.

    Attributes:
        application_id: Written into the file's head; tells our files.
        steps: The migrations, in order; their number is the version.
        version: How many steps there are.
        fingerprint: ``fingerprint`` of a database after all of them.
    """

    application_id: int
    steps: Migrations
    version: int
    fingerprint: str


def bring_up(
    database: Database,
    schema: Schema,
    before_change: Callable[[], None],
    *,
    may_create: bool,
) -> None:
    """Apply the steps that are due, then compare the shape.

    Args:
        database: Open and owned.
        schema: What it must become.
        before_change: Called before a database that holds something is
            changed; makes the verified backup, and stops all by raising.
        may_create: Whether an empty database becomes one of ours.

    Raises:
        StoreDamagedError: It is empty where one of ours was.
        StoreNewerError: A newer program wrote it.
        NotADatabaseError: It belongs to another program.
        SchemaUnexpectedError: Its shape is not what the steps make.
    """
    application_id = scalar(database, "PRAGMA application_id")
    version = scalar(database, "PRAGMA user_version")
    empty = scalar(database, "SELECT count(*) FROM sqlite_schema") == 0
    if empty and not may_create:
        raise store_errors.StoreDamagedError
    if not empty and application_id != schema.application_id:
        raise store_errors.NotADatabaseError
    if not isinstance(version, int) or version > schema.version:
        raise store_errors.StoreNewerError
    if version < schema.version:
        if not empty:
            before_change()
        with transaction(database):
            if empty:
                database.conn.execute(_STEPS_TABLE)
            schema.steps.apply(database)
            database.conn.execute(f"PRAGMA application_id = {schema.application_id:d}")
            database.conn.execute(f"PRAGMA user_version = {schema.version:d}")
            _check(database, schema)
    else:
        _check(database, schema)


def require_shape(database: Database, schema: Schema) -> None:
    """See that a database that may not be changed has the known shape.

    Raises:
        StoreNewerError: A newer program wrote it.
        NotADatabaseError: It belongs to another program.
        SchemaUnexpectedError: It has another shape, for example an older one.
    """
    if scalar(database, "PRAGMA application_id") != schema.application_id:
        raise store_errors.NotADatabaseError
    version = scalar(database, "PRAGMA user_version")
    if not isinstance(version, int) or version > schema.version:
        raise store_errors.StoreNewerError
    _check(database, schema)


def fingerprint(database: Database) -> str:
    """Hash the definitions of all tables, indexes and triggers, hex.

    Tables that SQLite makes for itself are left out, each by its whole name:
    their form is its own. A trigger or a view is never one of them.
    """
    rows = database.conn.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema"
        " WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    rows = [row for row in rows if row[0] != "table" or row[1] not in _ITS_OWN]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _check(database: Database, schema: Schema) -> None:
    if fingerprint(database) != schema.fingerprint:
        raise store_errors.SchemaUnexpectedError
