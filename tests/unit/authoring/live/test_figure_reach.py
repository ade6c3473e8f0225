"""Who need not be asked when a figure moves: whoever meets its rule as before."""

from collections.abc import Generator
from datetime import date

import pytest

from medcounter.assess.facts import Event, Facts
from medcounter.authoring.document.document_path import Json, Path
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.figure_moves import FigureMove, figure_moves
from medcounter.authoring.live.figure_reach import (
    FigureReach,
    OutcomeMemory,
    first_noticing,
    rule_of_figure,
)
from medcounter.authoring.live.limit_candidates import limit_candidates
from tests.draft_samples import (
    WHOLE,
    YEAR,
    draft,
    inherited,
    read_draft,
    shipped_document,
    shipped_payload,
    whole_table,
)
from tests.rule_samples import rule

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
PLAIN = Facts("990000", YEAR, date(2026, 6, 30))


def reach(rules: DraftRules, path: Path, value: Json) -> FigureReach:
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


def test_days_and_years_of_the_programme_may_concern_everybody() -> None:
    rules = draft(*WHOLE)
    moved = reach(rules, ("programmes", 0, "payment_days", "from"), "2025-01-02")
    assert moved.rules == {}
    assert moved.may_reach(PLAIN, memory(rules))
    assert not moved.reaches(PLAIN, memory(rules))


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


@pytest.mark.parametrize("name", ["wuxi-2026.json", "fuxin-2026.json", "beijing-2026.json"])
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
    # Nearly all were passed over, a few hundred in a slice.
    assert len(list(first_noticing(days[200:], memory(rules), moved))) == 1
