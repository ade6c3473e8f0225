"""Copy the open ledger in slices, so that nobody waits for it.

The copy can afterwards be verified and named in any thread. Works on the file
itself: with a journal truncated at each commit, the file between two
transactions is the whole ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from medcounter.files import open_anew
from medcounter.store.backups import backup
from medcounter.store.backups.backup import LedgerEnd
from medcounter.store.db.sqlite import Database, DatabaseFailure
from medcounter.store.ledger.ledger_proof import Proof
from medcounter.store.store_errors import BackupFailedError

# Four megabytes are read and written in a few milliseconds, less than a frame.
_SLICE_BYTES = 4_000_000
# Not the name a copy in one go is made under: one of each may be on its way.
_PARTIAL = ".slices"


@dataclass(frozen=True, slots=True)
class Copied:
    """All bytes of the ledger, not yet checked.

    Attributes:
        partial: Where they lie.
        path: What the backup will be named.
        expected: What the ledger showed.
        proof: What the copy must pass.
    """

    partial: Path
    path: Path
    expected: LedgerEnd
    proof: Proof

    def finish(self) -> Path:
        """Wait for the disk, check the copy, name it, prune older ones.

        Touches nothing of the open ledger, so it may run in any thread.

        Raises:
            BackupFailedError: No backup was made; older ones stay.
        """
        backup.settle(self.partial, self.path, self.proof, self.expected)
        backup.prune_old(self.path)
        return self.path


class Copier:
    """Reads the file of an open ledger beside its connection.

    The file is opened once and closed after the connection: on some systems
    closing any handle of a file gives back every lock the process has on it.
    """

    def __init__(self, ledger: Path) -> None:
        """Remember the file; opens nothing."""
        self._ledger = ledger
        self._file: FileIO | None = None

    def slices(self, database: Database, proof: Proof, folder: Path) -> Iterator[Copied | None]:
        """Copy in slices, beginning again whenever something was written.

        Args:
            database: The open ledger, of the calling thread.
            proof: What a copy must pass.
            folder: Where backups lie.

        Yields:
            None after a slice; last the whole copy, to be finished. Nothing
            at all for an empty ledger and one that is backed up already.

        Raises:
            BackupFailedError: No copy was made; older ones stay.
        """
        try:
            yield from self._slices(database, proof, folder)
        except (DatabaseFailure, OSError) as err:
            raise BackupFailedError from err

    def close(self) -> None:
        """Let the file go, after the connection is closed."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _slices(self, database: Database, proof: Proof, folder: Path) -> Iterator[Copied | None]:
        backup.require_ledger(database)
        for left in folder.glob(f"*{_PARTIAL}"):
            left.unlink(missing_ok=True)
        while (path := backup.backup_path(database, folder)) is not None:
            if backup.is_there(path, proof, backup.ledger_end(database)):
                return
            partial = path.with_name(path.name + _PARTIAL)
            copied = Copied(partial, path, backup.ledger_end(database), proof)
            written = database.conn.total_changes
            try:
                yield from self._copy(partial, database, written)
            except BaseException:
                with suppress(OSError):
                    partial.unlink(missing_ok=True)
                raise
            if database.conn.total_changes == written:
                yield copied
                return

    def _copy(self, partial: Path, database: Database, written: int) -> Iterator[None]:
        source = self._file = self._file or FileIO(self._ledger)
        source.seek(0)
        with open_anew(partial) as destination:
            while data := source.read(_SLICE_BYTES):
                destination.write(data)
                yield
                if database.conn.total_changes != written:
                    return
