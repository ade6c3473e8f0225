"""Give a restored ledger its name, at once or where a restore was cut off.

What knew of the ledger before goes aside with it, and the anchor of the new one lies
beside it first: no ledger ever bears the name without one.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from medcounter.files import sync_folder
from medcounter.store import restore_mark, store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust.data_key import DataKey

_log = logging.getLogger(__name__)


def finish_at_start(paths: DataFolder, keys: tuple[DataKey, ...]) -> None:
    """Name the restored ledger that waits, where a restore was cut off.

    Raises:
        OSError: A file cannot be moved or written.
        RestoredUnknownError: No restore made it, as far as anybody can tell.
        StoreError: It cannot be read.
    """
    key = restore_mark.key_of(paths, keys)
    if key is None:
        raise store_errors.RestoredUnknownError
    if not finish_restore(paths, _newest_aside(paths), key):
        _log.warning("the name of a restored ledger was not synced")


def finish_restore(paths: DataFolder, aside: Path, key: DataKey) -> bool:
    """Give a restored ledger its name, once the one before is out of its way.

    Args:
        paths: Where the ledger is missing and a restored one waits.
        aside: Where the ledger before went; its journal must follow, or it
            would be played back into the wrong ledger.
        key: Of the restored one.

    Returns:
        Whether the name is known to lie on the disk; the ledger bears it.

    Raises:
        OSError: A file cannot be moved or written; the ledger is still missing.
        StoreError: The restored one cannot be read.
    """
    if paths.journal.exists():
        paths.journal.rename(aside / paths.journal.name)
    copies = (paths.auditors.with_name(f"{paths.auditors.name}-journal"), paths.auditors)
    for path in (paths.anchor, paths.walked, *copies):
        # What went aside before a cut is of the ledger before; what came since is not.
        if path.exists() and not (aside / path.name).exists():
            path.rename(aside / path.name)
    sync_folder(aside)
    try:
        database = connect_read_only(paths.restored, key.ledger)
        try:
            AnchorFile(paths.anchor, key.anchor).begin(database)
        finally:
            database.close()
    except DatabaseFailure as err:
        raise store_errors.StoreDamagedError from err
    sync_folder(paths.folder)
    paths.restored.rename(paths.ledger)
    with suppress(OSError):
        sync_folder(paths.folder)
        return True
    return False


def _newest_aside(paths: DataFolder) -> Path:
    paths.replaced.mkdir(mode=0o700, exist_ok=True)
    made = sorted(path for path in paths.replaced.iterdir() if path.is_dir())
    return made[-1] if made else paths.replaced
