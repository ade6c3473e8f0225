"""See that each close of a day says what was done on it.

Returns faults. A close is printed, handed in and believed; whoever can write an event
past the program could close a day with no notice and no money.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from datetime import UTC, datetime, timedelta, timezone

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import event_ranges, journal
from medcounter.store.ledger import ledger_days
from medcounter.store.ledger.day_acts import DayAct, DayActs, StoredClose
from medcounter.store.ledger.day_figures import dump_figures, figures
from medcounter.store.ledger_records import ChainFault
from medcounter.store.store_errors import StoreDamagedError
from medcounter.strict_json import canonical

# Which prints nobody confirmed has changed since; what was done has not.
_CHANGES = "unconfirmed"
# Whether the ledger was at an offset right before a close, or was at it again after it.
_AROUND = "SELECT 1 FROM event WHERE id >= ? AND id <> ? AND at LIKE '%' || ? LIMIT 1"
# From the noon of a day by one clock to its end by any other.
_ANYWHERE = timedelta(hours=36)
# Where a day begins first; the machine may have been taken there.
_EAST = timezone(timedelta(hours=14))
_DAY_AND_TIME = len("2026-03-05T14:30:00")
_SIGNED_IN = "SELECT 1 FROM event WHERE notice IS NULL AND kind = 'sign-in' LIMIT 1"


def verify(database: Database) -> Generator[ChainFault | None, None, None]:
    """Count every day that was closed again, one close between two yields.

    Args:
        database: The open ledger, or a copy.

    Yields:
        A fault for a close that says otherwise, else None.
    """
    try:
        closes = ledger_days.every_close(database)
    except (StoreDamagedError, ValueError):
        return  # the walk of the tables tells of it
    covered: dict[object, int] = {}
    for close in closes:
        try:
            wrong = _wrong(database, close, covered.get(close.day, 0))
        except (ValueError, TypeError, OverflowError):  # an event is missing, or says no time
            wrong = "所说的记录不全"
        text = f"日结单 {close.number} {wrong}，可能不是程序写的。"
        yield ChainFault(close.head.position, text) if wrong else None
        covered[close.day] = close.head.position


def _wrong(database: Database, close: StoredClose, covered: int) -> str:
    if not _is_timely(database, close):
        return "的年份或日期与日结的时间不符"
    if not _is_complete(database, close, covered):
        return "没有包括它那一天的全部记录"
    return "" if _is_right(database, close) else "的数目与那一天的记录不符"


def _is_timely(database: Database, close: StoredClose) -> bool:
    """Return whether the number's year and the day are those of a close at that time.

    The time of an event is never before the last one's; the clock may be so far behind.
    """
    before = scalar(database, "SELECT at FROM event WHERE id = ?", close.head.position - 1)
    was_raised = before is not None and datetime.fromisoformat(str(before)) == close.at
    years = {close.at.year, (close.at - journal.BEHIND * was_raised).year}
    has_come = close.day <= close.at.astimezone(_EAST).date()
    return int(close.number[:4]) in years and has_come


def _is_right(database: Database, close: StoredClose) -> bool:
    if not close.figures and scalar(database, _SIGNED_IN) is None:
        return True  # as tools wrote it where nobody signs in; no sheet can be printed of it
    counted = dict(dump_figures(figures(DayActs((), _within(database, close, close.ranges), ()))))
    kept = dict(close.figures)
    if counted.keys() != kept.keys():
        return False
    del counted[_CHANGES], kept[_CHANGES]
    return canonical(counted) == canonical(kept)


def _is_complete(database: Database, close: StoredClose, covered: int) -> bool:
    """Return whether a close covers what was done on its day since the one before.

    Another zone has other days: what was written in one is nobody's fault, unless the
    close alone is in another, and so leaves out what was done on its day.
    """
    start = close.at.replace(
        year=close.day.year, month=close.day.month, day=close.day.day, hour=0, minute=0, second=0
    )
    ranges = event_ranges.event_ranges(database, start, start + timedelta(days=1), covered)
    done = {act.position for act in _within(database, close, ranges) if _is_of_day(act, close)}
    said = _within(database, close, close.ranges)
    wrong = any(not _is_of_day(act, close) or act.position <= covered for act in said)
    if wrong or not done <= {act.position for act in said}:
        return False
    return not any(
        scalar(database, _AROUND, close.head.position - 1, close.head.position, offset)
        for offset in _offsets_left_out(database, close, covered)
    )


def _offsets_left_out(database: Database, close: StoredClose, covered: int) -> set[str]:
    """Return other offsets of acts of its day that a close leaves out."""
    noon = datetime(close.day.year, close.day.month, close.day.day, 12, tzinfo=UTC)
    wide = event_ranges.event_ranges(database, noon - _ANYWHERE, noon + _ANYWHERE, covered)
    said = {act.position for act in _within(database, close, close.ranges)}
    return {
        act.at.isoformat(timespec="seconds")[_DAY_AND_TIME:]
        for act in _within(database, close, wide)
        if act.position not in said
        and act.at.date() == close.day
        and act.at.utcoffset() != close.at.utcoffset()
    }


def _is_of_day(act: DayAct, close: StoredClose) -> bool:
    return act.at.utcoffset() != close.at.utcoffset() or act.at.date() == close.day


def _within(
    database: Database, close: StoredClose, ranges: Iterable[tuple[int, int]]
) -> tuple[DayAct, ...]:
    """Return the acts of ranges that were done before the close."""
    acts = ledger_days.acts_within(database, ranges)
    return tuple(act for act in acts if act.position < close.head.position)
