"""The days of a ledger: the acts of each, and its close.

A close is one event; what it covers is never covered again. Later acts of the
same day go into a further close.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from medcounter.bundle.hall.hall_bundle import is_of_hall
from medcounter.notice.content.number import format_close_number
from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import ANCHOR_LOST
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import event_forms, event_ranges, journal
from medcounter.store.journal.event_ranges import Range
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.day_acts import DayAct, DayActs, DaySpan, StoredClose, TallyRow
from medcounter.store.store_errors import (
    DayClosedError,
    DayEmptyError,
    DayNotComeError,
    StoreDamagedError,
)
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey

Figures = Callable[[DayActs], Mapping[str, object]]
KIND = "day-close"
# Before a desk's number it says that a floor is one of closes, not of notices.
CLOSE_FLOOR = "D"
_FLOOR = "SELECT max(sequence) FROM number_floor WHERE issue_year = ? AND desk = ?"
_ACTS = """
    SELECT e.id, e.kind, e.at, e.clerk, n.number,
           (SELECT i.id FROM event i WHERE i.notice = n.id AND i.kind = 'issue'),
           n.category, n.category_label, n.benefit_year, n.total, n.bundle
    FROM event e JOIN notice n ON n.id = e.notice
    WHERE e.id BETWEEN ? AND ? AND e.kind IN ('issue', 'reprint', 'void')
    ORDER BY e.id
"""
_UNCONFIRMED = """
    SELECT n.number, e.print_no FROM event e JOIN notice n ON n.id = e.notice
    WHERE e.id BETWEEN ? AND ? AND e.kind IN ('issue', 'reprint')
      AND NOT EXISTS (SELECT 1 FROM event said WHERE said.notice = e.notice
                      AND said.kind IN ('printed', 'print-failed')
                      AND said.print_no = e.print_no)
      AND NOT EXISTS (SELECT 1 FROM event v WHERE v.notice = e.notice AND v.kind = 'void')
    ORDER BY e.id
"""
# Grouped where it lies: a season's notices are many, its hours are few.
_TALLY = """
    SELECT substr(n.issued_at, 1, 10), substr(n.issued_at, 12, 2), n.region, n.benefit_year,
           n.category_label, count(*), count(v.id), sum(v.id IS NULL AND n.total IS NULL),
           sum(CASE WHEN v.id IS NULL THEN coalesce(n.total, 0) ELSE 0 END)
    FROM notice n LEFT JOIN event v ON v.notice = n.id AND v.kind = 'void'
    WHERE {which} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""
_OF_YEAR = _TALLY.format(which="n.benefit_year = ? AND substr(n.issued_at, 1, 10) <> ?")
_VOIDS = "SELECT count(*) FROM event WHERE kind = 'void'"
_OF_DAY = _TALLY.format(which="substr(n.issued_at, 1, 10) = ?")
# Enough to know whom a hall serves, and few enough to count while somebody waits.
_LAST_NOTICES = 2_000
_REGIONS_SERVED = """
    SELECT region FROM (SELECT region FROM notice ORDER BY id DESC LIMIT ?)
    GROUP BY region ORDER BY count(*) DESC, region LIMIT ?
"""
_CLOSES = """
    SELECT id, at, clerk, detail, mac FROM event
    WHERE kind = 'day-close' AND notice IS NULL ORDER BY id
"""
_LEAPS = "SELECT count(*) FROM event WHERE notice IS NULL AND kind = ? AND id BETWEEN ? AND ?"
_ANY = """
    SELECT 1 FROM event WHERE id BETWEEN ? AND ? AND kind IN ('issue', 'reprint', 'void') LIMIT 1
"""


class LedgerDays:
    """The days of one ledger."""

    def __init__(self, connection: Connection, chain_key: ChainKey) -> None:
        """Take the open file and the key of the chain."""
        self._connection = connection
        self._key = chain_key

    def acts(self, span: DaySpan) -> DayActs:
        """Return what was done on a day and is in no close yet."""
        with self._connection.reading() as database:
            return _open_acts(database, span)

    def acts_of(self, close: StoredClose) -> tuple[DayAct, ...]:
        """Return what a close covers, in order."""
        with self._connection.reading() as database:
            return acts_within(database, close.ranges)

    def leaps(self, ranges: Iterable[Range]) -> int:
        """Count how often numbers were leapt over, the ledger's anchor being lost."""
        with self._connection.reading() as database:
            counts = [scalar(database, _LEAPS, ANCHOR_LOST, *stretch) for stretch in ranges]
        return sum(count for count in counts if isinstance(count, int))

    def closes(self, day: date | None = None) -> tuple[StoredClose, ...]:
        """List the closes of a day, or all of them, oldest first."""
        with self._connection.reading() as database:
            return _closes(database, day)

    def tally_of_year(self, benefit_year: int, but: date) -> tuple[TallyRow, ...]:
        """Count the notices for a benefit year, in order of day and hour.

        Reads all of them: at 100,000 a matter of seconds on an old laptop.

        Args:
            benefit_year: The year insured.
            but: The day whose notices are left out.
        """
        with self._connection.reading() as database:
            return _tally(database, _OF_YEAR, benefit_year, but.isoformat())

    def voids(self) -> int:
        """Count the notices voided so far: another one changes what any day came to."""
        with self._connection.reading() as database:
            found = scalar(database, _VOIDS)
        return found if isinstance(found, int) else 0

    def tally_of_day(self, day: date) -> tuple[TallyRow, ...]:
        """Count the notices issued on a day, in order of the hour."""
        with self._connection.reading() as database:
            return _tally(database, _OF_DAY, day.isoformat())

    def places_served(self, most: int) -> tuple[str, ...]:
        """Name the places that most of the last notices are for, the most first.

        Args:
            most: At most so many places.
        """
        with self._connection.reading() as database:
            rows = database.conn.execute(_REGIONS_SERVED, (_LAST_NOTICES, most)).fetchall()
        return tuple(region for (region,) in rows)

    def unclosed(self, spans_of_days: Iterable[DaySpan]) -> tuple[date, ...]:
        """Name those of some days on which something is in no close."""
        with self._connection.reading() as database:
            closes = _closes(database, None)
            return tuple(
                span.day
                for span in spans_of_days
                if any(
                    scalar(database, _ANY, *stretch) is not None
                    for stretch in _open_ranges(database, span, closes)
                )
            )

    def close(
        self, span: DaySpan, desk: str, at: datetime, clerk: str, figures: Figures
    ) -> StoredClose:
        """Close a day: number it and keep its figures, in one transaction.

        Args:
            span: The day.
            desk: Two digits; part of the number.
            at: When it is closed, with its zone; its year is the number's.
            clerk: Who closes it.
            figures: Gives what the acts come to, in types JSON has.

        Raises:
            ClockBackError: The clock was set back.
            DayClosedError: It is closed and nothing was done since.
            DayEmptyError: It is over and nothing was done on it.
            DayNotComeError: It lies in the future.
            NumberNotWritableError: The desk is no desk, or its numbers are
                used up.
        """
        if at < span.start:
            raise DayNotComeError(f"{span.day} 还没有到，不能日结；请核对日期。")
        with self._connection.transaction() as database:
            journal.require_clock(database, at)
            acts = _open_acts(database, span)
            closed = _closes(database, span.day)
            if closed and not acts.acts:
                raise DayClosedError(
                    f"{span.day} 已经日结（{closed[-1].number}），之后没有新的出单、作废或补打，"
                    "不用再结；需要时可以重新打印日结单。"
                )
            if not acts.acts and at >= span.end:
                raise DayEmptyError(f"{span.day} 没有出单、作废和补打，不用日结；请核对日期。")
            sequence = _next(database, at.year, desk)
            if sequence == 1 and _has_leapt(database, self._key, at):
                sequence = _next(database, at.year, desk)
            detail = {
                "day": span.day.isoformat(),
                "desk": desk,
                "figures": figures(acts),
                "number": format_close_number(at.year, desk, sequence),
                "ranges": [list(stretch) for stretch in acts.ranges],
                "sequence": sequence,
            }
            journal.append(database, self._key, NewEvent(KIND, at, clerk, detail=detail))
            return _closes(database, span.day)[-1]


def whole_day(day: date, at: datetime) -> DaySpan:
    """Return a day in the zone of a time, from midnight to midnight."""
    start = datetime(day.year, day.month, day.day, tzinfo=at.tzinfo)
    return DaySpan(day, start, start + timedelta(days=1))


def closes_given(database: Database) -> tuple[tuple[int, str, int], ...]:
    """Return year, marked desk and sequence of every close."""
    return tuple(
        (int(close.number[:4]), f"{CLOSE_FLOOR}{close.desk}", close.sequence)
        for close in _closes(database, None)
    )


def every_close(database: Database) -> tuple[StoredClose, ...]:
    """Return every close, oldest first.

    Raises:
        StoreDamagedError: One is not as the program writes it.
        ValueError: One names no day or time.
    """
    return _closes(database, None)


def _next(database: Database, year: int, desk: str) -> int:
    taken = [
        close.sequence
        for close in _closes(database, None)
        if close.desk == desk and close.number.startswith(f"{year}-")
    ]
    floor = scalar(database, _FLOOR, year, f"{CLOSE_FLOOR}{desk}")
    return max(*taken, 0, floor if isinstance(floor, int) else 0) + 1


def _has_leapt(database: Database, key: ChainKey, at: datetime) -> bool:
    from medcounter.store.ledger import number_leap  # noqa: PLC0415 - once in a series

    return number_leap.again(database, key, at)


def _open_ranges(
    database: Database, span: DaySpan, closes: Iterable[StoredClose]
) -> tuple[Range, ...]:
    covered = max((each.head.position for each in closes if each.day == span.day), default=0)
    return event_ranges.event_ranges(database, span.start, span.end, covered)


def _open_acts(database: Database, span: DaySpan) -> DayActs:
    ranges = _open_ranges(database, span, _closes(database, span.day))
    unconfirmed = tuple(
        (str(number), int(print_no))
        for stretch in ranges
        for number, print_no in database.conn.execute(_UNCONFIRMED, stretch).fetchall()
    )
    return DayActs(ranges, acts_within(database, ranges), unconfirmed)


def acts_within(database: Database, ranges: Iterable[Range]) -> tuple[DayAct, ...]:
    """Return what was done in ranges of events, in order."""
    return tuple(
        DayAct(
            position=row[0],
            kind=row[1],
            at=datetime.fromisoformat(row[2]),
            clerk=row[3],
            number=row[4],
            issued=row[5],
            category=row[6],
            category_label=row[7],
            benefit_year=row[8],
            total=row[9],
            hall_rules=is_of_hall(row[10]),
        )
        for stretch in ranges
        for row in database.conn.execute(_ACTS, stretch).fetchall()
    )


def _tally(database: Database, sql: str, *which: int | str) -> tuple[TallyRow, ...]:
    return tuple(
        TallyRow(date.fromisoformat(day), int(hour), *rest)
        for day, hour, *rest in database.conn.execute(sql, which).fetchall()
    )


def _closes(database: Database, day: date | None) -> tuple[StoredClose, ...]:
    read = (_close(*row) for row in database.conn.execute(_CLOSES).fetchall())
    return tuple(close for close in read if day is None or close.day == day)


def _close(position: int, at: str, clerk: str, detail: str, mac: str) -> StoredClose:
    match event_forms.read(KIND, detail):
        case {
            "day": str(day),
            "desk": str(desk),
            "figures": dict(figures),
            "number": str(number),
            "ranges": list(ranges),
            "sequence": int(sequence),
        }:
            return StoredClose(
                number=number,
                day=date.fromisoformat(day),
                desk=desk,
                sequence=sequence,
                at=datetime.fromisoformat(at),
                clerk=clerk,
                ranges=tuple((first, last) for first, last in ranges),
                figures=figures,
                head=chain.head(position, mac),
            )
        case _:
            raise StoreDamagedError
