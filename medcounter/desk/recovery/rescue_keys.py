"""Find the sign-in that a backup still needs before it can be read.

Returns the folder whose key slots must be opened next. Opens no slot.
"""

from __future__ import annotations

from pathlib import Path

from medcounter.desk.access.access_errors import NO_BACKUPS, AuditorLooksOnlyError
from medcounter.desk.access.access_records import AUDITOR, Credential
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.restoring import restore
from medcounter.trust import slot_files
from medcounter.trust.trust_errors import KeySlotError


def locked_for(
    data_dir: Path, chosen: str, credentials: tuple[Credential, ...] = ()
) -> Path | None:
    """Name the folder to sign in to before a backup is restored or tried.

    The present ledger comes first: only when it opens is it known which
    numbers are on paper already.

    Args:
        data_dir: The data folder.
        chosen: A backup's name, or the path of one elsewhere.
        credentials: Who signed in so far.

    Returns:
        The data folder, the folder of the backup, or None when the backup
        opens, or no sign-in would open it.

    Raises:
        AuditorLooksOnlyError: An auditor signed in, whose slot opens none.
        BackupUnknownError: There is no such backup.
    """
    if any(one.role == AUDITOR for one in credentials):
        raise AuditorLooksOnlyError(NO_BACKUPS)
    paths = DataFolder(data_dir)
    source = restore.find_backup(paths, chosen)
    held = {one.key.id for one in credentials}
    if _locked_out(paths.key_file, paths.key_copy, held):
        return data_dir
    if restore.opens(paths, source, tuple(one.key for one in credentials)):
        return None
    beside = source.with_name(paths.key_file.name)
    return source.parent if _locked_out(beside, beside, held) else None


def fitting(data_dir: Path, credentials: tuple[Credential, ...]) -> Credential | None:
    """Return who signed in to the key that lies in the data folder now.

    Args:
        data_dir: The data folder, after a restore.
        credentials: Who signed in so far.

    Returns:
        The newest such credential; None when somebody must sign in, or nobody.
    """
    paths = DataFolder(data_dir)
    try:
        read = slot_files.read_slots(paths.key_file, paths.key_copy)
    except KeySlotError:
        return None
    locked = {slots.key_id for slots in read if slots.clear is None}
    return next((one for one in reversed(credentials) if one.key.id in locked), None)


def _locked_out(path: Path, copy: Path, held: set[str]) -> bool:
    try:
        read = slot_files.read_slots(path, copy)
    except KeySlotError:
        return False
    locked = [slots for slots in read if slots.clear is None]
    if held and not all(slots.whole for slots in locked):
        return False  # a damaged file may name another key than it opened
    return bool(locked) and not any(slots.key_id in held for slots in locked)
