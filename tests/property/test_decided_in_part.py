"""What is left out of a decision because it cannot matter changes nothing.

Rules that nobody can meet on a day, the fee on days beside a decided one and in other
readings about cover: each shortcut against deciding everything anew. The quick half takes a
few residents of some places; the full one more of every place.
"""

from dataclasses import replace

import pytest

from medcounter.assess.assessing import Decided, OtherDays, decide_facts
from medcounter.assess.engine.ask_rules import MissingFactsError, RulesIncompleteError
from medcounter.assess.engine.case_building import make_case
from medcounter.assess.engine.decision import Decision, decide
from medcounter.assess.explain.hints import find_hints
from tests.support.rules.resident_samples import Place, places, some_residents
from tests.support.rules.rule_samples import shipped_book

# Some places, the same on every run, and how many residents of each; the long form's below.
PLACES = places()[::19]
FEW, MANY = 9, 99


def decided_of(place: Place, number: int) -> list[Decided]:
    found = (decide_facts(facts, shipped_book()) for facts in some_residents(place, number))
    decided = [one for one in found if isinstance(one, Decided)]
    assert decided, place
    return decided


def in_full(decided: Decided, readings: dict[str, int]) -> Decision | str:
    """Decide by all rules, none left out, in these readings; or say what is lacking."""
    compiled = decided.compiled
    everything = replace(compiled, whole=compiled)
    case = make_case(decided.facts, compiled)
    try:
        return decide(everything, case, decided.order, readings)
    except (MissingFactsError, RulesIncompleteError) as err:
        return str(err)


def again(decided: Decided, readings: dict[str, int]) -> Decision | str:
    """Decide in these readings with what is known already."""
    try:
        return decided.as_read.decide(readings)
    except (MissingFactsError, RulesIncompleteError) as err:
        return str(err)


def compare_stretch(one: Decided) -> int:
    """What is kept of a stretch of days against the whole programme; how many were compared."""
    assert again(one, {}) == in_full(one, {})
    return 1


def compare_readings(one: Decided) -> int:
    """Every other reading of the rules used against deciding from the start; how many."""
    compared = 0
    for verdict in one.as_read.decide({}).verdicts:
        for number in range(1, len(verdict.rule.readings) + 1):
            readings = {verdict.rule.id: number}
            assert again(one, readings) == in_full(one, readings)
            compared += 1
    return compared


def compare_days_beside(one: Decided) -> int:
    """The days beside it, and the hints from them, against each day decided by itself; how many."""
    turns = one.compiled.turns.of_case(one.decision.case)
    beside = OtherDays(one)
    assert find_hints(one.decision, turns, beside.on) == find_hints(one.decision, turns, one.on_day)
    for turn in turns:
        assert beside.on(turn) == one.on_day(turn)
    return len(turns)


@pytest.mark.parametrize("place", PLACES)
def test_a_stretch_of_days_answers_as_the_whole_programme(place: Place) -> None:
    assert sum(map(compare_stretch, decided_of(place, FEW))) > 0


@pytest.mark.parametrize("place", PLACES)
def test_another_reading_is_decided_as_if_from_the_start(place: Place) -> None:
    assert sum(map(compare_readings, decided_of(place, FEW))) > 0


@pytest.mark.parametrize("place", PLACES)
def test_hints_are_those_of_days_decided_one_by_one(place: Place) -> None:
    assert sum(map(compare_days_beside, decided_of(place, FEW))) > 0


@pytest.mark.full
@pytest.mark.parametrize("place", places())
def test_every_shortcut_answers_as_deciding_anew_in_every_place(place: Place) -> None:
    decided = decided_of(place, MANY)
    assert sum(map(compare_stretch, decided)) > 0
    assert sum(map(compare_days_beside, decided)) > 0
    # Some places have no other reading.
    sum(map(compare_readings, decided))
