"""Open the data folder of a counter, or say why it cannot be opened.

Returns the store: ledger, drafts and rules. Never overwrites a file it could
not read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medcounter.files import is_visible, make_folder
from medcounter.store import store_errors
from medcounter.store.audit import audit_file
from medcounter.store.auditors.auditors_copy import AuditorsCopy
from medcounter.store.backups import backup
from medcounter.store.backups.backup_status import LedgerKeeper
from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.sqlite import Database
from medcounter.store.erasure import Erasure
from medcounter.store.first_start import find_keys, known_keys, ledger_door, nothing_to_copy
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.folder_lock import Owner
from medcounter.store.folder.local_disk import require_local
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.signatories import Signatories
from medcounter.store.ledger import notice_rows
from medcounter.store.ledger.drafts import Drafts
from medcounter.store.ledger.known_people import People
from medcounter.store.ledger.ledger import Ledger
from medcounter.store.ledger.ledger_days import LedgerDays
from medcounter.store.ledger.marks import Marks
from medcounter.store.ledger.runs import Runs
from medcounter.store.ledger_records import ChainFault
from medcounter.store.opening.watch import Watch
from medcounter.store.restoring.restore import naming_a_backup
from medcounter.store.rules.root_store import RootStore
from medcounter.store.rules.rule_cache import Rules, start_over
from medcounter.store.rules.rules_schema import RULES
from medcounter.trust import export_seal, slot_files
from medcounter.trust.chain_key import chain_key
from medcounter.trust.data_key import DataKey

_REBUILT = (
    store_errors.NotADatabaseError,
    store_errors.SchemaUnexpectedError,
    store_errors.StoreDamagedError,
    store_errors.StoreNewerError,
)
_READ_ONLY = (store_errors.DiskFullError, store_errors.StoreReadOnlyError)
_LOST = (
    store_errors.LedgerMissingError,
    store_errors.NotADatabaseError,
    store_errors.SchemaUnexpectedError,
    store_errors.StoreDamagedError,
)


class Store:
    """An open data folder; belongs to the thread that opened it.

    Attributes:
        ledger: Notices and what happened to them.
        days: What was done on each day, and its closes.
        marks: Corrections, and what was entered elsewhere.
        runs: What one list numbered, voided as a whole.
        drafts: What was typed and not issued.
        people: Who the ledger knows.
        rules: Which rules count here, and their bytes.
        roots: Whose signatures count here.
        auditors: What auditors may see, kept up to date.
        data_key: What all in the folder is encrypted under.
        chain_key: What events are written with, and who signs them.
        keeper: How far copies of the ledger are behind, and making them.
        watch: Whether the ledger fits its anchor, its path and its codes.
    """

    # What the ledger's file must look like.
    shape = LEDGER

    def __init__(self, places: DataFolder, owner: Owner | None, key: DataKey) -> None:
        """Put the rooms together; ``open_store`` opens them."""
        self.chain_key = made = chain_key(key)
        self.data_key = key
        self._places = places
        self._owner = owner
        self._ledger = ledger_door(places.ledger, key, self.shape)
        self._cache = Connection(places.rules, key.rules, RULES, may_create=True)
        self.ledger = Ledger(self._ledger, made)
        self.drafts = Drafts(self._ledger)
        self.people = People(self._ledger)
        self.days = LedgerDays(self._ledger, made)
        self.marks = Marks(self._ledger, made)
        self.runs = Runs(self._ledger, made)
        self.rules = Rules(self._cache, self._ledger, made, places.bundles)
        self.keeper = LedgerKeeper(self._ledger, places, key)
        self.watch = Watch(self._ledger, places, key, made)
        self.retention = Erasure(self._ledger, made, places)
        self.roots = RootStore(places.roots, self._ledger, made)
        self.auditors = AuditorsCopy(self._ledger, places, key, made)

    def open(self) -> None:
        """Open both databases; a spoilt cache of rules is made anew.

        A ledger that does not fit what is known of it is only looked into.

        Raises:
            StoreError: One subclass per cause.
        """
        try:
            self._ledger.open(self._copy_before_change)
            try:
                self._cache.open(nothing_to_copy)
            except _REBUILT:
                start_over(self._cache)
            self.watch.begin()
        except BaseException:
            self._ledger.close()
            self._cache.close()
            raise

    def open_read_only(self, reason: store_errors.StoreError) -> None:
        """Open the ledger only to look into it.

        Args:
            reason: What every attempt to write is refused with.

        Raises:
            StoreError: Not even that is possible; one subclass per cause.
        """
        self._ledger.refusal = self._cache.refusal = reason
        self._ledger.open(nothing_to_copy)

    @property
    def read_only(self) -> str:
        """Why nothing can be issued; empty while everything can."""
        refusal = self._ledger.refusal
        return "" if refusal is None else refusal.text

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be issued because of the ledger itself."""
        refusal = self._ledger.refusal
        return refusal is not None and not isinstance(refusal, _READ_ONLY)

    def require_writable(self) -> None:
        """See that something may be written.

        Raises:
            StoreError: Why not.
        """
        self._ledger.require_writable()

    def back_up(self) -> Path | None:
        """Copy the ledger and check the copy; None for an empty ledger.

        Raises:
            BackupFailedError: No copy was made; older ones stay.
        """
        try:
            with self._ledger.reading() as database:
                return backup.make_backup(database, self.watch.proof, self._places.backups)
        except store_errors.BackupFailedError:
            raise
        except (OSError, store_errors.StoreError) as err:
            raise store_errors.BackupFailedError from err

    def back_up_to(self, folder: Path) -> Path | None:
        """Copy the ledger and its key to a second place, and check the copy.

        Returns:
            The copy; None for an empty ledger.

        Raises:
            BackupFailedError: No copy was made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if slot_files.holds_others(folder / self._places.key_file.name, self.data_key):
                raise store_errors.KeysOfAnotherError(
                    f"“{folder}”里有另一本台账的密钥文件，没有备份到那里，那里的文件不变；"
                    "请另选一个文件夹。"
                )
            with self._ledger.reading() as database:
                made = backup.make_backup(database, self.watch.proof, folder, prune=False)
            slots = self._places.key_file.read_bytes()
            slot_files.replace_file(folder / self._places.key_file.name, slots)
        except store_errors.BackupFailedError:
            raise
        except (OSError, store_errors.StoreError) as err:
            raise store_errors.BackupFailedError(
                f"没有备份到“{folder}”，原有数据和旧备份不变；请检查那里能不能写、空间够不够。"
            ) from err
        return made

    @property
    def fingerprint(self) -> str:
        """Names this ledger on its files, 16 hex digits."""
        return export_seal.fingerprint(export_seal.public_half(self.chain_key.seal))

    def export(self, at: datetime, clerk: str, *, masked: bool) -> Iterator[bytes]:
        """Yield the lines of the file for an auditor; that it was made is kept.

        Raises:
            StoreError: The ledger failed.
        """
        key = self.chain_key
        with self._ledger.reading() as database:
            before = audit_file.sealed_of_before(database, key)
        if self._ledger.refusal is None:
            detail: dict[str, object] = {"masked": masked}
            if before is not None:
                detail["sealed"] = before
            with self._ledger.transaction() as database:
                journal.append(database, key, NewEvent("export", at, clerk, detail=detail))
        with self._ledger.reading() as database:
            yield from audit_file.write(database, key, journal.stamp(at), before, masked=masked)

    def note(self, event: NewEvent, number: str | None = None) -> None:
        """Keep that something happened, in the chain.

        Args:
            event: What; a wrong clock is written as the time before.
            number: Of the notice it is about; None for none.

        Raises:
            NoticeUnknownError: No notice has the number.
            StoreError: It was not kept.
        """
        with self._ledger.transaction() as database:
            if number is not None:
                event = replace(event, notice=notice_rows.row_of(database, number))
            # A kind is a row, so that a later one needs no other table.
            database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (event.kind,))
            journal.append(database, self.chain_key, event)

    def last_detail(self, kind: str) -> dict[str, object]:
        """Return what the last event of a kind says; nothing before the first.

        Raises:
            StoreError: The ledger failed.
        """
        with self._ledger.reading() as database:
            return journal.last_detail(database, kind)

    def signatories(self) -> Signatories:
        """Return whose keys count now.

        Raises:
            StoreError: The ledger failed.
        """
        with self._ledger.reading() as database:
            return journal.signatories(database, self.chain_key)

    def backups(self) -> tuple[backup.Backup, ...]:
        """List the verified copies, newest first."""
        return backup.backups(self._places.backups)

    def close(self, *, with_backup: bool = True) -> None:
        """Give the folder back; may be called twice.

        Args:
            with_backup: Copy the ledger first, if anything happened in it.

        Raises:
            BackupFailedError: No copy was made; the folder is given back.
        """
        try:
            if self._ledger.is_open and self._ledger.refusal is None:
                self.auditors.renew()
                if with_backup:
                    self.back_up()
        finally:
            self._ledger.close()
            self.keeper.close()
            self._cache.close()
            self.watch.end()
            if self._owner is not None:
                self._owner.release()

    def verify(self) -> Iterator[ChainFault | None]:
        """Check all of the ledger, and that it is the right one; see ``Watch.verify``."""
        return self.watch.verify(self.ledger)

    def walk(self) -> Iterator[ChainFault | None]:
        """Walk the whole ledger in slices; see ``Watch.walk``."""
        return self.watch.walk(self.ledger)

    def _copy_before_change(self, database: Database) -> None:
        path = self._places.backups / f"before-version-{LEDGER.version}.db"
        backup.copy(database, self.watch.proof, path)


def open_store(folder: Path, given: DataKey | None = None) -> Store:
    """Open a data folder; make it and an empty ledger at a first start.

    What cannot be written is opened for reading; ``Store.read_only`` says why.

    Args:
        folder: On a local disk; only its user may read it when made here.
        given: The key that somebody signed in for; None where sign-in is off.

    Raises:
        FolderRemoteError, FolderRemovableError, FolderSyncedError: It does
            not lie on a disk of this machine.
        StoreInUseError: Another running program has it.
        SignInNeededError: Sign-in is on and no key was given.
        KeySlotError: There is a ledger but no key that can be read.
        StoreError: One subclass per cause; nothing was changed.
    """
    places = DataFolder(folder)
    require_local(folder)
    try:
        _make_folders(places)
    except OSError as err:
        return _open_read_only(places, None, store_errors.of_system(err), given)
    owner = Owner(places.owner)
    try:
        keys = find_keys(places, given)
        return _open(places, owner, keys)
    except _READ_ONLY as err:
        try:
            return _open_read_only(places, owner, err, given)
        except BaseException:
            owner.release()
            raise
    except _LOST as err:
        owner.release()
        raise naming_a_backup(places, err, given) from err
    except OSError as err:
        owner.release()
        raise store_errors.of_system(err) from err
    except BaseException:
        owner.release()
        raise


def _open_read_only(
    places: DataFolder, owner: Owner | None, reason: store_errors.StoreError, given: DataKey | None
) -> Store:
    """Open what can be looked into, or refuse for the reason it came from."""
    if not isinstance(reason, _READ_ONLY) or not is_visible(places.ledger):
        raise reason
    try:
        keys = known_keys(places, given)
    except OSError as err:
        raise reason from err
    for key in keys:
        store = Store(places, owner, key)
        with suppress(store_errors.NotADatabaseError):
            try:
                store.open_read_only(reason)
            except store_errors.StoreReadOnlyError as err:
                raise reason from err
            return store
    raise reason


def _make_folders(places: DataFolder) -> None:
    for folder in (places.folder, places.bundles, places.backups):
        make_folder(folder)
    # Asking for rights tells an administrator nothing; only writing does.
    with tempfile.TemporaryFile(dir=places.folder):
        pass


def _open(places: DataFolder, owner: Owner, keys: tuple[DataKey, ...]) -> Store:
    for key in keys[:-1]:
        with suppress(store_errors.NotADatabaseError):
            return _open_with(places, owner, key)
    return _open_with(places, owner, keys[-1])


def _open_with(places: DataFolder, owner: Owner, key: DataKey) -> Store:
    store = Store(places, owner, key)
    store.open()
    if store.read_only:
        return store
    try:
        slot_files.repair_copy(key, places.key_file, places.key_copy)
    except OSError:
        store.close(with_backup=False)
        raise
    return store
