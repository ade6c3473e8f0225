"""One database file, open and ours, that can be opened again after a fault.

Answers with the live connection. Knows no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from medcounter.store.errors import MemoryShortError, StoreError
from medcounter.store.migrations import Schema, bring_up, require_shape
from medcounter.store.sqlite import (
    Database,
    DatabaseFailure,
    connect,
    connect_read_only,
    transaction,
    translate,
)


class Door:
    """The only way to one database file.

    Attributes:
        path: The file.
        key: Its 32-byte key.
        refusal: Why nothing may be written; None while it may.
        committed: Called after each commit; must not raise.
    """

    refusal: StoreError | None
    committed: Callable[[Database], None]

    def __init__(self, path: Path, key: bytes, schema: Schema, *, may_create: bool) -> None:
        """Remember what to open; opens nothing.

        Args:
            path: The file.
            key: Its 32-byte key.
            schema: What shape it must have.
            may_create: Make the file when it is not there or empty. Never
                for a ledger that was in use.
        """
        self.path = path
        self.key = key
        self._schema = schema
        self._may_create = may_create
        self.refusal = None
        self.committed = _nothing_due
        self._database: Database | None = None

    def open(self, before_change: Callable[[Database], None]) -> None:
        """Open the file, own it, and bring it to the known shape.

        With a refusal it is opened for reading, and left in its shape.

        Args:
            before_change: Makes the verified backup before a migration.

        Raises:
            StoreError: One subclass per cause; nothing stays open.
        """
        if self.refusal is None:
            database = connect(self.path, self.key, may_create=self._may_create)
        else:
            database = connect_read_only(self.path, self.key)
        try:
            if self.refusal is None:
                bring_up(
                    database,
                    self._schema,
                    lambda: before_change(database),
                    may_create=self._may_create,
                )
            else:
                require_shape(database, self._schema)
        except DatabaseFailure as err:
            database.close()
            raise translate(err) from err
        except BaseException:
            database.close()
            raise
        self._database = database

    @property
    def is_open(self) -> bool:
        """Whether there is a live connection."""
        return self._database is not None

    @property
    def database(self) -> Database:
        """The live connection; opened again if a fault had closed it."""
        if self._database is None:
            self.open(_nothing_due)
        assert self._database is not None  # noqa: S101 - open() sets it or raises
        return self._database

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Run a block that only reads.

        Raises:
            StoreError: The database failed.
        """
        try:
            yield self.database
        except DatabaseFailure as err:
            raise translate(err) from err
        except MemoryError as err:
            raise MemoryShortError from err

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """Run a block as one IMMEDIATE transaction; all of it or nothing.

        Raises:
            StoreError: The database failed, or nothing may be written.
        """
        self.require_writable()
        database = self.database
        with transaction(database):
            yield database
        self.committed(database)

    def require_writable(self) -> None:
        """See that something may be written.

        Raises:
            StoreError: The refusal.
        """
        if self.refusal is not None:
            raise type(self.refusal)(self.refusal.text)

    def reopen(self) -> None:
        """Open the file anew, so that what is on the disk decides.

        Raises:
            StoreError: It cannot be opened; a later call may try again.
        """
        self.close()
        self.open(_nothing_due)

    def close(self) -> None:
        """Give the file back; may be called twice."""
        if self._database is not None:
            self._database.close()
            self._database = None


def _nothing_due(_database: Database) -> None:
    """Stand for the backup when no migration can be due any more."""
