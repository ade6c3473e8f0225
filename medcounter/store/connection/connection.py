"""The connection to one database file, which can be reopened after a fault.

Always gives the live connection. Knows no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from medcounter.store.connection.foothold import LOST, Foothold
from medcounter.store.db import page_check
from medcounter.store.db.migrations import Schema, bring_up, require_shape
from medcounter.store.db.sqlite import (
    Database,
    DatabaseFailure,
    connect,
    connect_read_only,
    transaction,
    translate,
)
from medcounter.store.store_errors import MemoryShortError, StoreError, of_system


class Connection:
    """The only way to one database file.

    Attributes:
        path: The file.
        key: Its 32-byte key.
        refusal: Why nothing may be written; None while it may.
        committed: Called after each commit; must not raise.
        lost: Saves what the connection still holds once the file is no more
            at its path, and gives the refusal from there on; None where
            nobody asks after each commit whether it is.
    """

    refusal: StoreError | None
    committed: Callable[[Database], None]
    lost: Callable[[Database, StoreError], StoreError] | None
    proven: Callable[[Database], None]

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
        self.lost = None
        self.proven = _nothing_due
        self._database: Database | None = None
        self._foothold: Foothold | None = None

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
        if self.lost is not None and self.refusal is None:
            self._take_foothold()

    def hold(
        self,
        lost: Callable[[Database, StoreError], StoreError],
        proven: Callable[[Database], None],
    ) -> None:
        """See from now on, at each commit, that the path leads to the open file.

        Args:
            lost: As for the attribute.
            proven: As well.

        Raises:
            StoreError: The file cannot be read beside the connection.
        """
        self.lost = lost
        self.proven = proven
        self._take_foothold()

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

    def damaged_pages(self) -> Iterator[int]:
        """Count the damaged pages of the file, slice by slice.

        Raises:
            StoreError: It cannot be read, or was closed between two slices.
        """
        held = self._foothold
        try:
            # Where the file is owned, no other handle of it is opened and closed.
            yield from (
                page_check.of_path(self.path, self.key) if held is None else held.damaged_pages()
            )
        except OSError as err:
            raise of_system(err) from err
        except ValueError as err:  # the handle of a file that was closed, to be opened anew
            raise StoreError from err

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

        Nothing counts as done before another opening of the path would find it,
        and nothing is begun or committed over what somebody else wrote.

        Raises:
            StoreError: The database failed, or nothing may be written, or
                the file is no more at its path or not as it was written.
        """
        self.require_writable()
        database = self.database
        work_is_done = False
        try:
            with transaction(database):
                yield database
                self._require_untouched()
                work_is_done = True
        except BaseException:
            if not work_is_done and not self._is_untouched():
                self._require_foothold()
            raise
        if self._foothold is not None:
            self._require(lambda held: held.require_written(database))
        self.committed(database)

    def require_writable(self) -> None:
        """See that something may be written, and that the file is where it was.

        Raises:
            StoreError: The refusal.
        """
        if self.refusal is not None:
            raise type(self.refusal)(self.refusal.text)
        self._require_foothold()

    def reopen(self) -> None:
        """Open the file anew, so that what is on the disk decides.

        Raises:
            StoreError: It cannot be opened; a later call may try again. Or
                it is not at its path: then what is open stays open.
        """
        if isinstance(self.refusal, LOST):
            raise type(self.refusal)(self.refusal.text)
        self._require(Foothold.require_same)
        self.close()
        self.open(_nothing_due)

    def close(self) -> None:
        """Give the file back; may be called twice."""
        database, self._database = self._database, None
        foothold, self._foothold = self._foothold, None
        with ExitStack() as left:
            if foothold is not None:
                left.callback(foothold.close)
            if database is not None:
                database.close()

    def _take_foothold(self) -> None:
        try:
            # Before its commit nothing of a transaction lies in the file.
            self.database.conn.execute("PRAGMA cache_spill = OFF")
            self._foothold = Foothold(self.path, self.key, self.proven)
        except BaseException:
            self.close()
            raise

    def _require_foothold(self) -> None:
        """See before anything is begun that the file is where it was."""
        self._require(lambda held: held.require_at_path(self.database))
        if self._foothold is not None and self._foothold.lost_its_journal():
            # What undoes a commit that is cut off would be looked for by its name.
            self.reopen()

    def _is_untouched(self) -> bool:
        return self._foothold is None or self._foothold.is_untouched()

    def _require_untouched(self) -> None:
        """See that nobody wrote into the file during a transaction."""
        if not self._is_untouched():
            raise StoreError(
                "这一步办理时，有别的程序动过台账文件（ledger.db），这一步没有保存，已有数据不变；"
                "请重试，再次出现请查明是哪个程序，或联系技术支持。"
            )

    def _require(self, seen: Callable[[Foothold], object]) -> None:
        """Ask the foothold.

        A disk that fails meanwhile has its sentence, as in a transaction.
        """
        if self._foothold is None:
            return
        try:
            seen(self._foothold)
        except LOST as err:
            assert self.lost is not None  # noqa: S101 - set with the foothold
            self.refusal = self.lost(self.database, err)
            raise self.refusal from err
        except DatabaseFailure as err:
            raise translate(err) from err
        except OSError as err:
            raise of_system(err) from err
        except MemoryError as err:
            raise MemoryShortError from err


def _nothing_due(_database: Database) -> None:
    """Stand for the backup when no migration can be due any more."""
