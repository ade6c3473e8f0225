"""Words the sources' pages share, for places of the second encoding.

A window whose first day no page gives begins here on 1 October, and that day
is not compared. Outside the window no page but those marked names a price.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from tests.oracle.country import (
    LATE,
    Cover,
    Offer,
    Period,
    day_after,
)

OLD, GROWN, CHILD = date(1940, 5, 5), date(1985, 5, 5), date(2015, 5, 5)
MONITORED = ("unstable-out-of-poverty", "poverty-edge", "hardship-monitored")
BOTH = ("window.from", "window.to")
PRICE = ("fee.total", "fee.standard")
ASSUMED_PRICE = ("fee.total",)
NOT_NAMED_END = ("window.to",)


def starts(year: int) -> Cover:
    """Cover from 1 January, whenever within the period the fee was paid."""
    return lambda _paid: date(year, 1, 1)


def autumn(
    year: int, first: str, last: str, sure: Iterable[str] = BOTH, *, priced: bool = True
) -> Period:
    """A main window from the autumn before; ``last`` may lie in the year itself.

    ``priced`` = the page says who pays what, ages and tiers included.
    """
    begins, ends = (date.fromisoformat(f"{year - 1}-{day}") for day in (first, last))
    if ends < begins:
        ends = ends.replace(year=year)
    return Period("main", begins, ends, starts(year), sure=(*sure, *(PRICE if priced else ())))


def late(main: Period, year: int, *, priced: bool = False) -> Period:
    """From the day after the window; the end of the year is the nation's default."""
    begins = day_after(main.last)
    sure = PRICE if priced else ()
    doubted = NOT_NAMED_END if priced else (*NOT_NAMED_END, *ASSUMED_PRICE)
    return Period(LATE, begins, date(year, 12, 31), sure=sure, doubted=doubted)


def with_late(main: Period, year: int, *, priced: bool = False) -> tuple[Period, ...]:
    return main, late(main, year, priced=priced)


def aided(
    standard: int,
    subsidy: int | None,
    pays: Mapping[int, Iterable[str]],
    local: bool | None = None,  # noqa: FBT001 - as the pages say it
) -> list[Offer]:
    """Offers by what each identity pays."""
    return [
        Offer(standard, subsidy, standard - amount, code, local=local)
        for amount, codes in pays.items()
        for code in codes
    ]


def halves(year: int, *, sure: bool) -> tuple[Period, Period]:
    """The personal part to 30 June; with the subsidy from 1 July."""
    return (
        Period(
            LATE,
            date(year, 1, 1),
            date(year, 6, 30),
            sure=("window.to", *PRICE) if sure else (),
            doubted=() if sure else ASSUMED_PRICE,
        ),
        Period(
            LATE,
            date(year, 7, 1),
            date(year, 12, 31),
            full=True,
            sure=PRICE if sure else (),
            doubted=NOT_NAMED_END if sure else (*NOT_NAMED_END, *ASSUMED_PRICE),
        ),
    )


ORDINARY_2025, ORDINARY_2026 = Offer(400, 670), Offer(400, 700)
TO_DECEMBER = ("window.to",)
