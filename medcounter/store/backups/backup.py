"""Backups of the ledger: made, verified, named, listed.

A backup is named by the day of its last event and the number of its events, so
no clock is read. Only complete, verified ones ever carry such a name.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from medcounter.files import keep_private, sync_file, sync_folder
from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.sqlite import (
    Database,
    DatabaseFailure,
    connect,
    connect_read_only,
    scalar,
    translate,
)
from medcounter.store.journal import event_forms, journal
from medcounter.store.ledger.ledger_proof import FileState, Proof, broken_by
from medcounter.store.store_errors import (
    BackupBrokenError,
    BackupFailedError,
    StoreDamagedError,
    StoreError,
    of_system,
)
from medcounter.trust.chain import Head

_NAME = re.compile(r"ledger-(\d{8})-(\d{9})\.db")
# Made before the shape of the ledger was changed; the number is that of the new shape.
_OLDER_SHAPE = re.compile(r"before-version-(\d{1,9})\.db(?:\.set-aside)?")
_PARTIAL = ".partial"
_ASIDE = ".set-aside"
# What a backup is named by, and what is said of it where nothing can be.
_LAST = "SELECT id, kind, at, notice, print_no, detail FROM event ORDER BY id DESC LIMIT 1"
_log = logging.getLogger(__name__)
# How many of the newest days, weeks and months keep their last backup.
_KEPT: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
    (14, date.toordinal),
    (8, lambda day: day.isocalendar()[:2]),
    (12, lambda day: (day.year, day.month)),
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A file with the name of a copy, which only a verified one was given.

    Attributes:
        day: Day of the last event in it.
        events: How many events it holds.
        path: The file.
    """

    day: date
    events: int
    path: Path


@dataclass(frozen=True, slots=True)
class LedgerEnd:
    """What a copy must show to be the copy of a ledger.

    Attributes:
        head: The last event.
        application: The number of our files.
        version: How many steps its shape has gone through.
    """

    head: Head
    application: object
    version: object


def make_backup(
    database: Database, proof: Proof, folder: Path, *, prune: bool = True
) -> Path | None:
    """Copy a ledger, prove that the copy could be restored, and prune older ones.

    Args:
        database: The ledger.
        proof: What the copy must pass.
        folder: Where to.
        prune: Whether older ones in the folder are ours to delete.

    Returns:
        The backup's file, also when it was there already; None for a ledger
        in which nothing has happened.

    Raises:
        BackupFailedError: No copy was made; older ones stay.
    """
    require_ledger(database)
    path = backup_path(database, folder)
    if path is not None and not is_there(path, proof, ledger_end(database), thoroughly=not prune):
        if prune:
            _sweep(folder)
        copy(database, proof, path)
        if prune:
            prune_old(path)
    return path


def _sweep(folder: Path) -> None:
    """Delete copies that a program was killed in; of ours one at a time is made."""
    with suppress(OSError):
        for left in folder.glob(f"ledger-*.db{_PARTIAL}"):
            left.unlink(missing_ok=True)


def require_ledger(database: Database) -> None:
    """See that what is to be backed up is a ledger, and not its copy for auditors.

    Raises:
        BackupFailedError: It is not.
    """
    if scalar(database, "PRAGMA application_id") != LEDGER.application_id:
        raise BackupFailedError


def is_there(path: Path, proof: Proof, expected: LedgerEnd, *, thoroughly: bool = False) -> bool:
    """Return whether a backup of a ledger as it is now is there already.

    What bears its name may be none, or of another line of the ledger after a
    restore. It stays until ``settle`` has a proven copy to put in its place.

    Args:
        path: Its name.
        proof: What it must pass.
        expected: What it must show.
        thoroughly: Read all of it, not only how it opens.

    Raises:
        BackupFailedError: It was stopped.
    """
    if not os.path.lexists(path) or _is_link(path) or state_of(path) in proof.spoilt:
        return False
    with suppress(DatabaseFailure, OSError, StoreError):
        opened = connect_read_only(path, proof.key.ledger)
        try:
            if ledger_end(opened) == expected:
                if thoroughly:
                    proof.require(opened, is_newest=False)
                return True
        finally:
            opened.close()
    proof.require_going_on()
    return False


def _is_link(path: Path) -> bool:
    """Return whether a name leads to a file that has another: that is no copy."""
    with suppress(OSError):
        return path.is_symlink() or path.stat().st_nlink > 1
    return False


def state_of(path: Path) -> FileState | None:
    """Return what tells a file from another; None where there is none.

    It is another once the file was written to.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return (str(path), found.st_ino, found.st_size, found.st_mtime_ns)


def end_of(each: Backup, key: bytes) -> Head | None:
    """Return the last event of a backup that holds what its name says; else None."""
    with suppress(DatabaseFailure, StoreError):
        opened = connect_read_only(each.path, key)
        try:
            head = journal.head(opened)
        finally:
            opened.close()
        return head if head.position == each.events else None
    return None


def any_line(copy: Database) -> bool:
    """Take a copy of any line of a ledger."""
    del copy
    return True


def newest_true(
    folder: Path, key: bytes, is_ours: Callable[[Database], bool] = any_line
) -> tuple[Backup, Database] | None:
    """Open the newest backup that holds what its name says; the caller closes it.

    A spoilt file, or an older copy under a newer name, hides no other.

    Args:
        folder: Where backups lie.
        key: The ledger's.
        is_ours: Whether one is asked for; one that is not hides no other either.

    Raises:
        StoreError: The folder cannot be listed.
    """
    for each in backups(folder):
        with suppress(DatabaseFailure, StoreError):
            opened = connect_read_only(each.path, key)
            with suppress(DatabaseFailure):
                if journal.head(opened).position == each.events and is_ours(opened):
                    return each, opened
            opened.close()
        _log.warning("not a backup of this ledger: %s", each.path.name)
    return None


def backup_path(database: Database, folder: Path) -> Path | None:
    """Name the backup of a ledger as it is now; None before its first event.

    Raises:
        BackupBrokenError: The last event says no time.
    """
    last = database.conn.execute(_LAST).fetchone()
    if last is None:
        return None
    position, kind, at, notice, print_no, detail = last
    fault = event_forms.fault(position, kind, at, (notice, print_no), detail)
    if fault is not None:
        raise broken_by(fault)
    day = date.fromisoformat(at[:10])
    return folder / f"ledger-{day:%Y%m%d}-{journal.head(database).position:09d}.db"


def copy(database: Database, proof: Proof, path: Path) -> None:
    """Copy a database to a file that is whole and verified, or not there.

    One of an older program's shape is whole, but its chain is not walked.

    Raises:
        BackupFailedError: It is not there.
    """
    partial = path.with_name(path.name + _PARTIAL)
    try:
        partial.unlink(missing_ok=True)
        database.conn.execute("VACUUM INTO ?", (str(partial),))
        expected = ledger_end(database)
    except (DatabaseFailure, OSError, StoreError) as err:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BackupFailedError from err
    settle(partial, path, proof, expected)


def settle(partial: Path, path: Path, proof: Proof, expected: LedgerEnd) -> None:
    """Check a copy and give it its name; in any thread, the ledger is not asked.

    What bore the name and was no backup of this ledger is set aside.

    Args:
        partial: The copy, of which nothing stays when this fails.
        path: What it is to be named.
        proof: What it must pass.
        expected: What the ledger showed when the copy was made.

    Raises:
        BackupBrokenError: A restore would refuse the copy, and so any copy
            of the ledger as it is.
        BackupFailedError: The copy is not whole, or cannot be kept.
    """
    try:
        keep_private(partial)
        sync_file(partial)
        _check_copy(partial, proof, expected)
        if os.path.lexists(path):
            path.replace(path.with_name(path.name + _ASIDE))
        partial.replace(path)
        sync_folder(path.parent)
    except (DatabaseFailure, OSError, StoreError) as err:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        if isinstance(err, BackupBrokenError):
            raise
        cause = translate(err) if isinstance(err, DatabaseFailure) else err
        if isinstance(cause, StoreDamagedError):
            raise BackupFailedError(
                "备份没有成功，原有数据和旧备份不变；复制出来的台账有损坏（数据页或索引），"
                "请核对台账，不符时用最近的完好备份恢复，或联系技术支持。"
            ) from err
        raise BackupFailedError from err


def ledger_end(database: Database) -> LedgerEnd:
    """Return how far a ledger goes and of which shape it is."""
    application, version = (
        scalar(database, f"PRAGMA {name}") for name in ("application_id", "user_version")
    )
    return LedgerEnd(journal.head(database), application, version)


def backups(folder: Path) -> tuple[Backup, ...]:
    """List what bears a backup's name, newest first; a link is none.

    Each was verified when it was named, and may have been spoilt since.

    Raises:
        StoreError: The folder cannot be listed; that there are none is not
            said of it.
    """
    try:
        found = [(_NAME.fullmatch(path.name), path) for path in folder.glob("ledger-*.db")]
    except OSError as err:
        raise of_system(err) from err
    listed = []
    for match, path in found:
        # A name with a day that no calendar has is no backup's.
        with suppress(ValueError):
            if match and not path.is_symlink():
                listed.append(Backup(date.fromisoformat(match[1]), int(match[2]), path))
    return tuple(sorted(listed, key=lambda backup: backup.events, reverse=True))


def _check_copy(path: Path, proof: Proof, expected: LedgerEnd) -> None:
    """Open a copy and see that it ends where the ledger ended and could be restored."""
    opened = connect(path, proof.key.ledger)
    try:
        if ledger_end(opened) != expected:
            raise BackupFailedError
        proof.require(opened, is_newest=True)
    finally:
        opened.close()


def prune_old(made: Path) -> None:
    """Delete what is neither among the newest days, weeks nor months.

    What holds more than the backup just made is of another line of the ledger,
    from before a restore, or none at all: it stays and takes nothing's place. What
    was set aside goes with the one that has its name. What cannot be deleted now is
    deleted another time.

    Args:
        made: The backup that was just made, or found there and proven.
    """
    folder = made.parent
    try:
        found = backups(folder)
    except StoreError:
        return
    events = next((each.events for each in found if each.path == made), 0)
    listed = [each for each in found if each.events <= events]
    kept: set[Path] = {made, *(each.path for each in found if each.events > events)}
    for count, period in _KEPT:
        newest: dict[Hashable, Path] = {}
        for backup in listed:
            newest.setdefault(period(backup.day), backup.path)
        kept.update(list(newest.values())[:count])
    for backup in listed:
        if backup.path not in kept:
            with suppress(OSError):
                backup.path.unlink()
    if listed:
        _prune_older_shapes(folder)
    with suppress(OSError):
        aside = [path for path in folder.glob(f"ledger-*{_ASIDE}") if path.is_file()]
        for path in aside:
            if path.with_name(path.name.removesuffix(_ASIDE)) not in kept:
                path.unlink()


def _prune_older_shapes(folder: Path) -> None:
    """Delete copies of older shapes, but for the newest one.

    Called only where a backup was just made or found good, so that a good one is left
    whatever the newest of these is worth. What was set aside under their names goes too.
    """
    with suppress(OSError):
        found = [(_OLDER_SHAPE.fullmatch(path.name), path) for path in folder.iterdir()]
        copies = [(int(match[1]), path) for match, path in found if match]
        newest = max((version for version, _ in copies), default=0)
        for version, path in copies:
            if version < newest and path.is_file():
                path.unlink()
