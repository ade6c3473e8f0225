"""Numbers that are already on paper, or may be, although a ledger lacks them.

Returns the highest one for each year and desk, of notices and of closed days, as far
as anything left in the data folder shows; where nothing shows it, one that no counter
can have reached. Using a number twice would be worse than a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from medcounter.store import store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.ledger import ledger_days
from medcounter.trust.data_key import DataKey

Used = tuple[int, str, int]
# How far is leapt at least, and the last number there is.
_NOTICES = (10_000, 999_999)
_CLOSES = (100, 9_999)
# A notice's, or a day's close.
_NUMBER = re.compile(r"(\d{4})-(.+)-(?=\d{6}$|D\d{4}$)(D?)(\d+)", re.ASCII)
_HIGHEST = """
    SELECT issue_year, desk, max(sequence) FROM (
        SELECT issue_year, desk, sequence FROM notice
        UNION ALL SELECT issue_year, desk, sequence FROM number_floor
    ) GROUP BY issue_year, desk
"""
# Every number that a desk can have: which one was used, an older ledger may not know.
_DESKS = tuple(f"{number:02d}" for number in range(100))
_HIGHEST_ISSUED = "SELECT issue_year, desk, max(sequence) FROM notice GROUP BY issue_year, desk"


def foreseen(database: Database, at: datetime) -> tuple[Used, ...]:
    """Give numbers that nobody can have reached who went on from a ledger like this.

    No counter issues a notice a minute by day and night, nor closes ten times a day;
    and from what the ledger knows it is still far.

    Args:
        database: A ledger that may be an older one put back.
        at: Now; a clock behind the ledger's last event counts as that event.
    """
    at = max(at, journal.last_time(database) or at)
    since = at - datetime(at.year, 1, 1, tzinfo=at.tzinfo)
    known = _highest(database)
    return tuple(
        (at.year, series, _beyond(known.get((at.year, series), 0), reached, *room))
        for desk in _DESKS
        for series, reached, room in (
            (desk, since // timedelta(minutes=1), _NOTICES),
            (f"{ledger_days.CLOSE_FLOOR}{desk}", 10 * (since.days + 1), _CLOSES),
        )
    )


def said_of(floors: Iterable[Used]) -> dict[str, object]:
    """Return what an event says of floors, so that they can be held to it."""
    numbers = [in_words(floor) for floor in floors]
    return {
        "closes_used": [number for number in numbers if "D" in number],
        "numbers_used": [number for number in numbers if "D" not in number],
    }


def _beyond(known: int, reached: int, step: int, last: int) -> int:
    """Leap at least a step, but never over more than half of what is left to give."""
    return max(reached, known + min(step, (last - known) // 2))


def in_words(used: Used) -> str:
    """Write the number a floor stands for: a notice's, or a day's close."""
    year, desk, last = used
    if desk.startswith(ledger_days.CLOSE_FLOOR):
        return f"{year}-{desk.removeprefix(ledger_days.CLOSE_FLOOR)}-D{last:04d}"
    return f"{year}-{desk}-{last:06d}"


def highest_known(paths: DataFolder, keys: Iterable[DataKey]) -> tuple[tuple[Used, ...], int]:
    """Ask the present ledger, the anchor, the newest backup and the auditors' copy.

    Returns:
        Year, desk and sequence; and the most events anything knows of.
    """
    used: list[Used] = []
    known = 0
    for key in keys:
        opens = key.ledger
        anchor = AnchorFile(paths.anchor, key.anchor).read()
        if anchor is not None:
            known = max(known, anchor.head.position)
            used += _of_words((anchor.number,))
        with suppress(store_errors.StoreError, DatabaseFailure):
            # For writing, so that a transaction cut off is undone while its journal is there.
            opened = connect(paths.ledger, opens)
            known = max(known, _ask(opened, used))
        with suppress(store_errors.StoreError, DatabaseFailure):
            if newest := backup.newest_true(paths.backups, opens):
                known = max(known, _ask(newest[1], used))
        with suppress(store_errors.StoreError, DatabaseFailure):
            known = max(known, _ask_copy(paths, key, used))
    return tuple(used), known


def reserve(database: Database, used: Iterable[Used]) -> tuple[Used, ...]:
    """Let a ledger count on from numbers it does not hold itself.

    Returns:
        The ones that were new to it.
    """
    own = _highest(database)
    destination: dict[tuple[int, str], int] = {}
    for year, desk, last in used:
        destination[year, desk] = max(last, destination.get((year, desk), 0))
    floors = tuple(
        (year, desk, last)
        for (year, desk), last in sorted(destination.items())
        if last > own.get((year, desk), 0)
    )
    for floor in floors:
        database.conn.execute("INSERT INTO number_floor VALUES (?, ?, ?)", floor)
    return floors


def _ask_copy(paths: DataFolder, key: DataKey, used: list[Used]) -> int:
    """Ask the auditors' copy: only what the ledger itself vouched for in it."""
    from medcounter.store.auditors import copy_end, copy_numbers  # noqa: PLC0415 - rarely needed

    copy = copy_end.opened(paths.auditors, key)
    try:
        vouched = copy_end.vouched(copy, key)
        if vouched is None:
            return 0
        used += _of_words(copy_numbers.numbers(copy, vouched))
    finally:
        copy.close()
    return vouched.end.position


def _of_words(numbers: Iterable[str]) -> list[Used]:
    """Return the highest of each year and desk; what is no number is left out."""
    highest: dict[tuple[int, str], int] = {}
    for number in numbers:
        match = _NUMBER.fullmatch(number)
        if match:
            series = int(match[1]), (ledger_days.CLOSE_FLOOR if match[3] else "") + match[2]
            highest[series] = max(int(match[4]), highest.get(series, 0))
    return [(year, desk, last) for (year, desk), last in highest.items()]


def _ask(database: Database, used: list[Used]) -> int:
    try:
        used += [(year, desk, last) for (year, desk), last in _highest(database).items()]
        return journal.head(database).position
    finally:
        database.close()


def _highest(database: Database) -> dict[tuple[int, str], int]:
    try:
        rows = database.conn.execute(_HIGHEST).fetchall()
    except DatabaseFailure:  # of a program that knew no floors
        rows = database.conn.execute(_HIGHEST_ISSUED).fetchall()
    highest = {(year, desk): last for year, desk, last in rows}
    for year, desk, last in ledger_days.closes_given(database):
        highest[year, desk] = max(last, highest.get((year, desk), 0))
    return highest
