"""Which refusals are the same for all who hold the same, whatever else differs between them.

Held over the closed set of conditions: a new kind has to say here what it does.
"""

from datetime import date
from typing import Any, get_args

import pytest

from medcounter.rules.case import Case
from medcounter.rules.conditions import Condition, fails_without_birth
from tests.support.rules.condition_samples import YEAR, case, written

Json = dict[str, object]
DATED = "answers.previous_year_paid_on"
ORPHAN: Json = {"test": "identity", "any_of": ["orphan"]}
BORN: Json = {"test": "born", "from": "2024-01-01"}
PAID: Json = {"test": "paid", "from": "B:04-01"}
GRADUATED: Json = {"test": "elapsed", "since": "graduated", "within": {"days": 9}}
OF_BOTH: Json = {"test": "elapsed", "since": ["birth", "graduated"], "within": {"days": 9}}
HELD = frozenset({"orphan", "graduated", "birth"})

# Condition to whether the same is told of who holds nothing, and of who holds all of HELD.
SAYS: list[tuple[Json, bool, bool]] = [
    (ORPHAN, True, True),
    ({"test": "event", "kind": "graduated"}, True, False),
    (GRADUATED, True, False),
    ({"test": "elapsed", "since": "birth", "within": {"days": 9}}, True, False),
    (OF_BOTH, True, False),
    (BORN, True, False),
    ({"test": "years-since-birth-year", "to": 2}, True, False),
    ({"test": "age", "from": 60}, True, False),
    # What is answered is not held.
    ({"test": "event", "kind": DATED}, False, False),
    ({"test": "elapsed", "since": DATED, "within": {"days": 9}}, False, False),
    ({"test": "answer", "code": "plan", "is": "1"}, False, False),
    (PAID, False, False),
    ({"test": "day-of-month", "from": 1, "to": 2}, False, False),
    ({"test": "window", "kinds": ["main"]}, False, False),
    ({"test": "lapsed", "from": 1}, False, False),
    ({"test": "insured", "years_back": 1, "is": True}, False, False),
    ({"test": "repair", "from": 1}, False, False),
    ({"test": "outcome", "of": "waits", "is": True}, False, False),
    ({"test": "all", "of": [ORPHAN, BORN]}, True, False),
    ({"test": "all", "of": [ORPHAN, PAID]}, False, False),
    ({"test": "any", "of": [ORPHAN, GRADUATED]}, True, False),
    ({"test": "not", "of": ORPHAN}, True, True),
    ({"test": "not", "of": PAID}, False, False),
]


def people(*, holding: bool) -> list[Case]:
    """Two who hold the same, and differ in everything else that a condition may look at."""
    held: list[dict[str, Any]] = [{}, {}]
    if holding:
        held = [
            {
                "identities": frozenset({"orphan"}),
                "events": {"graduated": day},
                "birth": day.replace(year=year),
            }
            for day, year in ((date(2026, 3, 1), 1950), (date(2026, 1, 1), 2024))
        ]
    others = {"repair_years": 3, "lapsed": 3, "window_kind": "late", "waits": True}
    return [
        case("2026-03-05", answers={"plan": "1"}, **held[0], window_kind="closed"),
        case("2026-07-09", insured_years=frozenset(), **held[1], **others),
    ]


def test_every_kind_of_condition_says_it() -> None:
    kinds = get_args(get_args(Condition)[0])
    said = {get_args(kind.model_fields["test"].annotation)[0] for kind in kinds}
    assert {condition["test"] for condition, _, _ in SAYS} == said


@pytest.mark.parametrize(("condition", "of_nothing", "of_all"), SAYS)
def test_a_refusal_said_to_be_the_same_for_all_who_hold_the_same_is_so(
    condition: Json, *, of_nothing: bool, of_all: bool
) -> None:
    asked = written(condition)
    for holding, same in ((False, of_nothing), (True, of_all)):
        one, other = people(holding=holding)
        assert one.held() == other.held() == (HELD if holding else frozenset())
        assert asked.is_told_by(one.held()) is same
        if same:
            tell = asked.compile_refusal(YEAR)
            assert tell(one) == tell(other)


@pytest.mark.parametrize(
    ("condition", "fails"),
    [
        (BORN, True),
        ({"test": "years-since-birth-year", "to": 2}, True),
        ({"test": "elapsed", "since": "birth", "within": {"days": 9}}, True),
        ({"test": "all", "of": [PAID, BORN]}, True),
        ({"test": "all", "of": [PAID, ORPHAN]}, False),
        ({"test": "any", "of": [BORN, BORN]}, False),
        (OF_BOTH, False),
        # Unknown, so that it is asked for.
        ({"test": "age", "from": 60}, False),
        ({"test": "not", "of": BORN}, False),
        (ORPHAN, False),
    ],
)
def test_what_fails_without_a_birth_date_is_false_and_not_unknown(
    condition: Json, *, fails: bool
) -> None:
    asked = written(condition)
    assert fails_without_birth(asked) is fails
    if fails:
        for known in (case(), case("2026-07-09", answers={"plan": "1"})):
            assert asked.compile(YEAR)(known) is False
