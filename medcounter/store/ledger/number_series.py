"""The numbers of a ledger: how far each series went, and can have gone.

Returns the last number of each year and desk, of notices and of closed days, as the
ledger stood before an event; and what nobody can have reached since. Using a number
twice would be worse than a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import event_forms
from medcounter.store.ledger import ledger_days

Used = tuple[int, str, int]
Series = tuple[int, str]
# Why an emergency ledger begins above its first number.
EMERGENCY = "emergency"
# How far is leapt at least, and the last number there is.
_NOTICES = (10_000, 999_999)
_CLOSES = (100, 9_999)
_DAYS = 366
# Every number that a desk can have: which one was used, an older ledger may not know.
_DESKS = tuple(f"{number:02d}" for number in range(100))
_LAST_ISSUE = "SELECT notice FROM event WHERE id < ? AND kind = 'issue' ORDER BY id DESC LIMIT 1"
_ISSUED = "SELECT issue_year, desk, max(sequence) FROM notice WHERE id <= ? GROUP BY 1, 2"
_CLOSED = "SELECT detail FROM event WHERE kind = 'day-close' AND notice IS NULL AND id < ?"
_END = 2**62


def given(database: Database, before: int = _END) -> dict[Series, int]:
    """Return the last number given in each series before an event.

    A close that cannot be read is passed over; a walk names it.
    """
    last = scalar(database, _LAST_ISSUE, before)
    rows = database.conn.execute(_ISSUED, (last if isinstance(last, int) else 0,)).fetchall()
    highest = {(int(year), str(desk)): int(sequence) for year, desk, sequence in rows}
    for (detail,) in database.conn.execute(_CLOSED, (before,)).fetchall():
        said = event_forms.read(ledger_days.KIND, detail)
        if said is not None:
            year, series, sequence = _of_word(said["number"])
            highest[year, series] = max(sequence, highest.get((year, series), 0))
    return highest


def floors_said(kind: str, detail: str) -> Iterator[Used]:
    """Give the floors that an event says; none where it has not its form."""
    said = event_forms.read(kind, detail) or {}
    for name in ("numbers_used", "closes_used"):
        yield from map(_of_word, said.get(name, ()))


def foreseen(known: Mapping[Series, int], at: datetime) -> tuple[Used, ...]:
    """Give numbers that nobody can have reached who went on from a ledger like this.

    No counter issues a notice a minute by day and night, nor closes ten times a day;
    and from what the ledger knows it is still far.

    Args:
        known: How far each series went in a ledger that may be an older one put back.
        at: Now, not before the ledger's last event.
    """
    return tuple(
        (at.year, series, _foreseen((at.year, series), known, at))
        for desk in _DESKS
        for series in (desk, f"{ledger_days.CLOSE_FLOOR}{desk}")
    )


def reached(at: datetime) -> tuple[Used, ...]:
    """Give numbers that no counter can have reached in the year so far."""
    return tuple(
        used
        for desk in _DESKS
        for series in (desk, f"{ledger_days.CLOSE_FLOOR}{desk}")
        if (used := (at.year, series, _reached((at.year, series), at)))[2]
    )


def most(series: Series, known: Mapping[Series, int], at: datetime) -> int:
    """Return the highest number of a series that is believed of what a ledger lacks.

    More than what was foreseen is on paper only where a ledger had leapt before; half of
    what is left then is more than any of them used, and leaves the other half.
    """
    highest = _foreseen(series, known, at)
    return highest + (_room(series)[1] - highest) // 2


def _foreseen(series: Series, known: Mapping[Series, int], at: datetime) -> int:
    """Leap at least a step, but never over more than half of what is left to give."""
    step, last = _room(series)
    own = known.get(series, 0)
    return max(_reached(series, at), own + min(step, (last - own) // 2))


def _reached(series: Series, at: datetime) -> int:
    since = at - datetime(at.year, 1, 1, tzinfo=at.tzinfo)
    if at.year != series[0]:
        since = timedelta(days=_DAYS)
    if series[1].startswith(ledger_days.CLOSE_FLOOR):
        return 10 * (since.days + 1)
    return since // timedelta(minutes=1)


def _room(series: Series) -> tuple[int, int]:
    return _CLOSES if series[1].startswith(ledger_days.CLOSE_FLOOR) else _NOTICES


def _of_word(number: str) -> Used:
    """Read the number of a notice or a close, as an event's form has it."""
    year, desk, last = number.split("-")
    mark = ledger_days.CLOSE_FLOOR if last.startswith(ledger_days.CLOSE_FLOOR) else ""
    return int(year), mark + desk, int(last.removeprefix(mark))
