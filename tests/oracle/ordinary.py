"""Ordinary residents of the other places in the rule book, as plain Python.

Written from the rule book alone. Where it leaves two readings, the contract
takes the later cover; days it leaves without any reading are not asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.calendar import ONE_DAY, day_before_same_day

Interval = tuple[date, date]
COUNTED_FROM = 2025


@dataclass(frozen=True)
class Told:
    """What a place says of one payment; dates inclusive, amounts in yuan."""

    kind: str
    total: int | None = None
    lapsed: int = 0
    wait: tuple[date, date, int, str] | None = None
    cover: Interval | None = None


@dataclass(frozen=True)
class Place:
    """One place and year.

    ``usual`` is the first covered day of a continuous payer in the window,
    ``lapsed_start`` the first day of the wait of a lapsed one.
    """

    region: str
    year: int
    main: Interval
    usual: Callable[[date], date]
    lapsed_start: Callable[[date], date]
    fee: int = 400
    extended: Interval | None = None
    late: Interval | None = None
    late_fee: int = 400
    late_days: int | None = None
    lapsed_days: int | None = None
    closed: Callable[[date], bool] = lambda _day: False
    not_asked: Callable[[date], bool] = lambda _day: False


def new_year(year: int) -> Callable[[date], date]:
    return lambda _paid: date(year, 1, 1)


def from_payment(year: int, days_after: int) -> Callable[[date], date]:
    """1 January for whoever paid before; else the payment day or some days after it."""
    return lambda paid: max(
        date(year, 1, 1), paid + timedelta(days_after) if paid.year == year else date.min
    )


def later_of(year: int) -> Callable[[date], date]:
    """From the payment or from 1 January: both are read, the later cover holds."""
    return lambda paid: max(paid, date(year, 1, 1))


def closed_in_hebei(day: date) -> bool:
    """Collection days: 1 to 25 in September to November, 1 to 28 in December."""
    return day.day > (28 if day.month == 12 else 25)


def late_until_year_end(main: Interval) -> Interval:
    year = main[1].year if main[1].month < 9 else main[1].year + 1
    return main[1] + ONE_DAY, date(year, 12, 31)


def place(region: str, year: int, main: Interval, **more: object) -> Place:
    told = {
        "late": late_until_year_end(main),
        "usual": new_year(year),
        "lapsed_start": later_of(year),
        **more,
    }
    return Place(region, year, main, **told)  # type: ignore[arg-type]  # fields by name


PLACES = (
    place(
        "130000",
        2025,
        (date(2024, 9, 1), date(2024, 12, 28)),
        closed=closed_in_hebei,
        late=(date(2025, 1, 1), date(2025, 12, 31)),
        not_asked=lambda day: date(2024, 12, 29) <= day <= date(2024, 12, 31),
    ),
    place("130000", 2026, (date(2025, 10, 20), date(2026, 2, 28)), usual=from_payment(2026, 0)),
    place(
        "430000",
        2025,
        (date(2024, 9, 1), date(2024, 12, 31)),
        late_fee=1070,
        late_days=90,
    ),
    place(
        "430000",
        2026,
        (date(2025, 9, 1), date(2026, 1, 31)),
        usual=from_payment(2026, 1),
        late_fee=1100,
        late_days=90,
        lapsed_days=90,
    ),
    place(
        "520000",
        2025,
        (date(2024, 9, 23), date(2025, 2, 28)),
        late=(date(2025, 3, 1), date(2025, 9, 30)),
        late_fee=1070,
        late_days=90,
    ),
    place(
        "520600",
        2026,
        (date(2025, 9, 28), date(2026, 2, 28)),
        lapsed_start=new_year(2026),
        late_fee=1100,
        late_days=90,
    ),
    place(
        "421200",
        2026,
        (date(2025, 10, 9), date(2026, 2, 28)),
        usual=from_payment(2026, 1),
        lapsed_start=new_year(2026),
    ),
    place(
        "610400",
        2025,
        (date(2024, 9, 20), date(2024, 12, 20)),
        late=(date(2025, 1, 1), date(2025, 3, 31)),
    ),
    place(
        "350581",
        2026,
        (date(2025, 10, 20), date(2025, 12, 31)),
        extended=(date(2026, 1, 1), date(2026, 2, 28)),
        usual=from_payment(2026, 0),
        late=(date(2026, 3, 1), date(2026, 12, 31)),
    ),
    place(
        "140000",
        2025,
        (date(2024, 9, 1), date(2025, 2, 25)),
        not_asked=lambda day: date(2025, 1, 1) <= day <= date(2025, 2, 25),
    ),
)


def lapsed_years(where: Place, missing: int | None) -> int:
    """Years in a row that count, from 2025 on."""
    return min(missing or 0, where.year - COUNTED_FROM)


def told(where: Place, paid: date, missing: int | None) -> Told:
    """What the rule book says of an ordinary resident's payment.

    ``missing`` is how many years before the benefit year were not insured in
    a row; None when nothing is known.
    """
    lapsed = lapsed_years(where, missing)
    last = date(where.year, 12, 31)
    for kind, interval in (("main", where.main), ("extended", where.extended)):
        if interval is None or not interval[0] <= paid <= interval[1]:
            continue
        if where.closed(paid):
            return Told("closed", lapsed=lapsed)
        if not lapsed:
            return Told(kind, where.fee, 0, None, (where.usual(paid), last))
        wait = waited(where.lapsed_start(paid), lapsed, where.lapsed_days)
        return Told(kind, where.fee, lapsed, wait, until(wait[1], last))
    if where.late is None or not where.late[0] <= paid <= where.late[1]:
        return Told("closed", lapsed=lapsed)
    # Whether the payment day or the next is day 1 of 90 is open; the later one holds.
    start = paid if where.late_days is None else paid + ONE_DAY
    wait = waited(start, lapsed, where.late_days)
    return Told("late", where.late_fee, lapsed, wait, until(wait[1], last))


def waited(start: date, lapsed: int, days: int | None) -> tuple[date, date, int, str]:
    """A wait of so many days, or of three months and one for each further lapsed year."""
    if days is not None:
        return start, start + timedelta(days - 1), days, "day"
    months = 3 + max(0, lapsed - 1)
    return start, day_before_same_day(start, months), months, "month"


def until(end: date, last: date) -> Interval | None:
    first = max(end + ONE_DAY, date(last.year, 1, 1))
    return (first, last) if first <= last else None
