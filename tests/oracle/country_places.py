"""Places and years for the second encoding, each as its page has it.

A window whose first day no page gives begins here on 1 October, and that day
is not compared. Outside the window no page but those marked names a price.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from tests.oracle.country import (
    DAYS,
    JANUARY,
    LATE,
    WHOLE,
    Cover,
    Newborn,
    Offer,
    Period,
    Town,
    day_after,
    on_payment,
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
    local: bool | None = None,  # noqa: FBT001
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

COUNTRY = (
    Town(
        "110000",
        2026,
        with_late(autumn(2026, "11-30", "02-28", (*BOTH, "coverage.from"), priced=False), 2026),
        (
            Offer(460, 4380, birth=OLD),
            Offer(435, 1755, birth=CHILD),
            Offer(795, 2355, birth=GROWN),
        ),
    ),
    Town(
        "110000",
        2025,
        with_late(autumn(2025, "12-30", "03-31", (*BOTH, "coverage.from"), priced=False), 2025),
        (
            Offer(430, 4350, birth=OLD),
            Offer(405, 1725, birth=CHILD),
            Offer(750, 2335, birth=GROWN),
        ),
    ),
    Town(
        "370200",
        2026,
        with_late(autumn(2026, "09-01", "12-31", TO_DECEMBER, priced=False), 2026),
        (
            Offer(482, 880, birth=GROWN, tier="1"),
            Offer(415, 800, birth=GROWN, tier="2"),
            Offer(415, 800, birth=CHILD),
            Offer(200, 800, identity="student"),
        ),
        lapsed=JANUARY,
    ),
    Town("410000", 2026, with_late(autumn(2026, "09-29", "12-31"), 2026), (ORDINARY_2026,), counting_sure=True),
    Town(
        "411600",
        2025,
        with_late(autumn(2025, "10-01", "12-31", TO_DECEMBER), 2025),
        (ORDINARY_2025,),
        counting_sure=True,
    ),
    Town(
        # Whether anybody may pay after 25 December no page says: not asked.
        "610000",
        2026,
        (autumn(2026, "10-01", "12-25", TO_DECEMBER),),
        (
            ORDINARY_2026,
            *aided(
                400,
                700,
                {0: ("destitute", "orphan"), 110: ("low-income", "back-into-poverty", *MONITORED)},
                local=True,
            ),
        ),
        lapsed=JANUARY,
    ),
    Town(
        # The supplementary period's days (three months or 90 days) are open: see its own test.
        "620700",
        2026,
        (autumn(2026, "10-15", "12-31"),),
        (
            ORDINARY_2026,
            *aided(
                400,
                700,
                {
                    0: ("destitute", "orphan"),
                    150: MONITORED,
                    300: ("low-income-margin", "out-of-poverty"),
                },
            ),
        ),
        unit="",
    ),
    Town(
        # Whether the month of payment or the day begins the wait is open: the unit is not asked.
        "370100",
        2026,
        with_late(autumn(2026, "10-01", "12-31", TO_DECEMBER, priced=False), 2026),
        (Offer(440, 760, birth=GROWN), Offer(390, 760, birth=CHILD)),
        unit="",
    ),
    Town(
        "370600",
        2026,
        with_late(autumn(2026, "10-12", "12-31", priced=False), 2026),
        (
            Offer(400, birth=GROWN, tier="1"),
            Offer(520, birth=GROWN, tier="2"),
            Offer(400, birth=CHILD),
            Offer(200, identity="student"),
        ),
    ),
    Town(
        "371300",
        2026,
        with_late(autumn(2026, "10-10", "12-31", priced=False), 2026),
        (Offer(400, 700, birth=GROWN), Offer(380, 700, identity="student")),
    ),
    Town(
        "370700",
        2025,
        (
            # The three amounts stand without their tiers.
            autumn(2025, "10-01", "12-31", TO_DECEMBER, priced=False),
            Period(LATE, date(2025, 1, 1), date(2025, 12, 31), doubted=NOT_NAMED_END),
        ),
        (
            Offer(400, birth=GROWN, tier="1"),
            Offer(510, birth=GROWN, tier="2"),
            Offer(380, identity="student"),
        ),
    ),
    Town(
        "150200",
        2025,
        (
            # From which day January's payers are covered is not said.
            Period("main", date(2024, 9, 27), date(2024, 12, 31), starts(2025), sure=PRICE),
            Period("main", date(2025, 1, 1), date(2025, 2, 28), None, sure=PRICE),
            Period(
                LATE,
                date(2025, 3, 1),
                date(2025, 12, 31),
                doubted=(*NOT_NAMED_END, *ASSUMED_PRICE),
            ),
        ),
        (Offer(400),),
        at_least=True,
    ),
    Town(
        "220200",
        2025,
        (
            Period("main", date(2024, 10, 1), date(2024, 12, 31), starts(2025)),
            Period("main", date(2025, 1, 1), date(2025, 2, 28)),
            Period(LATE, date(2025, 3, 1), date(2025, 12, 31), doubted=NOT_NAMED_END),
        ),
        (Offer(410),),
        unit=DAYS,
        fixed=90,
    ),
    Town(
        # What fully aided people pay (0 or the 10 of long-term care) is open: not asked.
        "220113",
        2025,
        (
            Period("main", date(2024, 9, 1), date(2024, 12, 31), starts(2025), sure=PRICE),
            Period("main", date(2025, 1, 1), date(2025, 2, 28), sure=PRICE),
        ),
        (
            Offer(410),
            *aided(410, None, {260: ("low-income", "back-into-poverty", "unstable-out-of-poverty")}),
        ),
        unit=DAYS,
        fixed=90,
    ),
    Town(
        "630000",
        2026,
        (
            Period(
                "main", date(2025, 10, 21), date(2025, 12, 31), starts(2026),
                sure=("coverage.from", *PRICE),
            ),
            Period(
                "", date(2026, 1, 1), date(2026, 2, 28), on_payment, sure=("coverage.from", *PRICE)
            ),
            Period(LATE, date(2026, 3, 1), date(2026, 6, 30), sure=("window.to", *PRICE)),
            Period(
                LATE,
                date(2026, 7, 1),
                date(2026, 12, 31),
                full=True,
                sure=PRICE,
                doubted=NOT_NAMED_END,
            ),
        ),
        (ORDINARY_2026,),
    ),
    Town(
        # The days between the window and 1 January are spoken of nowhere: not asked.
        "350200",
        2026,
        (
            autumn(2026, "10-22", "12-26"),
            Period("extended", date(2026, 1, 1), date(2026, 2, 28), on_payment, doubted=("window",)),
            Period(LATE, date(2026, 3, 1), date(2026, 12, 31), doubted=ASSUMED_PRICE),
        ),
        (Offer(450, 830),),
        lapsed=JANUARY,
        at_least=True,
    ),
    Town(
        "350200",
        2025,
        (
            autumn(2025, "10-01", "12-31", TO_DECEMBER),
            Period(
                "extended", date(2025, 1, 1), date(2025, 2, 28), on_payment, sure=(*BOTH, *PRICE)
            ),
            Period(LATE, date(2025, 3, 1), date(2025, 12, 31), sure=PRICE),
        ),
        (Offer(450, 800),),
    ),
    Town(
        "350100",
        2025,
        (
            autumn(2025, "09-01", "12-31"),
            Period(
                "extended",
                date(2025, 1, 1),
                date(2025, 2, 28),
                on_payment,
                sure=(*BOTH, *PRICE, "coverage.from"),
            ),
            Period(LATE, date(2025, 3, 1), date(2025, 12, 31), doubted=ASSUMED_PRICE),
        ),
        (Offer(450, 800),),
        newborn=Newborn(days=90, later=on_payment),
    ),
    Town(
        "660000",
        2026,
        (autumn(2026, "10-01", "12-31", TO_DECEMBER), *halves(2026, sure=False)),
        (ORDINARY_2026,),
        at_least=True,
    ),
    Town(
        "660000",
        2025,
        # Two divisions' texts, with two last days: whether they hold for all is not asked.
        (
            Period("main", date(2024, 9, 1), date(2024, 12, 20), starts(2025)),
            Period(LATE, date(2025, 1, 1), date(2025, 6, 30)),
            Period(LATE, date(2025, 7, 1), date(2025, 12, 31), full=True, doubted=NOT_NAMED_END),
        ),
        (Offer(400, 670),),
    ),
    Town(
        "530000",
        2025,
        (
            # From which day payers of January and February are covered is not said.
            Period("main", date(2024, 9, 1), date(2024, 12, 31), starts(2025), sure=PRICE),
            Period("main", date(2025, 1, 1), date(2025, 2, 25), sure=("window.to", *PRICE)),
            Period(LATE, date(2025, 3, 1), date(2025, 6, 25), sure=(*BOTH, *PRICE)),
            Period(LATE, date(2025, 7, 1), date(2025, 12, 25), full=True, sure=(*BOTH, *PRICE)),
        ),
        (ORDINARY_2025,),
        shuts=True,
    ),
    Town(
        "530100",
        2025,
        (
            # From which day payers of January and February are covered is not said.
            Period("main", date(2024, 9, 1), date(2024, 12, 31), starts(2025), sure=PRICE),
            Period("main", date(2025, 1, 1), date(2025, 2, 25), sure=("window.to", *PRICE)),
            Period(LATE, date(2025, 3, 1), date(2025, 6, 25), sure=(*BOTH, *PRICE)),
            Period(LATE, date(2025, 7, 1), date(2025, 12, 25), full=True, sure=(*BOTH, *PRICE)),
        ),
        (
            ORDINARY_2025,
            *aided(400, 670, {220: MONITORED, 355: ("out-of-poverty",), 280: ("low-income",)}),
        ),
        shuts=True,
        unit=WHOLE,
    ),
    Town(
        "450000",
        2025,
        (autumn(2025, "09-01", "12-31"), *halves(2025, sure=True)),
        (ORDINARY_2025,),
        newborn=Newborn(months=3),
    ),
    Town(
        "450100",
        2025,
        (autumn(2025, "09-01", "12-31"), *halves(2025, sure=True)),
        (
            ORDINARY_2025,
            *aided(
                400,
                670,
                {
                    0: ("destitute", "low-income", "orphan", "unsupported-child"),
                    160: MONITORED,
                },
            ),
        ),
    ),
    Town(
        "440600",
        2025,
        (autumn(2025, "10-15", "12-25"),),
        (Offer(596),),
        shuts=True,
    ),
    Town(
        "320200",
        2026,
        with_late(autumn(2026, "10-01", "12-31", TO_DECEMBER, priced=False), 2026),
        (
            Offer(380, birth=CHILD),
            Offer(570, birth=OLD),
            Offer(810, birth=GROWN),
            Offer(290, identity="student"),
        ),
        unit=WHOLE,
        fixed=2,
        newborn=Newborn(days=90),
    ),
    Town(
        "341100",
        2026,
        (
            Period("main", date(2025, 10, 15), date(2025, 12, 31), starts(2026), sure=BOTH),
            Period(
                "", date(2026, 1, 1), date(2026, 2, 28), day_after, sure=("coverage.from",)
            ),
        ),
        # The fee is cut off.
        (Offer(None),),
    ),
    Town(
        "340100",
        2025,
        (autumn(2025, "09-01", "12-31"),),
        (
            ORDINARY_2025,
            Offer(350, identity="student"),
            *aided(
                400, 670, {0: ("destitute",), 40: ("low-income",), 200: MONITORED}
            ),
        ),
    ),
    Town(
        "511700",
        2026,
        (
            Period("main", date(2025, 10, 20), date(2025, 12, 31), starts(2026), sure=PRICE),
            Period("main", date(2026, 1, 1), date(2026, 2, 28), sure=PRICE),
        ),
        (
            ORDINARY_2026,
            *aided(
                400, 700, {0: ("destitute", "orphan", "severely-disabled"), 100: ("low-income",)}
            ),
        ),
    ),
    Town(
        "511300",
        2026,
        (autumn(2026, "10-25", "02-28", (*BOTH, "coverage.from")),),
        (Offer(400),),
    ),
    Town(
        "370900",
        2026,
        (autumn(2026, "10-13", "12-31"),),
        (Offer(390, birth=GROWN, tier="1"), Offer(530, birth=GROWN, tier="2")),
    ),
)
