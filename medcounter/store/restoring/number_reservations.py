"""Numbers that are already on paper, or may be, although a ledger lacks them.

Returns the highest one for each year and desk, of notices and of closed days, as far
as anything left in the data folder shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from medcounter.store import store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.ledger import floor_check, ledger_days, number_leap, number_series
from medcounter.store.ledger.number_series import Used
from medcounter.trust.data_key import DataKey

# A notice's, or a day's close.
_NUMBER = re.compile(r"(\d{4})-(\d{2})-(?=\d{6}$|D\d{4}$)(D?)(\d+)", re.ASCII)
_DESK = re.compile(rf"{ledger_days.CLOSE_FLOOR}?\d{{2}}", re.ASCII)


def highest_known(paths: DataFolder, keys: Iterable[DataKey]) -> tuple[tuple[Used, ...], int]:
    """Ask the present ledger, the anchor, the newest backup and the auditors' copy.

    A leap that the program would not have made so is not believed: who wrote it would
    use up the numbers of the restored ledger too.

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


def believable(database: Database, used: Iterable[Used], at: datetime) -> tuple[Used, ...]:
    """Lower what is higher than any counter can have reached from a ledger.

    Args:
        database: The restored one.
        used: What else tells of numbers.
        at: Now, not before its last event.
    """
    own = number_leap.reserved(database)
    return tuple(
        (year, series, min(last, number_series.most((year, series), own, at)))
        for year, series, last in used
        if _DESK.fullmatch(series)
    )


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
        highest = floor_check.believed(database)
        used += [(year, desk, last) for (year, desk), last in highest.items()]
        return journal.head(database).position
    finally:
        database.close()
