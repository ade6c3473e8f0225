"""Places of benefit year 2026, each as its page has it, for the second encoding."""

from datetime import date

from tests.oracle.country import (
    JANUARY,
    LATE,
    WHOLE,
    Newborn,
    Offer,
    Period,
    Town,
    day_after,
    on_payment,
)
from tests.oracle.page_words import (
    ASSUMED_PRICE,
    BOTH,
    CHILD,
    GROWN,
    MONITORED,
    NOT_NAMED_END,
    OLD,
    ORDINARY_2026,
    PRICE,
    TO_DECEMBER,
    aided,
    autumn,
    halves,
    starts,
    with_late,
)

PLACES_2026 = (
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
    Town(
        "410000",
        2026,
        with_late(autumn(2026, "09-29", "12-31"), 2026),
        (ORDINARY_2026,),
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
        # In the supplementary period three months and 90 days are both said of the wait.
        "620700",
        2026,
        (
            autumn(2026, "10-15", "12-31"),
            Period(LATE, date(2026, 1, 1), date(2026, 2, 28), readings=True, sure=(*BOTH, *PRICE)),
        ),
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
        shuts=True,
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
        "630000",
        2026,
        (
            Period(
                "main",
                date(2025, 10, 21),
                date(2025, 12, 31),
                starts(2026),
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
            Period(
                "extended", date(2026, 1, 1), date(2026, 2, 28), on_payment, doubted=("window",)
            ),
            Period(LATE, date(2026, 3, 1), date(2026, 12, 31), doubted=ASSUMED_PRICE),
        ),
        (Offer(450, 830),),
        lapsed=JANUARY,
        at_least=True,
    ),
    Town(
        "660000",
        2026,
        (autumn(2026, "10-01", "12-31", TO_DECEMBER), *halves(2026, sure=False)),
        (ORDINARY_2026,),
        at_least=True,
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
            Period("", date(2026, 1, 1), date(2026, 2, 28), day_after, sure=("coverage.from",)),
        ),
        # The fee is cut off.
        (Offer(None),),
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
        (
            Offer(390, birth=GROWN, tier="1"),
            Offer(530, birth=GROWN, tier="2"),
            # What the page's aid leaves of tier 1; of tier 2 it says nothing.
            *(
                Offer(390, None, aid, code, GROWN, "1")
                for aid, codes in (
                    (390, ("destitute", "unsupported-child", "orphan", "severely-disabled")),
                    (240, ("low-income-margin", *MONITORED)),
                )
                for code in codes
            ),
        ),
    ),
)
