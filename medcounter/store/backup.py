"""Copies of the ledger that were opened and checked before they count.

Answers which backups exist. A backup is named by the day of its last event
and by how many events it holds, so no clock is read. Only whole, verified
ones ever bear such a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from medcounter.files import sync_file, sync_folder
from medcounter.store import journal
from medcounter.store.errors import BackupFailedError, StoreDamagedError, StoreError
from medcounter.store.sqlite import Database, DatabaseFailure, connect, connect_read_only, scalar

_NAME = re.compile(r"ledger-(\d{8})-(\d{9})\.db")
_PARTIAL = ".partial"
# How many of the newest days, weeks and months keep their last backup.
_KEPT: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
    (14, date.toordinal),
    (8, lambda day: day.isocalendar()[:2]),
    (12, lambda day: (day.year, day.month)),
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy.

    Attributes:
        day: Day of the last event in it.
        events: How many events it holds.
        path: The file.
    """

    day: date
    events: int
    path: Path


def make_backup(database: Database, key: bytes, folder: Path, *, prune: bool = True) -> Path | None:
    """Copy a ledger, check the copy, and prune older ones.

    Args:
        database: The ledger.
        key: Its key; the copy's too.
        folder: Where to.
        prune: Whether older ones in the folder are ours to delete.

    Returns:
        The backup's file, also when it was there already; None for a ledger
        in which nothing has happened.

    Raises:
        BackupFailedError: No copy was made; older ones stay.
    """
    last = database.conn.execute("SELECT at FROM event ORDER BY id DESC LIMIT 1").fetchone()
    if last is None:
        return None
    day = date.fromisoformat(last[0][:10])
    events = journal.head(database).position
    path = folder / f"ledger-{day:%Y%m%d}-{events:09d}.db"
    if not path.exists():
        copy(database, key, path)
        if prune:
            _prune(folder)
    return path


def copy(database: Database, key: bytes, path: Path) -> None:
    """Copy a database to a file that is whole and verified, or not there.

    Raises:
        BackupFailedError: It is not there.
    """
    partial = path.with_name(path.name + _PARTIAL)
    try:
        partial.unlink(missing_ok=True)
        database.conn.execute("VACUUM INTO ?", (str(partial),))
        sync_file(partial)
        _check_copy(database, key, partial)
        partial.replace(path)
        sync_folder(path.parent)
    except (DatabaseFailure, OSError, StoreError) as err:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BackupFailedError from err


def backups(folder: Path) -> tuple[Backup, ...]:
    """List the verified copies, newest first."""
    found = [(_NAME.fullmatch(path.name), path) for path in folder.glob("ledger-*.db")]
    listed = [
        Backup(date.fromisoformat(match[1]), int(match[2]), path) for match, path in found if match
    ]
    return tuple(sorted(listed, key=lambda backup: backup.events, reverse=True))


def require_sound(path: Path, key: bytes) -> None:
    """See that every page of a backup is as it was written.

    Raises:
        StoreError: It is not, or it cannot be opened under the key.
        DatabaseFailure: It cannot be read.
    """
    opened = connect_read_only(path, key)
    try:
        if opened.conn.execute("PRAGMA cipher_integrity_check").fetchall():
            raise StoreDamagedError
        if scalar(opened, "PRAGMA integrity_check") != "ok":
            raise StoreDamagedError
    finally:
        opened.close()


def _check_copy(database: Database, key: bytes, path: Path) -> None:
    """Open a copy and see that it is sound and ends where the ledger ends."""
    opened = connect(path, key)
    try:
        faults = opened.conn.execute("PRAGMA cipher_integrity_check").fetchall()
        sound = scalar(opened, "PRAGMA integrity_check") == "ok"
        versions = [
            [scalar(each, f"PRAGMA {name}") for name in ("application_id", "user_version")]
            for each in (opened, database)
        ]
        same = journal.head(opened) == journal.head(database) and versions[0] == versions[1]
        if faults or not sound or not same:
            raise BackupFailedError
    finally:
        opened.close()


def _prune(folder: Path) -> None:
    """Delete what is neither among the newest days, weeks nor months."""
    listed = backups(folder)
    kept: set[Path] = set()
    for count, period in _KEPT:
        newest: dict[Hashable, Path] = {}
        for backup in listed:
            newest.setdefault(period(backup.day), backup.path)
        kept.update(list(newest.values())[:count])
    for backup in listed:
        if backup.path not in kept:
            with suppress(OSError):
                backup.path.unlink()
