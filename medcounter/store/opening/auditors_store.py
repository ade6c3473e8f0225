"""The auditors' copy, opened: browsed, verified and exported masked.

Provides a store that cannot change a ledger. An auditor's acts are kept as
signed notes beside it, which the ledger imports when a clerk next opens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from medcounter.files import is_visible
from medcounter.store import store_errors
from medcounter.store.auditors import auditors_notes, copy_check
from medcounter.store.auditors.auditors_schema import AUDITORS
from medcounter.store.db.sqlite import Database, connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.folder_lock import FolderLock
from medcounter.store.folder.local_disk import require_local
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.walk_progress import WalkedFile
from medcounter.store.ledger import ledger_search
from medcounter.store.ledger.ledger import Ledger
from medcounter.store.ledger.ledger_filter import EVERYTHING, LedgerFilter
from medcounter.store.ledger_records import ChainFault, LedgerEntry, Page, StoredNotice
from medcounter.store.opening.store import Store
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.trust import export_seal
from medcounter.trust.data_key import DataKey


@dataclass(frozen=True, slots=True)
class AuditorsPaths(DataFolder):
    """A data folder of which the copy for auditors is taken for the ledger."""

    @property
    def ledger(self) -> Path:
        """What auditors may see."""
        return self.auditors


class AuditorsLedger(Ledger):
    """The notices in a copy for auditors."""

    def find(self, number: str) -> StoredNotice:
        """Refuse: no paper lies in the copy.

        Raises:
            NotInAuditorsCopyError: Always.
        """
        del number
        raise store_errors.NotInAuditorsCopyError

    def search(
        self, query: str = "", limit: int = 100, offset: int = 0, within: LedgerFilter = EVERYTHING
    ) -> Page[LedgerEntry]:
        """Search notices, newest first; each with what may be seen of its person.

        Raises:
            NotInAuditorsCopyError: It asks for a name or an ID number.
        """
        if within.id_number or within.name or ledger_search.asks_for_people(query):
            raise store_errors.NotInAuditorsCopyError
        found = super().search(query, limit, offset, within)
        with self._connection.reading() as database:
            return Page(tuple(_masked(database, entry) for entry in found.rows), found.total)

    def verify(self, walked: WalkedFile | None = None) -> Iterator[ChainFault | None]:
        """Check every page and line, the seal over all, and that the rows are the lines'.

        The chain's own codes are checked where the ledger is: their key lies
        in no auditor's slot.

        Args:
            walked: Is told nothing.
        """
        del walked
        damaged = 0
        for found in self._connection.damaged_pages():
            damaged += found
            yield None
        if damaged:
            yield ChainFault(0, copy_check.SPOILT)
        with self._connection.reading() as database:
            yield from copy_check.faults(database)


class AuditorsStore(Store):
    """An open copy for auditors; belongs to the thread that opened it."""

    shape = AUDITORS

    def __init__(self, paths: AuditorsPaths, lock: FolderLock | None, key: DataKey) -> None:
        """Put the rooms together; ``open_auditors_store`` opens them."""
        super().__init__(paths, lock, key)
        self.ledger = AuditorsLedger(self._ledger, self.chain_key)
        self._notes = paths.auditors_notes

    @property
    def is_broken(self) -> bool:
        """Never: a copy is only looked into."""
        return False

    @property
    def fingerprint(self) -> str:
        """Names the ledger that sealed the copy."""
        with self._ledger.reading() as database:
            return export_seal.fingerprint(str(_first(database).get("public_key")))

    def tell(self) -> None:
        """Say from now on of which time the copy is, with every refusal.

        Raises:
            AuditorsCopyMissingError: It does not say.
        """
        with self._ledger.reading() as database:
            first = _first(database)
        try:
            at = datetime.fromisoformat(str(first.get("at")))
        except ValueError as err:
            raise store_errors.AuditorsCopyMissingError(copy_check.SPOILT) from err
        position, _, _ = str(first.get("head")).partition("-")
        self._ledger.refusal = store_errors.AuditorsCopyError(
            f"审计人员看的是截至 {at:%Y-%m-%d %H:%M} 的副本（{position} 条记录），"
            "姓名和证件号码已遮盖，只能查看、核对和导出；要更新的，请经办人登录后关闭程序。"
        )

    def export(self, at: datetime, clerk: str, *, masked: bool) -> Iterator[bytes]:
        """Yield the lines of the masked file, as the ledger sealed them.

        Raises:
            NotInAuditorsCopyError: Whole numbers are asked for.
        """
        if not masked:
            raise store_errors.NotInAuditorsCopyError
        self.note(NewEvent("export", at, clerk, detail={"masked": True}))
        with self._ledger.reading() as database:
            yield from copy_check.lines(database)

    def note(self, event: NewEvent, number: str | None = None) -> None:
        """Keep what the auditor did, signed, until the ledger takes it in.

        Args:
            event: What.
            number: Of no notice: an auditor does nothing to one.
        """
        assert number is None  # noqa: S101 - see above
        signer = self.data_key.signer
        if signer is not None:
            # As in a ledger that cannot be written, looking goes on without.
            with suppress(OSError):
                auditors_notes.append(self._notes, signer, event)


def open_auditors_store(folder: Path, given: DataKey) -> AuditorsStore:
    """Open the copy for auditors.

    Args:
        folder: The data folder.
        given: The auditors' key that somebody signed in for.

    Raises:
        AuditorsCopyMissingError: There is none yet, or one of another program.
        StoreInUseError: A running program has the folder.
        StoreError: One subclass per cause.
    """
    paths = AuditorsPaths(folder)
    require_local(folder)
    if not is_visible(paths.auditors):
        raise store_errors.AuditorsCopyMissingError
    lock = _lock(paths)
    try:
        _undo_what_was_cut_off(paths.auditors, given)
        store = AuditorsStore(paths, lock, given)
        try:
            store.open_read_only(store_errors.AuditorsCopyError())
        except (store_errors.NotADatabaseError, store_errors.SchemaUnexpectedError) as err:
            raise store_errors.AuditorsCopyMissingError from err
        store.tell()
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return store


def _first(database: Database) -> dict[str, object]:
    row = database.conn.execute("SELECT first FROM ends").fetchone()
    try:
        said = read_strict(row[0]) if row else {}
    except StrictJsonError:
        return {}
    return said if isinstance(said, dict) else {}


def _undo_what_was_cut_off(path: Path, key: DataKey) -> None:
    """Let a change be undone in which the program was killed."""
    journal = path.with_name(f"{path.name}-journal")
    with suppress(OSError, store_errors.StoreError):
        if journal.stat().st_size:
            connect(path, key.ledger).close()


def _lock(paths: DataFolder) -> FolderLock | None:
    try:
        return FolderLock(paths.lock)
    except store_errors.StoreInUseError:
        raise
    except store_errors.StoreError:  # a folder that cannot be written can still be looked into
        return None


def _masked(database: Database, entry: LedgerEntry) -> LedgerEntry:
    row = database.conn.execute(copy_check.SHOWN, (entry.number,)).fetchone()
    return entry if row is None else replace(entry, name=row[0], id_number=row[1])
