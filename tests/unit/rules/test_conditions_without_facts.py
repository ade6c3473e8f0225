"""What every condition makes of a resident of whom nothing is known but the payment day.

Held over the closed set of conditions: a new kind has to say here what it does then.
Source: docs/contract.md, "Facts"; docs/rules.md, 八.
"""

from typing import get_args

import pytest

from medcounter.rules.conditions import Condition
from tests.support.rules.condition_samples import YEAR, case, holds, written

Json = dict[str, object]
DATED = "answers.previous_year_paid_on"
BIRTH: Json = {"test": "born", "from": "2024-01-01"}
NO_WAIT: Json = {"test": "outcome", "of": "waits", "is": True}

# Condition to its truth by default, the truth where a birth date is asked for, and what
# has to be asked then.
SAYS: list[tuple[Json, bool | None, bool | None, set[str]]] = [
    ({"test": "paid", "from": "B:04-01"}, False, False, set()),
    ({"test": "day-of-month", "from": 1, "to": 2}, False, False, set()),
    ({"test": "window", "kinds": ["late"]}, False, False, set()),
    # No identity named is ordinary; no event named did not happen.
    ({"test": "identity", "any_of": ["orphan"]}, False, False, set()),
    ({"test": "event", "kind": "graduated"}, False, False, set()),
    ({"test": "elapsed", "since": "graduated", "within": {"days": 9}}, False, False, set()),
    # Nothing known against continuity is insured throughout.
    ({"test": "lapsed", "from": 1}, False, False, set()),
    ({"test": "insured", "years_back": 1, "is": True}, True, True, set()),
    ({"test": "repair", "from": 1}, False, False, set()),
    (NO_WAIT, False, False, set()),
    # Without a birth date no rule by birth holds, unless a fee needs it.
    (BIRTH, False, None, {"birth_date"}),
    ({"test": "years-since-birth-year", "to": 2}, False, None, {"birth_date"}),
    # A time since birth is a newborn's: nobody is asked whether they are one.
    ({"test": "elapsed", "since": "birth", "within": {"days": 9}}, False, False, set()),
    ({"test": "age", "from": 60}, None, None, {"birth_date"}),
    # A free question without a default is open until it is answered.
    ({"test": "answer", "code": "plan", "is": "1"}, None, None, {"answers.plan"}),
    ({"test": "event", "kind": DATED}, None, None, {DATED}),
    ({"test": "elapsed", "since": DATED, "within": {"days": 9}}, None, None, {DATED}),
    (
        {"test": "elapsed", "since": ["birth", "graduated"], "within": {"days": 9}},
        *(False, False),
        set(),
    ),
    (
        {"test": "elapsed", "since": ["birth", DATED], "within": {"days": 9}},
        *(None, None),
        {DATED},
    ),
    ({"test": "all", "of": [{"test": "paid"}, BIRTH]}, False, None, {"birth_date"}),
    ({"test": "all", "of": [BIRTH, NO_WAIT]}, False, False, set()),
    ({"test": "any", "of": [BIRTH, NO_WAIT]}, False, None, {"birth_date"}),
    ({"test": "any", "of": [BIRTH, {"test": "paid"}]}, True, True, set()),
    ({"test": "not", "of": BIRTH}, True, None, {"birth_date"}),
]


def test_every_kind_of_condition_says_what_it_does_without_facts() -> None:
    kinds = {kind.model_fields["test"].annotation for kind in get_args(get_args(Condition)[0])}
    codes = {code for kind in kinds for code in get_args(kind)}
    assert {document["test"] for document, *_ in SAYS} == codes


@pytest.mark.parametrize(("document", "plain", "asking", "asked"), SAYS)
def test_a_condition_without_facts(
    document: Json, *, plain: bool | None, asking: bool | None, asked: set[str]
) -> None:
    predicate = written(document)
    assert holds(predicate, case()) is plain
    assert predicate.compile_asking(YEAR)(case()) is asking
    # What a whole waits for is asked only where its parts leave it open.
    assert (predicate.missing(case()) if asking is None else set()) == asked


@pytest.mark.parametrize("document", [document for document, *_ in SAYS])
def test_asking_changes_nothing_where_the_birth_date_is_known(document: Json) -> None:
    predicate = written(document)
    for birth in ("2023-12-31", "2026-03-01"):
        known = case(birth=case(birth).paid, answers={"plan": "1"})
        assert predicate.compile_asking(YEAR)(known) is holds(predicate, known)
        assert predicate.missing(known) == predicate.unknown(known)
