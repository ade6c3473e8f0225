"""Which events lie between two moments, found without a scan.

Times in the journal only rise, but where somebody accepted a clock that was
set back. Between two such places a moment is found by halving.
"""

from __future__ import annotations

from datetime import datetime

from medcounter.store.sqlite import Database, scalar

Range = tuple[int, int]
_SEAMS = "SELECT id FROM event WHERE kind = 'override' AND notice IS NULL ORDER BY id"


def event_ranges(
    database: Database, start: datetime, end: datetime, after: int = 0
) -> tuple[Range, ...]:
    """Give the events from one moment to before another, as ranges.

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
    seams = [number for (number,) in database.conn.execute(_SEAMS).fetchall()]
    ranges = []
    for low, high in zip([1, *seams], [*(seam - 1 for seam in seams), last], strict=True):
        first = max(_first_from(database, low, high, start), after + 1)
        final = _first_from(database, low, high, end) - 1
        if first <= final:
            ranges.append((first, final))
    return tuple(ranges)


def _first_from(database: Database, low: int, high: int, moment: datetime) -> int:
    """Give the first event of a rising run that is not before a moment."""
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
