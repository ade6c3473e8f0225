"""Lapses and repair against the national mechanism, counted out by hand.

The invented province lets a year lie seven years after the count begins, so
that lapses 0 to 6 all count; the free years are tried as 1 and as 0.
"""

from datetime import date, timedelta

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessing import Decided, decide_facts
from tests.oracle.calendar import ONE_DAY, day_before_same_day
from tests.support.rules.rule_samples import book_of, good

YEAR = 2032
FIXED, FLOOR, LONG = 3, 6, 4


def book(free_years: int) -> RuleBook:
    document = good()
    variable = document["programmes"][0]["rules"][4]
    assert variable["id"] == "variable-wait"
    variable["answer"]["free_years"] = free_years
    return book_of(document)


def helpful(lapsed: int, free_years: int) -> int:
    """How many repair years shorten the wait: the sources' own formula."""
    if lapsed < LONG:
        return max(0, lapsed - free_years)
    return max(0, lapsed - free_years - FIXED)


def expected(
    paid: date, lapsed: int, repair: int, free_years: int
) -> tuple[date, date, int, date | None] | None:
    """First and last day of the wait, its months, and the first covered day."""
    late = paid >= date(YEAR, 3, 1)
    if not late and not lapsed:
        return None
    months = FIXED + max(0, lapsed - free_years) - min(repair, helpful(lapsed, free_years))
    start = paid if late else date(YEAR, 1, 1)
    end = day_before_same_day(start, months)
    first = end + ONE_DAY
    return start, end, months, first if first <= date(YEAR, 12, 31) else None


@pytest.mark.parametrize("free_years", [1, 0])
def test_every_lapse_and_repair_agrees_with_the_formula_on_every_payable_day(
    free_years: int,
) -> None:
    rules = book(free_years)
    found = []
    day = date(YEAR - 1, 10, 1)
    while day <= date(YEAR, 12, 31):
        for lapsed in range(7):
            for repair in range(lapsed + 1):
                facts = Facts(
                    "990000", YEAR, day, insured_years=(YEAR - 1 - lapsed,), repair_years=repair
                )
                decided = decide_facts(facts, rules)
                assert isinstance(decided, Decided)
                decision = decided.decision
                if not decision.payable:
                    continue
                wait, cover = decision.wait, decision.coverage
                said = wait and (wait.start, wait.end, wait.total, cover.start if cover else None)
                if said != expected(day, lapsed, repair, free_years):
                    found.append((day, lapsed, repair, said))
        day += timedelta(days=3)
    assert found == []


@pytest.mark.parametrize(
    ("lapsed", "help_years"), [(1, 0), (2, 1), (3, 2), (4, 0), (5, 1), (6, 2), (9, 5)]
)
def test_the_formula_is_the_one_the_rule_book_spells_out(lapsed: int, help_years: int) -> None:
    assert helpful(lapsed, 1) == help_years
