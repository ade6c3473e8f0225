"""Restore a backup in place of the ledger, or test in a drill whether one could.

Returns once a verified ledger is in place. The previous ledger is kept aside
with its key, never overwritten. Reads no clock.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medcounter.files import sync_file, sync_folder, write_durably
from medcounter.store import anchor_file, restore_mark, store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.backups import backup
from medcounter.store.backups.drafts_copy import bring_drafts
from medcounter.store.connection.connection import Connection
from medcounter.store.connection.ledger_connection import ledger_connection, nothing_to_copy
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only, scalar
from medcounter.store.folder.data_folder import KEY_FILE, DataFolder
from medcounter.store.folder.folder_lock import FolderLock
from medcounter.store.journal import journal
from medcounter.store.journal.act_roles import FAILING, SOUND
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import number_leap, number_series
from medcounter.store.ledger.ledger_proof import (
    proof_of,
    require_restorable,
    require_whole,
    walk,
)
from medcounter.store.ledger_records import Drilled, Restored, Restorer
from medcounter.store.restoring import carried_voids, number_reservations
from medcounter.store.restoring.finishing import finish_restore
from medcounter.trust import slot_files
from medcounter.trust.chain_key import chain_key
from medcounter.trust.data_key import DataKey
from medcounter.trust.trust_errors import KeySlotError, SignInNeededError

NOBODY = Restorer()
KEYS_LEFT = "磁盘出错，密钥文件没有全部写好；请检查磁盘空间，程序打开时会再写。"
NAME_LEFT = "磁盘出错，台账已经恢复，但还不知道断电后是否还在；请检查磁盘，再备份一次到别处。"
DRAFTS_LEFT = (
    "磁盘出错，规则草稿没有取回；请检查磁盘空间，再把备份旁边的 drafts.db 复制到数据文件夹。"
)


def restore(folder: Path, chosen: str, at: datetime, who: Restorer = NOBODY) -> Restored:
    """Put a backup in the ledger's place.

    Args:
        folder: The data folder; nobody may have it open.
        chosen: A backup's name in the folder, or the path of one elsewhere
            with its key file beside it.
        at: When, with its zone.
        who: Who does it, and why.

    Raises:
        BackupUnknownError: There is no such backup.
        BackupUnusableError: It is not whole; the ledger stays as it is.
        SignInNeededError: Its key is locked away, and none was given.
        RestoreFailedError: The disk failed before the backup was in the ledger's
            place; nothing was overwritten. What fails later is said in the answer.
        StoreInUseError: A running program has the ledger.
    """
    paths = DataFolder(folder)
    try:
        paths.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FolderLock(paths.lock)
    except OSError as err:
        raise store_errors.of_system(err) from err
    try:
        return _restore(paths, find_backup(paths, chosen), at, who)
    except OSError as err:
        raise store_errors.RestoreFailedError from err
    finally:
        lock.release()


def drill(folder: Path, chosen: str, given: tuple[DataKey, ...] = ()) -> Drilled:
    """Open a copy of a backup and read all of it; changes nothing.

    Args:
        folder: The data folder.
        chosen: As for :func:`restore`.
        given: The keys that somebody signed in for.

    Raises:
        BackupUnknownError: There is no such backup.
        BackupUnusableError: It is not whole.
        RestoreFailedError: There is no room for the copy.
    """
    paths = DataFolder(folder)
    source = find_backup(paths, chosen)
    try:
        with tempfile.TemporaryDirectory(prefix=".drill-", dir=folder) as room:
            key = _key_of(paths, source, given)
            connection = _verified_copy(source, key, Path(room) / "ledger.db")
            try:
                with connection.reading() as database:
                    notices = scalar(database, "SELECT count(*) FROM notice")
                    events = journal.head(database).position
            finally:
                connection.close()
    except OSError as err:
        raise store_errors.RestoreFailedError from err
    return Drilled(source, events, notices if isinstance(notices, int) else 0)


def find_backup(paths: DataFolder, chosen: str) -> Path:
    """Return the file of a backup that was named.

    Raises:
        BackupUnknownError: There is none.
    """
    for path in (paths.backups / chosen, paths.backups / f"{chosen}.db", Path(chosen)):
        with suppress(OSError):  # a name that is too long is none
            if path.is_file():
                return path
    raise store_errors.BackupUnknownError(
        f"没有找到备份“{chosen}”，没有恢复，现有台账不变；请用“medcounter backups”查看有哪些备份。"
    )


def opens(paths: DataFolder, source: Path, given: tuple[DataKey, ...]) -> bool:
    """Return whether a key that is known opens a backup."""
    try:
        _key_of(paths, source, given)
    except (store_errors.StoreError, KeySlotError, DatabaseFailure):
        return False
    return True


def naming_a_backup(
    paths: DataFolder, err: store_errors.StoreError, given: DataKey | None
) -> store_errors.StoreError:
    """Say a refusal once more, with the newest good backup and the command."""
    keys = () if given is None else (given,)
    for each in backup.backups(paths.backups):
        with suppress(store_errors.StoreError, KeySlotError, DatabaseFailure, OSError):
            proof = proof_of(paths, _key_of(paths, each.path, keys))
            require_restorable(each.path, proof, each.events)
            name = each.path.name
            return type(err)(
                f"{err.text}最近的完好备份截至 {each.day:%Y-%m-%d}（{each.events} 条记录），"
                f"可用“medcounter restore {name}”恢复。"
            )
    return type(err)(f"{err.text}没有找到完好的备份，可用“medcounter restore 文件”从别处恢复。")


def stands(folder: Path, given: tuple[DataKey, ...] = ()) -> bool:
    """Return whether the ledger of a folder is sound and holds notices.

    Then nothing need be restored, and a restore would lose something.

    Args:
        folder: The data folder; nobody may have it open.
        given: The keys that somebody signed in for.

    Raises:
        StoreInUseError: A running program has the ledger.
    """
    paths = DataFolder(folder)
    if not paths.ledger.exists():
        return False
    lock = FolderLock(paths.lock)
    try:
        return any(_is_sound(paths, key) for key in _keys(paths, given))
    finally:
        lock.release()


def _is_sound(paths: DataFolder, key: DataKey) -> bool:
    proof = proof_of(paths, key)
    connection = ledger_connection(paths.ledger, key)
    try:
        connection.open(nothing_to_copy)
        with connection.reading() as database:
            kept = AnchorFile(paths.anchor, key.anchor).read()
            if anchor_file.fault(database, kept, paths, key) is not None:
                return False
            proof.require(database, is_newest=False)
            return scalar(database, "SELECT 1 FROM notice LIMIT 1") is not None
    except (store_errors.StoreError, DatabaseFailure, OSError):
        return False
    finally:
        connection.close()


def _restore(paths: DataFolder, source: Path, at: datetime, who: Restorer) -> Restored:
    clerk, given = who.clerk, who.keys
    key = _key_of(paths, source, given)
    connection = _verified_copy(source, key, paths.restoring)
    try:
        with connection.reading() as database:
            events = journal.head(database).position
            ahead = anchor_file.unfit(database, paths, key)
        used, known = number_reservations.highest_known(paths, _keys(paths, given))
        anchored = AnchorFile(paths.anchor, key.anchor).read() is not None
        voided = carried_voids.everywhere(paths, _keys(paths, given))
        with connection.transaction() as database:
            # Where no anchor speaks, more may be on paper than anything here knows.
            now = max(at, journal.last_time(database) or at)
            own = number_leap.reserved(database)
            leapt = () if anchored else number_series.foreseen(own, now)
            believed = number_reservations.believable(database, used, now)
            floors = number_leap.reserve(database, (*believed, *leapt))
            numbers = tuple(number_leap.in_words(floor) for floor in floors if floor not in leapt)
            detail = {
                **number_leap.said_of(floors),
                "backup": source.name,
                "known": known,
                "leapt": bool(leapt),
                "over": SOUND if who.over_sound else FAILING,
                "reason": who.reason,
                # Copied back they say nothing of this ledger; no other that differs does.
                "replaced": [each.mark for each in ahead if each.goes_aside],
                "voided": [each.number for each in voided],
            }
            event = NewEvent("restore", at, clerk, detail=detail)
            journal.append(database, chain_key(key), event)
            voids = carried_voids.carry(database, chain_key(key), voided, at, clerk)
            head = journal.head(database)
        with connection.reading() as database:
            replaced = restore_mark.known_of(database, paths, key)
    except DatabaseFailure as err:
        raise store_errors.RestoreFailedError from err
    finally:
        connection.close()
    restore_mark.write(paths.restore_mark, key, head, replaced)
    _remove_journal(paths.restoring)
    sync_file(paths.restoring)
    paths.restoring.replace(paths.restored)
    aside = _set_aside(paths, at, events)
    # Until the ledger is in its place the old key must open too: only the copy is changed.
    slot_files.replace(key, source.with_name(KEY_FILE), paths.key_file, paths.key_copy)
    if paths.ledger.exists():
        paths.ledger.rename(aside / paths.ledger.name)
    named = finish_restore(paths, aside, key)
    lost = max(known - events, 0)
    done = Restored(source, events, lost, aside, numbers, *voids, has_leapt=bool(leapt))
    if not named:
        done = replace(done, said_of_disk=NAME_LEFT)
    return _bring_the_rest(paths, source, key, done)


def _bring_the_rest(paths: DataFolder, source: Path, key: DataKey, done: Restored) -> Restored:
    """Write the keys and bring the drafts, the ledger being in its place."""
    left = [done.said_of_disk]
    try:
        slot_files.repair_copy(key, paths.key_file, paths.key_copy)
    except OSError:
        left.append(KEYS_LEFT)
    with_drafts = False
    try:
        with_drafts = bring_drafts(paths, source, key, done.aside)
    except OSError:
        left.append(DRAFTS_LEFT)
    return replace(done, with_drafts=with_drafts, said_of_disk="".join(left))


def _keys(
    paths: DataFolder, given: tuple[DataKey, ...], beside: Path | None = None
) -> tuple[DataKey, ...]:
    found: list[DataKey] = list(given)
    pairs = [(paths.key_file, paths.key_copy)]
    if beside is not None:
        pairs.insert(0, (beside / KEY_FILE, beside / KEY_FILE))
    for path, copy in pairs:
        with suppress(KeySlotError):
            found += slot_files.read_data_keys(path, copy)
    return tuple(dict.fromkeys(found))


def _key_of(paths: DataFolder, source: Path, given: tuple[DataKey, ...]) -> DataKey:
    for key in _keys(paths, given, source.parent):
        with suppress(store_errors.StoreError):
            connect_read_only(source, key.ledger).close()
            return key
    if not given and slot_files.is_locked(source.with_name(KEY_FILE), paths.key_file):
        raise SignInNeededError
    raise store_errors.BackupUnusableError(
        f"备份“{source.name}”无法打开，或没有与它相配的密钥文件，没有恢复，现有台账不变；"
        "请换一个备份，或把密钥文件（keyslots.json）放在备份旁边。"
    )


def _verified_copy(source: Path, key: DataKey, destination: Path) -> Connection:
    """Copy a backup, open the copy and see that every link of it holds."""
    destination.unlink(missing_ok=True)
    _remove_journal(destination)
    shutil.copyfile(source, destination)
    destination.chmod(0o600)
    sync_file(destination)
    connection = ledger_connection(destination, key)
    try:
        opened = connect_read_only(destination, key.ledger)
        try:
            require_whole(opened)
        finally:
            opened.close()
        connection.open(nothing_to_copy)
        with connection.reading() as database:
            faults = walk(database, chain_key(key))
            found = next((fault for fault in faults if fault is not None), None)
        if found is not None:
            raise store_errors.BackupUnusableError(
                f"备份“{source.name}”核对不符（{found.text}）没有恢复，现有台账不变；请换一个备份。"
            )
    except (store_errors.StoreError, DatabaseFailure) as err:
        connection.close()
        destination.unlink(missing_ok=True)
        _remove_journal(destination)
        if isinstance(err, store_errors.BackupUnusableError | store_errors.DiskFullError):
            raise
        raise store_errors.BackupUnusableError from err
    return connection


def _set_aside(paths: DataFolder, at: datetime, events: int) -> Path:
    """Keep the key and the newer backups where no start looks for them."""
    paths.replaced.mkdir(mode=0o700, exist_ok=True)
    base = paths.replaced / f"{at:%Y%m%d-%H%M%S}"
    aside, more = base, 1
    while aside.exists():
        more += 1
        aside = base.with_name(f"{base.name}-{more}")
    aside.mkdir(mode=0o700)
    for path in (paths.key_file, paths.key_copy):
        if path.exists():
            write_durably(aside / f"{path.parent.name}-{path.name}", path.read_bytes())
    for each in backup.backups(paths.backups):
        if each.events > events:
            each.path.rename(aside / each.path.name)
    sync_folder(aside)
    sync_folder(paths.replaced)
    sync_folder(paths.folder)
    return aside


def _remove_journal(path: Path) -> None:
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
