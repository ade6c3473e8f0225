"""Who need not be asked when a figure moves: whoever meets its rule as before."""

from collections.abc import Generator
from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess.facts import Event, Facts
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.figure_moves import FigureMove, figure_moves
from medcounter.authoring.live.figure_reach import (
    FigureReach,
    OutcomeMemory,
    first_noticing,
    rule_of_figure,
)
from medcounter.authoring.live.limit_candidates import limit_candidates
from medcounter.dates import ONE_DAY
from medcounter.json_path import JsonPath
from medcounter.rules.values import resolve_day
from tests.support.authoring.draft_samples import (
    FEE,
    MAIN,
    SUBSIDY,
    WHOLE,
    YEAR,
    draft,
    inherited,
    read_draft,
    shipped_document,
    shipped_payload,
    whole_table,
)
from tests.support.rules.rule_samples import rule, window

AMOUNT = ("programmes", 0, "rules", 2, "answer", "items", 0, "amount")
DAYS = ("programmes", 0, "rules", 4, "when", "within", "days")
# No source says how to count: the last day is in doubt, counted the other way.
SPARED = rule(
    "discharged",
    "exemption",
    {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}},
    when={"test": "elapsed", "since": "military-discharge", "within": {"days": 90}},
    grounds=["military-discharge"],
)
INCENTIVE = rule(
    "steps",
    "incentive",
    {
        "counted_from": 2024,
        "after_years": 1,
        "continuous_step": "1000.00",
        "zero_claim_step": "500.00",
        "cap_amount": "9000.00",
    },
)
STEP = ("programmes", 0, "rules", len(WHOLE), "answer", "continuous_step")
ADVICE = {
    "kind": "document",
    "code": "discharge-papers",
    "label": "退役证",
    "text": "请带退役证。",
    "source": "order",
    "clause": "一",
    "when": {"test": "elapsed", "since": "military-discharge", "within": {"days": 90}},
}
PLAIN = Facts("990000", YEAR, date(2026, 6, 30))


def reach(rules: DraftRules, path: JsonPath, value: Json) -> FigureReach:
    found = FigureReach.of(rules, FigureMove(path, value, up=True), inherited(rules.document))
    assert found is not None
    return found


def memory(rules: DraftRules) -> OutcomeMemory:
    assert rules.book is not None
    return OutcomeMemory(rules.book)


def ended(steps: Generator[None, None, Facts | None]) -> Facts | None:
    """What a generator returns at its end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Facts | None = end.value
            return found


def left_on(day: date) -> Facts:
    return Facts("990000", YEAR, date(2026, 6, 30), events=(Event("military-discharge", day),))


def test_an_amount_reaches_whom_its_rule_answers() -> None:
    rules = draft(*WHOLE)
    moved = reach(rules, AMOUNT, "401.00")
    assert moved.may_reach(PLAIN, memory(rules))
    assert moved.reaches(PLAIN, memory(rules))


@pytest.mark.parametrize(
    ("since", "reached"),
    [(0, False), (88, False), (90, True), (91, True), (92, False)],
)
def test_a_limit_reaches_who_stands_at_it_and_nobody_else(since: int, *, reached: bool) -> None:
    """From 90 to 91 days: day 90 is no longer the last day, day 91 is one."""
    rules = draft(*WHOLE, SPARED)
    known = memory(rules)
    who = left_on(date.fromordinal(date(2026, 6, 30).toordinal() - since))
    moved = reach(rules, DAYS, 91)
    assert moved.may_reach(who, known) is reached
    assert moved.reaches(who, known) is reached


@pytest.mark.parametrize(("day", "reached"), [(0, True), (1, False), (200, False)])
def test_another_first_payment_day_reaches_who_pays_on_it_and_nobody_else(
    day: int, *, reached: bool
) -> None:
    rules = draft(*WHOLE)
    days = rules.document.own["payment_days"]
    first = resolve_day(days["from"], YEAR)
    path = ("programmes", 0, "payment_days", "from")
    moved = reach(rules, path, str(first + ONE_DAY))
    who = Facts("990000", YEAR, first + day * ONE_DAY)
    assert moved.may_reach(who, memory(rules)) is reached
    assert moved.reaches(who, memory(rules)) is reached


def test_another_last_payment_day_reaches_who_pays_between_the_two() -> None:
    rules = draft(*WHOLE)
    moved = reach(rules, ("programmes", 0, "payment_days", "to"), "2026-12-30")
    assert not moved.may_reach(PLAIN, memory(rules))
    assert not moved.may_reach(Facts("990000", YEAR, date(2030, 1, 1)), memory(rules))
    assert moved.may_reach(Facts("990000", YEAR, date(2026, 12, 31)), memory(rules))


def test_a_figure_of_no_rule_may_concern_everybody() -> None:
    """Advice has a condition too, and is none of the rules."""
    rules = draft(*WHOLE, advice=[ADVICE])
    path = ("programmes", 0, "advice", 0, "when", "within", "days")
    moved = reach(rules, path, 91)
    assert (moved.rules, moved.days) == ({}, {})
    assert moved.may_reach(PLAIN, memory(rules))
    assert not moved.reaches(PLAIN, memory(rules))


@pytest.mark.parametrize(
    ("insured", "zero_claim", "reached"),
    [
        # 2024 and 2025 before 2026: three years in a row, two of them beyond the first.
        ((2024, 2025), (), True),
        # One year in a row, this one: nothing is earned whatever a step is worth.
        ((), (), False),
        # Who does not tell of claims asks for no incentive.
        ((2024, 2025), None, False),
    ],
)
def test_a_step_of_an_incentive_reaches_who_earns_one(
    insured: tuple[int, ...], zero_claim: tuple[int, ...] | None, *, reached: bool
) -> None:
    rules = draft(*WHOLE, INCENTIVE)
    answers = () if zero_claim is None else (("zero_claim_years", zero_claim),)
    who = replace(PLAIN, insured_years=insured, answers=answers)
    moved = reach(rules, STEP, "1001.00")
    assert moved.may_reach(who, memory(rules)) is reached
    assert moved.reaches(who, memory(rules)) is reached


def test_on_a_closed_day_no_step_of_an_incentive_reaches_anybody() -> None:
    closed = window("closed", "2026-07-01", "2026-12-31")
    rules = draft(MAIN, window("late", "2026-01-01", "2026-06-30"), closed, FEE, SUBSIDY, INCENTIVE)
    path = (*STEP[:3], 5, *STEP[4:])
    moved = reach(rules, path, "1001.00")
    answers = (("zero_claim_years", ()),)
    paid = replace(PLAIN, insured_years=(2024, 2025), answers=answers)
    after = replace(paid, payment_date=date(2026, 7, 1))
    assert moved.may_reach(paid, memory(rules))
    assert not moved.may_reach(after, memory(rules))
    assert not moved.reaches(after, memory(rules))


def test_who_meets_two_incentives_is_asked() -> None:
    second = {**INCENTIVE, "id": "second", "exception_to": []}
    rules = draft(*WHOLE, INCENTIVE, second)
    answers = (("zero_claim_years", ()),)
    who = replace(PLAIN, insured_years=(2024, 2025), answers=answers)
    assert reach(rules, STEP, "1001.00").may_reach(who, memory(rules))


def test_who_has_no_answer_is_always_asked() -> None:
    rules = draft(*WHOLE)
    long_ago = Facts("990000", YEAR, date(2020, 1, 1))
    assert reach(rules, AMOUNT, "401.00").may_reach(long_ago, memory(rules))


def test_a_move_that_is_refused_at_once_reaches_nobody() -> None:
    rules = draft(*WHOLE)
    inverted = FigureMove(("programmes", 0, "benefit_years", "to"), 2025, up=False)
    assert FigureReach.of(rules, inverted, inherited(rules.document)) is None


def test_a_figure_is_of_its_rule_or_of_none() -> None:
    rules = draft(*WHOLE)
    assert rule_of_figure(rules, AMOUNT) == "standard"
    assert rule_of_figure(rules, ("programmes", 0, "payment_days", "from")) == ""


@pytest.mark.parametrize(
    "name",
    [
        "fuxin-2026.json",
        pytest.param("wuxi-2026.json", marks=pytest.mark.full),
        pytest.param("beijing-2026.json", marks=pytest.mark.full),
    ],
)
def test_nobody_who_is_passed_over_would_have_noticed(name: str) -> None:
    """The short way against the long one, for every figure of a shipped place."""
    written = shipped_document(name)
    payload = shipped_payload()
    rules = read_draft(written, payload)
    stands_on = inherited(written, payload)
    known = memory(rules)
    year = rules.years[0]
    people = [row.facts for row in whole_table(rules).rows]
    people += limit_candidates(rules, year, people[0])[::7]
    passed = 0
    for move in figure_moves(written):
        moved = FigureReach.of(rules, move, stands_on)
        for facts in people if moved else ():
            if moved and not moved.may_reach(facts, known):
                passed += 1
                assert not moved.reaches(facts, known), (move.path, facts)
    assert passed > len(people)


def test_the_first_who_notices_is_found_and_nobody_where_none_does() -> None:
    rules = draft(*WHOLE, SPARED)
    days = [left_on(date.fromordinal(date(2026, 6, 30).toordinal() - n)) for n in range(400)]
    moved = reach(rules, DAYS, 91)
    assert ended(first_noticing(days, memory(rules), moved)) == days[90]
    assert ended(first_noticing(days[200:], memory(rules), moved)) is None
    # Who was decided before is passed over, a few hundred in a slice; nobody is decided in a lump.
    known = memory(rules)
    assert len(list(first_noticing(days[200:], known, moved))) > len(days[200:]) // 10
    assert len(list(first_noticing(days[200:], known, moved))) == 1
