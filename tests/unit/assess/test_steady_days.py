"""Payment days on which whom an identity spares the wait is sure to be answered alike.

What every day gives is decided anew for it; what is left out must be of the kind decided.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessing import Decided, OtherDays, decide_facts
from medcounter.assess.explain.hints import answer_kind
from medcounter.assess.facts import Event
from tests.support.rules.region_samples import all_of
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    facts,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)

LATE = window("late", "B:03-01", "B:12-31")
MAIN = window("main", "B-1:09-01", "B:02-28")
SUBSIDY = rule("subsidy", "subsidy", {"amount": "700.00"})
WHOLE = ["fixed", "variable"]
IN_THREE_MONTHS: Json = {"test": "elapsed", "since": "military-discharge", "within": {"months": 3}}
# What an unsettled rule has and a confirmed one hasn't.
OPEN = {"doubt", "readings"}
DISCHARGED = date(2026, 8, 10)


def exemption(name: str, ground: str, anchor: str = "day-after-payment", **more: Any) -> Json:  # noqa: ANN401 -- any key of a rule
    answer = {"waives": more.pop("waives", WHOLE), "cover": {"anchor": anchor}}
    return rule(name, "exemption", answer, grounds=[ground], **more)


def discharged(anchor: str = "day-after-payment", **more: Any) -> Json:  # noqa: ANN401 -- any key of a rule
    return exemption("discharged", "military-discharge", anchor, when=IN_THREE_MONTHS, **more)


SPARED = exemption("spared", "low-income")


def settled_book(*rules: Json, **more: object) -> RuleBook:
    """The good nation with all its rules confirmed, and one province."""
    above = nation()
    confirmed = [
        {key: value for key, value in {**one, "status": "confirmed"}.items() if key not in OPEN}
        for one in above["rules"]
    ]
    own = (MAIN, LATE, SUBSIDY, *rules)
    if not any(one["question"] == "standard" for one in rules):
        own = (*own, standard("400.00"))
    document = bundle_of({**above, "rules": confirmed}, programme(own), **more)
    return RuleBook.open(read(document), "", signed=False)


def resident(paid: str = "2026-10-20", **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    event = Event("military-discharge", DISCHARGED)
    return facts(paid, **{"categories": ("low-income",), "events": (event,), **more})


def left_out(book: RuleBook, known: Facts) -> list[date]:
    """The days that need no deciding; all others are decided as ever, and these are alike."""
    decided = decide_facts(known, book)
    assert isinstance(decided, Decided)
    beside, found = OtherDays(decided), []
    own = answer_kind(decided.decision)
    for day in year():
        whole, shown = decided.on_day(day), beside.otherwise_on(day)
        if shown is None and whole is not None:
            found.append(day)
            assert answer_kind(whole) == own
        else:
            assert shown == whole
    return found


def year() -> Iterator[date]:
    first = date(2026, 1, 1)
    return (first + timedelta(days=number) for number in range(365))


def between(first: str, last: str) -> list[date]:
    return [day for day in year() if first <= day.isoformat() <= last]


def test_days_that_only_an_event_turns_are_left_out_for_whom_an_identity_spares_the_wait() -> None:
    # From the first late day on; on 31 December cover would begin in the next year.
    assert left_out(settled_book(SPARED, discharged()), resident()) == between(
        "2026-03-01", "2026-12-30"
    )


def test_none_is_before_birth() -> None:
    born = resident(birth_date=date(2026, 6, 5))
    assert left_out(settled_book(SPARED, discharged()), born) == between("2026-06-05", "2026-12-30")
    grown = resident(birth_date=date(1990, 6, 5))
    assert left_out(settled_book(SPARED), grown) == between("2026-03-01", "2026-12-30")


def test_none_is_on_the_other_side_of_a_day_on_which_the_fee_turns() -> None:
    aided = rule(
        "aid",
        "concession",
        {"pays": "100.00"},
        grounds=["low-income"],
        when=IN_THREE_MONTHS,
    )
    found = set(left_out(settled_book(SPARED, discharged(), aided), resident()))
    # Within three months of the discharge, until 10 November.
    assert set(between("2026-08-12", "2026-11-08")) <= found
    assert found <= set(between("2026-08-10", "2026-11-10"))


LATE_FEE = rule(
    "standard",
    "standard",
    {
        "items": [
            {"code": "basic", "label": "基本医疗保险", "amount": "400.00"},
            {
                "code": "late",
                "label": "滞纳金",
                "amount": {"kind": "late-fee", "rate": "0.0005", "after": "B:03-31"},
            },
        ]
    },
)
FROM_JULY: Json = {"test": "paid", "from": "B:07-01"}
LOW_INCOME: Json = {"test": "identity", "any_of": ["low-income"]}
FLOOR = rule(
    "floor",
    "cover-floor",
    {"anchor": "year-start"},
    when=LOW_INCOME,
)
ENDING = rule("ending", "cover-end", {"to": "B:12-31"}, when=LOW_INCOME, exception_to=["cover-end"])
READ_OTHERWISE: Json = {
    "status": "unsettled",
    "doubt": "来源没有写明。",
    "readings": [{"text": "另一种读法", "answer": {"days": 9}}],
}
AFTER = rule("after", "after-wait", {"days": 1}, replaces="after-wait", **READ_OTHERWISE)


@pytest.mark.parametrize(
    ("rules", "changed"),
    [
        pytest.param([SPARED, FLOOR], {}, id="cover may not begin for all from one day on"),
        pytest.param([SPARED], {"categories": ()}, id="nobody spares them"),
        pytest.param([discharged()], {"categories": ("orphan",)}, id="an event alone spares"),
        pytest.param(
            [exemption("spared", "low-income", when=all_of(FROM_JULY, LOW_INCOME))],
            {},
            id="the identity spares under a condition",
        ),
        pytest.param(
            [exemption("spared", "low-income", waives=["variable"])], {}, id="a wait is left"
        ),
        pytest.param(
            [SPARED, discharged(exception_to=["spared"], waives=["variable"])],
            {},
            id="the event displaces the identity",
        ),
        pytest.param(
            [SPARED, discharged("event")], {}, id="cover of the event begins on its own day"
        ),
        pytest.param([SPARED], {"payment_date": date(2026, 2, 1)}, id="there is no wait"),
        pytest.param([SPARED], {"payment_date": date(2027, 2, 1)}, id="nothing can be paid"),
        pytest.param([SPARED], {"payment_date": date(2026, 12, 31)}, id="no cover is left"),
        pytest.param([SPARED, LATE_FEE], {}, id="the fee grows from day to day"),
        pytest.param([SPARED, ENDING], {}, id="cover may not end for all on one day"),
        pytest.param([SPARED, AFTER], {}, id="another reading may delay cover"),
    ],
)
def test_no_day_is_left_out_where(rules: list[Json], changed: dict[str, Any]) -> None:
    book = settled_book(*rules, format=2)
    assert left_out(book, resident(**changed)) == []
