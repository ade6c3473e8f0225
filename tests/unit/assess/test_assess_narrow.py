"""A decision moved to another day of its stretch is the decision of that day.

So is one by the rules that are kept of a stretch: by all rules it is the same.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.case_building import make_case
from medcounter.assess.engine.day_sweep import sweep_days
from medcounter.assess.engine.decision import Decision, decide
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.engine.stretches import on_stretch
from medcounter.assess.facts import Event, Facts
from tests.support.rules.rule_samples import (
    CITY,
    facts,
    good_book,
    province_book,
    rule,
    standard,
    window,
)

FIRST, LAST = date(2026, 3, 1), date(2026, 8, 31)
OPEN = window("late", FIRST.isoformat(), LAST.isoformat())
LATE_FEE = {"kind": "late-fee", "rate": "0.0005", "after": "B:03-31"}
DAILY = rule(
    "standard",
    "standard",
    {
        "items": [
            {"code": "standard", "label": "个人缴费", "amount": "400.00"},
            {"code": "late", "label": "滞纳金", "amount": LATE_FEE},
        ]
    },
)


def decided(known: Facts, book: RuleBook) -> Decided:
    found = decide_facts(known, book)
    assert isinstance(found, Decided)
    return found


def moved(known: Facts, day: date, book: RuleBook) -> Decision:
    """The decision of the facts' own day, moved to another."""
    found = decided(known, book)
    return sweep_days(found.compiled, found.decision, found.order).on(day)


@pytest.mark.parametrize("fee", [standard("400.00"), DAILY], ids=["fixed fee", "daily late fee"])
def test_every_day_of_a_stretch_is_decided_as_if_asked_alone(fee: dict[str, object]) -> None:
    book = province_book(OPEN, fee)
    for number in range(60):
        day = FIRST + timedelta(days=45 + number)
        alone = decided(facts(day.isoformat()), book).decision
        assert moved(facts(FIRST.isoformat()), day, book) == alone


def test_a_closed_day_moved_is_closed_on_the_other_day() -> None:
    book = province_book(OPEN, standard("400.00"))
    day = LAST + timedelta(days=9)
    closed = moved(facts((LAST + timedelta(days=1)).isoformat()), day, book)
    assert closed == decided(facts(day.isoformat()), book).decision
    assert not closed.payable
    assert closed.fee is None


def test_an_event_that_is_over_lends_no_day_on_any_day_of_a_stretch() -> None:
    kinds = ("military-discharge", "household-moved-in")
    limit = {"test": "elapsed", "since": list(kinds), "within": {"days": 90}}
    from_event = {"waives": ["fixed", "variable"], "cover": {"anchor": "event"}}
    spared = rule("spared", "exemption", from_event, grounds=list(kinds), when=limit)
    book = province_book(OPEN, standard("400.00"), spared, format=2)
    events = (Event(kinds[0], date(2026, 3, 1)), Event(kinds[1], date(2026, 7, 20)))
    for day in (date(2026, 8, 10), date(2026, 8, 20), date(2026, 8, 25)):
        alone = decided(facts(day.isoformat(), events=events), book).decision
        assert alone.coverage is not None
        assert alone.coverage.start == date(2026, 7, 20)
        assert moved(facts("2026-08-20", events=events), day, book) == alone


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"categories": ("low-income",), "insured_years": ()},
        {"birth_date": date(2025, 10, 1)},
        {"events": (Event("household-moved-in", date(2025, 9, 20)),), "insured_years": ()},
    ],
    ids=["plain", "aided and lapsed", "newborn", "moved and lapsed"],
)
def test_what_is_kept_of_a_stretch_answers_as_all_its_rules(more: dict[str, object]) -> None:
    book = good_book()
    compiled = book.programme(CITY, "resident", 2026)
    assert compiled is not None
    everything = replace(compiled, whole=compiled)
    # Each turning day and the last one before it: every stretch on both its ends.
    turns = [day for day in compiled.turning_days if day > date(2025, 10, 1)]
    assert len(turns) > 3
    for day in sorted({*turns, *(turn - timedelta(days=1) for turn in turns)}):
        case = make_case(facts(day.isoformat(), region=CITY, **more), compiled)
        assert decide(compiled, case, book.order, {}) == decide(everything, case, book.order, {})


def test_nothing_is_left_out_before_the_first_day_that_rules_speak_of() -> None:
    compiled = good_book().programme(CITY, "resident", 2026)
    assert compiled is not None
    before = compiled.resolved.first_day - timedelta(days=1)
    assert on_stretch(compiled, before) is compiled
    assert on_stretch(compiled, compiled.resolved.first_day) is not compiled
