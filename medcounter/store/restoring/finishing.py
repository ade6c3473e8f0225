"""Give a restored ledger its name, at once or where a restore was cut off.

What knew of the ledger before goes aside with it, and the anchor of the new one lies
beside it first. Only where a restore was cut off and no anchor is left does a ledger
get the name without one: it may be one that somebody kept, and its opening tells.
"""

from __future__ import annotations

import logging
import shutil
from contextlib import suppress
from pathlib import Path

from medcounter.files import sync_file, sync_folder
from medcounter.store import restore_mark, store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust.data_key import DataKey

_log = logging.getLogger(__name__)


def finish_at_start(paths: DataFolder, keys: tuple[DataKey, ...]) -> None:
    """Name the restored ledger that waits, where a restore was cut off.

    Raises:
        OSError: A file cannot be moved or written.
        RestoredUnknownError: No restore made it, as far as anybody can tell.
        RestorePassedError: One did, and something knows what came after it.
        StoreError: It cannot be read.
    """
    ready = restore_mark.ready(paths, keys)
    if ready is None:
        raise store_errors.RestoredUnknownError
    has_anchor = AnchorFile(paths.anchor, ready.key.anchor).read() is not None
    aside = _newest_aside(paths)
    for each in backup.backups(paths.backups):
        if each.path.name in ready.backups and not (aside / each.path.name).exists():
            each.path.rename(aside / each.path.name)
    if not finish_restore(paths, aside, ready.key, with_anchor=has_anchor):
        _log.warning("the name of a restored ledger was not synced")


def finish_restore(
    paths: DataFolder, aside: Path, key: DataKey, *, with_anchor: bool = True
) -> bool:
    """Give a restored ledger its name, once the one before is out of its way.

    Args:
        paths: Where the ledger is missing and a restored one waits.
        aside: Where the ledger before went; its journal must follow, or it
            would be played back into the wrong ledger.
        key: Of the restored one.
        with_anchor: Whether its anchor is written; else its opening tells that it
            has none, and leaps over numbers.

    Returns:
        Whether the name is known to lie on the disk; the ledger bears it.

    Raises:
        OSError: A file cannot be moved or written; the ledger is still missing.
        StoreError: The restored one cannot be read.
    """
    if paths.journal.exists():
        paths.journal.rename(aside / paths.journal.name)
    copies = (paths.auditors.with_name(f"{paths.auditors.name}-journal"), paths.auditors)
    for path in (paths.walked, *copies):
        # What went aside before a cut is of the ledger before; what came since is not.
        if path.exists() and not (aside / path.name).exists():
            path.rename(aside / path.name)
    _keep_anchor(paths.anchor, aside)
    sync_folder(aside)
    if with_anchor:
        _begin_anchor(paths, key)
    sync_folder(paths.folder)
    paths.restored.rename(paths.ledger)
    with suppress(OSError):
        sync_folder(paths.folder)
        restore_mark.remove(paths.restore_mark)
        return True
    return False


def _keep_anchor(anchor: Path, aside: Path) -> None:
    """Keep a copy of the anchor before, so that no cut leaves none in its place."""
    kept = aside / anchor.name
    if kept.exists() or not anchor.exists():
        return
    if not anchor.is_file():
        anchor.rename(kept)
        return
    shutil.copyfile(anchor, kept)
    kept.chmod(0o600)
    sync_file(kept)


def _begin_anchor(paths: DataFolder, key: DataKey) -> None:
    try:
        database = connect_read_only(paths.restored, key.ledger)
        try:
            AnchorFile(paths.anchor, key.anchor).begin(database)
        finally:
            database.close()
    except DatabaseFailure as err:
        raise store_errors.StoreDamagedError from err


def _newest_aside(paths: DataFolder) -> Path:
    paths.replaced.mkdir(mode=0o700, exist_ok=True)
    made = sorted(path for path in paths.replaced.iterdir() if path.is_dir())
    return made[-1] if made else paths.replaced
