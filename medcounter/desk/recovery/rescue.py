"""Work on a closed ledger: look into backups, restore one, run a drill.

The ledger must not be open.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import SUPERVISOR, Credential
from medcounter.desk.access.sign_in_setup import NOBODY
from medcounter.desk.recovery.rescue_keys import locked_for
from medcounter.errors import MedCounterError
from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.store.backups import backup
from medcounter.store.backups.backup import Backup
from medcounter.store.db.sqlite import connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.ledger_records import Drilled, Restored, Restorer
from medcounter.store.restoring.restore import drill, restore, stands
from medcounter.store.store_errors import StoreError
from medcounter.trust import slot_format
from medcounter.trust.trust_errors import SignInNeededError

__all__ = [
    "Backup",
    "Drilled",
    "KeyFileUnfitError",
    "RestoreNeedsReasonError",
    "RestoreNeedsSupervisorError",
    "Restored",
    "list_backups",
    "restore_backup",
    "take_key_file",
    "try_backup",
]

_LARGEST_KEY_FILE = 100_000


class KeyFileUnfitError(MedCounterError):
    """这个密钥文件打不开这里的台账，没有采用，原有文件不变；请找与台账一起备份的 keyslots.json。"""


def list_backups(data_dir: Path) -> tuple[Backup, ...]:
    """List the verified copies of the ledger, newest first."""
    return backup.backups(DataFolder(data_dir).backups)


def take_key_file(data_dir: Path, path: Path) -> None:
    """Put a key file found elsewhere in the place of the one that is missing.

    Whatever lies there is kept under another name, each time under a new one:
    a file with sign-in is proven only by the first who signs in, and may be the
    wrong one.

    Raises:
        KeyFileUnfitError: It is no key file, or it does not open the ledger.
    """
    paths = DataFolder(data_dir)
    try:
        data = read_bounded(path, _LARGEST_KEY_FILE)
        found = slot_format.load(data)
        if found is None:
            raise KeyFileUnfitError
        if found.clear is not None:
            connect_read_only(paths.ledger, found.clear.key.ledger).close()
        for destination in (paths.key_file, paths.key_copy):
            if destination.exists():
                with suppress(FileNotFoundError):
                    destination.replace(_free_name(destination))
            write_durably(destination, data)
    except (FileTooLargeError, OSError, StoreError) as err:
        raise KeyFileUnfitError from err


def _free_name(path: Path) -> Path:
    """Name what is put aside so that nothing put aside before is lost."""
    names = (path.with_name(f"{path.stem}-unreadable-{number}{path.suffix}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))


class RestoreNeedsReasonError(MedCounterError):
    """现在的台账核对完好，没有恢复；恢复备份会去掉备份之后的记录。确实要恢复的，请写明原因后重试。"""


class RestoreNeedsSupervisorError(MedCounterError):
    """现在的台账核对完好，没有恢复；恢复备份会去掉备份之后的记录。确实要恢复的，请主管登录后恢复。"""


def restore_backup(
    data_dir: Path,
    chosen: str,
    at: datetime,
    reason: str = "",
    *,
    credentials: tuple[Credential, ...] = (),
) -> Restored:
    """Put a backup in the ledger's place; what lay there is kept aside.

    Only over a ledger that fails; over a sound one with a reason and, where
    people sign in, a supervisor.

    Args:
        data_dir: Where the ledger lives; nobody may have it open.
        chosen: A backup's name, or the path of one elsewhere.
        at: When, with its zone.
        reason: Why; may be empty where the ledger fails.
        credentials: Who signed in, see ``rescue_keys.locked_for``.

    Raises:
        SignInNeededError: The backup's key is locked away, or the ledger's
            whose place it would take.
        AuditorLooksOnlyError: An auditor only looks.
        RestoreNeedsReasonError: The ledger is sound, and the reason blank.
        RestoreNeedsSupervisorError: The ledger is sound, and nobody who
            signed in is a supervisor.
        StoreError: One subclass per cause; nothing was overwritten.
    """
    if locked_for(data_dir, chosen, credentials) is not None:
        raise SignInNeededError
    kept = typed_reason(reason)
    # Who agrees signs.
    credentials = tuple(sorted(credentials, key=lambda one: one.role != SUPERVISOR))
    keys = tuple(one.key for one in credentials)
    sound = stands(data_dir, keys)
    if sound and not kept:
        raise RestoreNeedsReasonError
    if sound and credentials and credentials[0].role != SUPERVISOR:
        raise RestoreNeedsSupervisorError
    name = credentials[0].name if credentials else ""
    who = Restorer(name, keys, kept, over_sound=sound)
    done = restore(data_dir, chosen, at, who)
    if credentials:
        named = (clerk.name for clerk in sign_in.state(data_dir).clerks)
        sign_in.tries_at(data_dir).reset_unknown((NOBODY, *named))
    return done


def try_backup(data_dir: Path, chosen: str, credentials: tuple[Credential, ...] = ()) -> Drilled:
    """Open a copy of a backup and read all of it; changes nothing.

    Raises:
        SignInNeededError: The backup's key is locked away.
        StoreError: It could not be restored; one subclass per cause.
    """
    return drill(data_dir, chosen, tuple(one.key for one in credentials))
