"""The connection of a ledger, and what stands for a backup where none is due."""

from __future__ import annotations

from pathlib import Path

from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.migrations import Schema
from medcounter.store.db.sqlite import Database
from medcounter.trust.data_key import DataKey


def ledger_connection(
    path: Path, key: DataKey, schema: Schema = LEDGER, *, may_create: bool = False
) -> Connection:
    """Return the closed connection of a ledger under a data key."""
    return Connection(path, key.ledger, schema, may_create=may_create)


def nothing_to_copy(_database: Database) -> None:
    """Stand for the backup where no migration can be due."""
