"""Places of benefit year 2025, each as its page has it, for the second encoding."""

from datetime import date

from tests.oracle.country import DAYS, LATE, WHOLE, Newborn, Offer, Period, Town, on_payment
from tests.oracle.page_words import (
    ASSUMED_PRICE,
    BOTH,
    CHILD,
    GROWN,
    MONITORED,
    NOT_NAMED_END,
    OLD,
    ORDINARY_2025,
    PRICE,
    TO_DECEMBER,
    aided,
    autumn,
    halves,
    starts,
    with_late,
)

PLACES_2025 = (
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
        "411600",
        2025,
        with_late(autumn(2025, "10-01", "12-31", TO_DECEMBER), 2025),
        (ORDINARY_2025,),
        counting_sure=True,
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
            *aided(
                410, None, {260: ("low-income", "back-into-poverty", "unstable-out-of-poverty")}
            ),
        ),
        unit=DAYS,
        fixed=90,
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
        # From July the page asks the full cost of all but newborns: whose birth is known.
        (Offer(400, 670, birth=GROWN),),
        newborn=Newborn(months=3),
    ),
    Town(
        "450100",
        2025,
        (autumn(2025, "09-01", "12-31"), *halves(2025, sure=True)),
        (
            Offer(400, 670, birth=GROWN),
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
        "340100",
        2025,
        (autumn(2025, "09-01", "12-31"),),
        (
            ORDINARY_2025,
            Offer(350, identity="student"),
            *aided(400, 670, {0: ("destitute",), 40: ("low-income",), 200: MONITORED}),
        ),
    ),
)
