"""Residents of a list who stand for each other get their own answers all the same."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.answering.equivalence import Representatives
from tests.support.rules.rule_samples import PROVINCE, Json, facts, province_book, standard, window

MAIN = window("main", "2026-01-01", "2026-12-31")
LIMITS: dict[str, Json] = {
    "born on or after a day": {"test": "born", "from": "1966-07-01"},
    "years since the birth year": {"test": "years-since-birth-year", "from": 60},
    "age on a day": {"test": "age", "on": "2026-03-01", "from": 60},
    "age on the payment day": {"test": "age", "from": 60},
}
BIRTHS = [date(1966, 2, 27) + timedelta(days=number) for number in range(0, 400, 3)]
BIRTHS += [date(1965, 12, 31), date(1966, 1, 1), date(1966, 3, 1), date(1966, 3, 2)]
BIRTHS += [date(1966, 6, 30), date(1966, 7, 1), date(1964, 2, 29), date(1966, 4, 30)]
DAYS = [date(2026, 3, 1), date(2026, 4, 30), date(2026, 7, 15), date(2026, 12, 31)]


def book_with(limit: Json) -> RuleBook:
    """甲省 asks 400 yuan, or 300 of those the limit holds for."""
    other = standard("300.00", when=limit, exception_to=["standard"])
    return province_book(MAIN, standard("400.00"), {**other, "id": "standard-by-birth"})


def fee_alone(known: Facts, book: RuleBook) -> object:
    decided = decide_facts(known, book)
    assert isinstance(decided, Decided)
    return decided.decision.fee


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_a_stand_in_is_born_on_the_same_side_of_every_limit(limit: Json) -> None:
    book = book_with(limit)
    assessor = Assessor(book)
    wrong, fees = [], set()
    for birth, paid in product(BIRTHS, DAYS):
        known = facts(paid.isoformat(), birth_date=birth)
        together = assessor.decision(known)
        assert isinstance(together, Decision)
        fees.add(together.fee.total if together.fee else None)
        if together.fee != fee_alone(known, book):
            wrong.append((birth, paid))
    assert wrong == []
    assert fees == {30_000, 40_000}


def test_people_the_rules_cannot_tell_apart_become_the_same_facts() -> None:
    compiled = book_with(LIMITS["born on or after a day"]).programme(PROVINCE, "resident", 2026)
    assert compiled is not None
    stand_ins = Representatives(compiled)
    one = facts("2026-03-05", birth_date=date(1950, 5, 5))
    other = replace(one, birth_date=date(1961, 1, 1))
    younger = replace(one, birth_date=date(1980, 1, 1))
    assert stand_ins.stand_in(other) == stand_ins.stand_in(one)
    assert stand_ins.stand_in(younger) != stand_ins.stand_in(one)
    assert stand_ins.stand_in(replace(one, birth_date=None)).birth_date is None


def test_a_young_child_stands_only_for_itself() -> None:
    compiled = book_with(LIMITS["age on a day"]).programme(PROVINCE, "resident", 2026)
    assert compiled is not None
    stand_ins = Representatives(compiled)
    for birth in (date(2025, 12, 30), date(2025, 12, 31), date(2023, 6, 1)):
        child = facts("2026-03-05", birth_date=birth)
        assert stand_ins.stand_in(child) == child
