"""Find the events between two moments without a scan.

Times in the journal only rise, except where somebody accepted a clock that was
set back. Between two such resets a moment is found by bisection.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from medcounter.store.db.sqlite import Database, scalar

Range = tuple[int, int]
_CLOCK_RESETS = "SELECT id FROM event WHERE kind = 'override' AND notice IS NULL ORDER BY id"


def event_ranges(
    database: Database, start: datetime, end: datetime, after: int = 0
) -> tuple[Range, ...]:
    """Return the events from one moment to before another, as ranges.

    Args:
        database: The open ledger.
        start: With its zone, inclusive.
        end: With its zone, exclusive.
        after: Leave out events up to this number, inclusive.

    Returns:
        First and last number of each range, both inclusive, in order.
    """
    last = scalar(database, "SELECT coalesce(max(id), 0) FROM event")
    assert isinstance(last, int)  # noqa: S101 - an integer column
    seams = [number for (number,) in database.conn.execute(_CLOCK_RESETS).fetchall()]
    ranges = []
    for low, high in zip([1, *seams], [*(seam - 1 for seam in seams), last], strict=True):
        first = max(_first_from(database, low, high, start), after + 1)
        final = _first_from(database, low, high, end) - 1
        if first <= final:
            ranges.append((first, final))
    return tuple(ranges)


def years_worked(database: Database, after: int, through: int, days: int) -> tuple[int, ...]:
    """Name the years in which something happened on enough different days.

    Args:
        database: The open ledger.
        after: Years from the one after this.
        through: The last year asked for.
        days: So many different days are enough.
    """
    first, last = (_time_of(database, end) for end in ("min", "max"))
    if first is None or last is None:
        return ()
    years = range(max(after + 1, first.year), min(through, last.year) + 1)
    return tuple(year for year in years if _has_days(database, year, days))


def has_days(database: Database, first: int, days: int) -> bool:
    """Return whether something happened on so many different days from an event on."""
    newest = scalar(database, "SELECT max(id) FROM event")
    at, seen = first, 0
    while isinstance(newest, int) and seen < days and at <= newest:
        seen += 1
        midnight = _time(database, at).replace(hour=0, minute=0, second=0) + timedelta(days=1)
        at = _first_from(database, at, newest, midnight)
    return seen >= days


def _has_days(database: Database, year: int, days: int) -> bool:
    """Step from day to day; each step halves, so that nothing is scanned."""
    newest = scalar(database, "SELECT max(id) FROM event")
    assert isinstance(newest, int)  # noqa: S101 - an integer column
    at, seen = _first_from(database, 1, newest, _new_year(database, year)), 0
    while seen < days and at <= newest:
        moment = _time(database, at)
        if moment.year != year:
            return False
        seen += 1
        midnight = moment.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        at = _first_from(database, at, newest, midnight)
    return seen >= days


def _new_year(database: Database, year: int) -> datetime:
    """Return the beginning of a year in the zone of the ledger's last event."""
    last = _time_of(database, "max")
    return datetime(year, 1, 1, tzinfo=None if last is None else last.tzinfo)


def _time_of(database: Database, end: str) -> datetime | None:
    position = scalar(database, f"SELECT {end}(id) FROM event")  # noqa: S608 - a fixed word
    return _time(database, position) if isinstance(position, int) else None


def _first_from(database: Database, low: int, high: int, moment: datetime) -> int:
    """Return the first event of a rising run that is not before a moment."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        if _time(database, middle) < moment:
            low = middle + 1
        else:
            high = middle
    return low


def _time(database: Database, event: int) -> datetime:
    return datetime.fromisoformat(str(scalar(database, "SELECT at FROM event WHERE id = ?", event)))
