"""Open the data folder of a counter, or say why it cannot be opened.

Returns the store: ledger, drafts and rules. Never overwrites a file it could
not read.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from medcounter.files import is_visible, make_folder
from medcounter.store import store_errors
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.folder_lock import FolderLock
from medcounter.store.folder.local_disk import require_local
from medcounter.store.opening.first_start import find_keys, known_keys
from medcounter.store.opening.store import UNWRITABLE, Store
from medcounter.trust import slot_files
from medcounter.trust.data_key import DataKey

_LOST = (
    store_errors.LedgerMissingError,
    store_errors.NotADatabaseError,
    store_errors.SchemaUnexpectedError,
    store_errors.StoreDamagedError,
)


def open_store(folder: Path, given: DataKey | None = None, at: datetime | None = None) -> Store:
    """Open a data folder; make it and an empty ledger at a first start.

    What cannot be written is opened for reading; ``Store.read_only`` says why.

    Args:
        folder: On a local disk; only its user may read it when made here.
        given: The key that somebody signed in for; None where sign-in is off.
        at: Now. Without it a ledger that lost its anchor is opened for reading.

    Raises:
        FolderRemoteError, FolderRemovableError, FolderSyncedError: It does
            not lie on a disk of this machine.
        StoreInUseError: Another running program has it.
        SignInNeededError: Sign-in is on and no key was given.
        KeySlotError: There is a ledger but no key that can be read.
        StoreError: One subclass per cause; nothing was changed.
    """
    paths = DataFolder(folder)
    require_local(folder)
    try:
        _make_folders(paths)
    except OSError as err:
        return _open_read_only(paths, None, store_errors.of_system(err), given)
    lock = FolderLock(paths.lock)
    try:
        keys = find_keys(paths, given)
        return _open(paths, lock, keys, at)
    except UNWRITABLE as err:
        try:
            return _open_read_only(paths, lock, err, given)
        except BaseException:
            lock.release()
            raise
    except _LOST as err:
        from medcounter.store.restoring.restore import naming_a_backup  # noqa: PLC0415 - rarely needed

        lock.release()
        raise naming_a_backup(paths, err, given) from err
    except OSError as err:
        lock.release()
        raise store_errors.of_system(err) from err
    except BaseException:
        lock.release()
        raise


def _open_read_only(
    paths: DataFolder,
    lock: FolderLock | None,
    reason: store_errors.StoreError,
    given: DataKey | None,
) -> Store:
    """Open the folder read-only, or raise the error that led here."""
    if not isinstance(reason, UNWRITABLE) or not is_visible(paths.ledger):
        raise reason
    try:
        keys = known_keys(paths, given)
    except OSError as err:
        raise reason from err
    for key in keys:
        store = Store(paths, lock, key)
        with suppress(store_errors.NotADatabaseError):
            try:
                store.open_read_only(reason)
            except store_errors.StoreReadOnlyError as err:
                raise reason from err
            return store
    raise reason


def _make_folders(paths: DataFolder) -> None:
    for folder in (paths.folder, paths.bundles, paths.backups):
        make_folder(folder)
    # Asking for rights tells an administrator nothing; only writing does.
    with tempfile.TemporaryFile(dir=paths.folder):
        pass


def _open(
    paths: DataFolder, lock: FolderLock, keys: tuple[DataKey, ...], at: datetime | None
) -> Store:
    for key in keys[:-1]:
        with suppress(store_errors.NotADatabaseError):
            return _open_with(Store(paths, lock, key), paths, at)
    return _open_with(Store(paths, lock, keys[-1]), paths, at)


def _open_with(store: Store, paths: DataFolder, at: datetime | None) -> Store:
    store.open(at)
    if store.read_only:
        return store
    try:
        slot_files.repair_copy(store.data_key, paths.key_file, paths.key_copy)
    except OSError:
        store.close(with_backup=False)
        raise
    return store
