"""Detect whether the file at the ledger's path is still the one that is open.

A system lets a file be removed, moved or overwritten under a running program,
which then goes on writing into a file nobody will find again. Checks before and
after each commit whether opening the path anew would find the same file with the
same content, and sets a time of its own by which any other writing is known.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import TypeVar

from medcounter.store import store_errors
from medcounter.store.connection import fresh_rows
from medcounter.store.db import page_check
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect_beside, scalar, translate
from medcounter.store.journal import journal
from medcounter.trust.chain import Head
from medcounter.trust.page_codes import PAGE_BYTES

_CHANGED = (
    store_errors.NotADatabaseError,
    store_errors.SchemaUnexpectedError,
    store_errors.StoreDamagedError,
    store_errors.BackupBrokenError,
)
LOST = (
    store_errors.LedgerRemovedError,
    store_errors.LedgerExchangedError,
    store_errors.LedgerOverwrittenError,
    store_errors.FolderLostError,
)


_SECOND = 1_000_000_000
_Answer = TypeVar("_Answer")


class _Held(FileIO):
    """A handle that goes silently with a ledger nobody closed."""

    def __del__(self) -> None:
        self.close()


class Foothold:
    """The file and the folder that were opened, held against their names.

    What is opened here is closed after the ledger's own connection: on some
    systems closing any handle of a file gives back every lock on it. While it
    is held, no other file can get the same number from the system.
    """

    def __init__(self, path: Path, key: bytes, proven: Callable[[Database], None]) -> None:
        """Take hold of a ledger that was just opened.

        Args:
            path: The file.
            key: Its 32-byte key.
            proven: Requires that a connection gives a whole ledger.

        Raises:
            StoreError: It cannot be read.
        """
        self._path = path
        self._key = key
        self._proven = proven
        self._journal_path = path.with_name(f"{path.name}-journal")
        self._journal: os.stat_result | None = None
        self._handles: list[int] = []
        try:
            self._file = _Held(path)
            self._written = _changed(os.fstat(self._file.fileno()))
            try:
                self._take_folder()
                self._beside = connect_beside(path, key)
                self._head = journal.head(self._beside)
            except BaseException:
                self._file.close()
                self._let_go()
                raise
        except OSError as err:
            raise store_errors.of_system(err) from err

    def require_same(self) -> os.stat_result:
        """See that the folder and the path lead to what was opened.

        Returns:
            What the system says of the open file.

        Raises:
            StoreError: As for :meth:`require_at_path`.
        """
        if not _same(self._folder, _look(self._path.parent)):
            raise store_errors.FolderLostError
        found, held = _look(self._path), os.fstat(self._file.fileno())
        if found is None:
            raise store_errors.LedgerRemovedError
        if not _same(held, found):
            raise store_errors.LedgerExchangedError
        return held

    def require_at_path(self, database: Database) -> None:
        """See that the folder and the path lead to what was opened, untouched.

        Args:
            database: The open ledger, between two transactions.

        Raises:
            LedgerRemovedError: Nothing is at the path.
            LedgerExchangedError: Another file is.
            LedgerOverwrittenError: Something else was written into the file.
            FolderLostError: The folder is gone, or another has its name.
            StoreError: It cannot be looked at just now, and nobody knows.
        """
        found = _changed(self.require_same())
        if found == self._written:
            return
        self._require_content(database, self._head)
        if any(page_check.damaged(self._file, self._key)):
            raise store_errors.LedgerOverwrittenError
        if found[1] != self._written[1]:
            # Written to, perhaps only by a tool that sets times. Pages as they once were
            # have the right codes too, each by itself.
            self._asked(lambda: self._proven(self._beside))
        self._written = found

    def is_untouched(self) -> bool:
        """Return whether nobody wrote into the file since it was last written here.

        Within a transaction too, of which nothing lies in the file before its commit.
        """
        return _changed(os.fstat(self._file.fileno())) == self._written

    def require_written(self, database: Database) -> None:
        """See that the path leads to what was opened, and holds what was written.

        Args:
            database: The open ledger, after a commit.

        Raises:
            StoreError: As for :meth:`require_at_path`.
        """
        # First, so that whatever is written from here on stays to be seen.
        self._written = self._marked()
        self.require_same()
        head = journal.head(database)
        self._require_content(database, head)
        position = self._head.position
        if not self._asked(lambda: fresh_rows.same_after(database, self._beside, position)):
            raise store_errors.LedgerOverwrittenError
        self._head = head
        if self._journal is None:
            self._journal = _look(self._journal_path)

    def _marked(self) -> tuple[int, int, int]:
        """Set a time no system sets, by which a write in the same tick is known too."""
        if os.utime in os.supports_fd:
            with suppress(PermissionError):  # of another owner, whose times are his
                now = time.time_ns() // _SECOND * _SECOND + secrets.randbelow(_SECOND)
                os.utime(self._file.fileno(), ns=(now, now))
        return _changed(os.fstat(self._file.fileno()))

    def _require_content(self, database: Database, head: Head) -> None:
        held = scalar(database, "PRAGMA page_count")
        if os.fstat(self._file.fileno()).st_size != int(str(held)) * PAGE_BYTES:
            raise store_errors.LedgerOverwrittenError
        # The owner counts its commits in the file only once: no cache would know of them.
        self._asked(lambda: self._beside.conn.execute("PRAGMA shrink_memory"))
        if self._asked(lambda: journal.head(self._beside)) != head:
            raise store_errors.LedgerOverwrittenError

    def _asked(self, question: Callable[[], _Answer]) -> _Answer:
        """Ask the file anew; what it cannot answer was written by others.

        Raises:
            LedgerOverwrittenError: It cannot.
            StoreError: It cannot be read just now.
        """
        try:
            return question()
        except (DatabaseFailure, store_errors.StoreError) as err:
            translated = translate(err) if isinstance(err, DatabaseFailure) else err
            # No table of ours: SQLite says only that the statement has a fault.
            if isinstance(translated, _CHANGED) or type(translated) is store_errors.StoreError:
                raise store_errors.LedgerOverwrittenError from err
            raise translated from err

    def damaged_pages(self) -> Iterator[int]:
        """Count the damaged pages of the file that is open, slice by slice."""
        return page_check.damaged(self._file, self._key)

    def lost_its_journal(self) -> bool:
        """Return whether what would undo the next commit is gone from its name."""
        return self._journal is not None and not _same(self._journal, _look(self._journal_path))

    def close(self) -> None:
        """Let go, after the ledger's connection is closed; may be called twice."""
        self._beside.close()
        self._file.close()
        self._let_go()

    def _take_folder(self) -> None:
        self._folder = self._path.parent.stat()
        if hasattr(os, "O_DIRECTORY"):  # Windows holds a folder while a file in it is open
            self._handles.append(os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY))

    def _let_go(self) -> None:
        while self._handles:
            with suppress(OSError):
                os.close(self._handles.pop())


def _look(path: Path) -> os.stat_result | None:
    """Look at what a path leads to; None for nothing.

    Raises:
        StoreError: It cannot be looked at.
    """
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as err:
        raise store_errors.of_system(err) from err


def _same(one: os.stat_result, other: os.stat_result | None) -> bool:
    return other is not None and (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def _changed(found: os.stat_result) -> tuple[int, int, int]:
    """Return a file's size and when it and its entry changed, to detect a write.

    The first time can be set back by hand, the second by nobody. Windows
    writes the first down when it likes, and means another thing by the second.
    """
    if os.name == "nt":
        return found.st_size, 0, 0
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns
