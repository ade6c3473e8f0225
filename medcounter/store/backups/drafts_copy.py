"""The copy of the rule drafts beside the ledger's backups, and back.

The copy was verified when it was made (``DraftsFile.copy_to``); here its bytes are
compared. Whether drafts fit a ledger is found when somebody first asks for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from medcounter.files import open_anew, sync_file, sync_folder
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.store_errors import BackupFailedError, StoreError
from medcounter.trust.data_key import DataKey

_PARTIAL = ".partial"
_SLICE_BYTES = 1_000_000


def carry_drafts(
    paths: DataFolder, destination: Path, require_going_on: Callable[[], None] = lambda: None
) -> bool:
    """Copy the drafts' copy to a second place, where other bytes lie there.

    Args:
        paths: The data folder.
        destination: The folder in which the ledger's copies lie.
        require_going_on: Asked between slices; raises to stop.

    Returns:
        Whether it was copied.

    Raises:
        BackupFailedError: It was not; what lay there before stays.
    """
    source, path = paths.drafts_copy, destination / paths.drafts.name
    partial = path.with_name(f"{path.name}{_PARTIAL}")
    try:
        if not source.exists():
            return False
        wanted = _digest(source, require_going_on)
        if path.exists() and _digest(path, require_going_on) == wanted:
            return False
        _copy(source, partial, require_going_on)
        if _digest(partial, require_going_on) != wanted:
            raise BackupFailedError
        partial.replace(path)
        sync_folder(destination)
    except (OSError, StoreError) as err:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BackupFailedError(
            f"规则草稿没有备份到“{destination.parent}”，台账已备份，本机的草稿不变；"
            "请检查那里能不能写、空间够不够。"
        ) from err
    return True


def bring_drafts(paths: DataFolder, source: Path, key: DataKey, aside: Path) -> bool:
    """Put drafts that lie beside a backup in the place of those that are lost.

    Drafts that the restored key opens stay: they are newer than any copy.

    Args:
        paths: The data folder, in which the ledger was restored.
        source: The ledger's backup.
        key: The restored ledger's.
        aside: Folder for what lay there before.

    Returns:
        Whether they were brought.

    Raises:
        OSError: The disk failed; no draft was overwritten.
    """
    if _opens(paths.drafts, key):
        return False
    beside = (source.with_name(paths.drafts.name), paths.drafts_copy)
    found = next((path for path in beside if _opens(path, key)), None)
    if found is None:
        return False
    partial = paths.drafts.with_name(f"{paths.drafts.name}{_PARTIAL}")
    _copy(found, partial, lambda: None)
    if paths.drafts.exists():
        paths.drafts.rename(aside / paths.drafts.name)
    paths.drafts.with_name(f"{paths.drafts.name}-journal").unlink(missing_ok=True)
    partial.replace(paths.drafts)
    sync_folder(paths.folder)
    return True


def _opens(path: Path, key: DataKey) -> bool:
    try:
        connect_read_only(path, key.drafts).close()
    except (StoreError, DatabaseFailure, OSError):
        return False
    return True


def _copy(source: Path, destination: Path, require_going_on: Callable[[], None]) -> None:
    """Copy a file in slices, readable by its owner alone, durably."""
    with source.open("rb") as read, open_anew(destination) as written:
        while data := read.read(_SLICE_BYTES):
            require_going_on()
            written.write(data)
    with suppress(OSError):  # a stick may know no owners
        destination.chmod(0o600)
    sync_file(destination)


def _digest(path: Path, require_going_on: Callable[[], None]) -> str:
    found = hashlib.sha256()
    with path.open("rb") as read:
        while data := read.read(_SLICE_BYTES):
            require_going_on()
            found.update(data)
    return found.hexdigest()
