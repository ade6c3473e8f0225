"""No field is left unmarked that another reading of one open rule would change.

The other readings are put into the rules themselves here, one at a time, and
the case is decided with rules that leave nothing open: apart from how the
product looks for its doubts.
"""

from functools import cache

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.decide import Decision
from medcounter.assess.engine import Decided, decide_facts
from medcounter.assess.verdict import RulesIncompleteError
from medcounter.money import show_yuan
from medcounter.rules.inherit import programme_chain, resolve
from medcounter.rules.person import Born
from medcounter.rules.questions import Rule
from tests.resident_samples import Place, places, residents, some_residents
from tests.rule_samples import shipped_book

# Enough to meet every open rule on both its sides, few enough for every run; `full` takes all.
SAMPLED = 90
NOBODY = Born.model_validate({"test": "born", "from": "1800-01-01", "to": "1800-01-01"})


def open_rules(place: Place) -> list[Rule]:
    """The rules of a place whose source can be read otherwise, as inherited."""
    book = shipped_book()
    rules = resolve(programme_chain(book.bundle, *place), place[2]).rules
    return [rule for rule in rules if rule.readings]


def pinned(rule: Rule, reading: int) -> Rule:
    """The rule as one reading has it, with nothing left open."""
    if reading == 0:
        return rule.model_copy(update={"readings": ()})
    other = rule.readings[reading - 1]
    when = rule.when if other.when is None else other.when
    answer = rule.answer if other.answer is None else other.answer
    if not other.stands:
        when = NOBODY
    return rule.model_copy(update={"readings": (), "when": when, "answer": answer})


@cache
def book_of_readings(place: Place, readings: frozenset[tuple[str, int]]) -> RuleBook:
    """The shipped rules with every open rule of a place read in one way."""
    book, wanted = shipped_book(), dict(readings)
    open_ids = {rule.id for rule in open_rules(place)}
    chain = {programme.id for programme in programme_chain(book.bundle, *place)}
    programmes = tuple(
        programme.model_copy(
            update={
                "rules": tuple(
                    pinned(rule, wanted.get(rule.id, 0)) if rule.id in open_ids else rule
                    for rule in programme.rules
                )
            }
        )
        for programme in book.bundle.programmes
        if programme.id in chain
    )
    bundle = book.bundle.model_copy(update={"programmes": programmes, "examples": ()})
    return RuleBook.open(bundle, "", signed=False)


def written(decision: Decision) -> dict[str, str | None]:
    """What a decision says, field by field, as the contract names them."""
    said: dict[str, str | None] = {
        "category": decision.category,
        "exemption": decision.exemption,
        "lapsed_years": str(decision.lapsed),
        "window.kind": decision.window.kind,
        "window.from": str(decision.window.start),
        "window.to": str(decision.window.end),
    }
    for name in ("total", "standard", "aid", "contribution", "repair", "subsidy"):
        fen = getattr(decision.fee, name, None)
        said[f"fee.{name}"] = None if fen is None else show_yuan(fen)
    for name in ("start", "end", "fixed", "variable", "repaired", "total"):
        field = {"start": "from", "end": "to"}.get(name, name)
        said[f"wait.{field}"] = str(getattr(decision.wait, name, None))
    for name, field in (("start", "from"), ("end", "to")):
        said[f"coverage.{field}"] = str(getattr(decision.coverage, name, None))
    return said


def unmarked(known: Facts, place: Place) -> list[str]:
    """Name what another reading of one rule changes, and no doubt names."""
    answer, decided = assess(known, shipped_book()), decide_facts(known, shipped_book())
    if not isinstance(answer, Assessment) or not isinstance(decided, Decided):
        return []
    used = {rule: number for rule, number in decided.readings.items() if number}
    said, marked = written(decided.decision), {doubt.field for doubt in answer.doubts}
    same = decide_facts(known, book_of_readings(place, frozenset(used.items())))
    assert isinstance(same, Decided)
    assert written(same.decision) == said, known
    found = []
    for rule in open_rules(place):
        for reading in range(len(rule.readings) + 1):
            if reading == used.get(rule.id, 0):
                continue
            readings = frozenset({**used, rule.id: reading}.items())
            try:
                other = decide_facts(known, book_of_readings(place, readings))
            except RulesIncompleteError:
                continue
            if isinstance(other, Decided):
                now = written(other.decision)
                changed = [field for field in said if now[field] != said[field]]
                found += [f"{rule.id}/{reading} {field}" for field in set(changed) - marked]
    return found


def every_unmarked(place: Place, people: list[Facts]) -> list[tuple[Facts, list[str]]]:
    found = [(known, unmarked(known, place)) for known in people]
    return [(known, fields) for known, fields in found if fields]


@pytest.mark.parametrize("place", places(), ids=lambda place: "-".join(map(str, place)))
def test_no_field_is_unmarked_that_another_reading_of_one_rule_changes(place: Place) -> None:
    assert every_unmarked(place, some_residents(place, SAMPLED))[:3] == []


@pytest.mark.full
@pytest.mark.parametrize("place", places(), ids=lambda place: "-".join(map(str, place)))
def test_no_field_of_any_resident_is_unmarked_that_another_reading_changes(place: Place) -> None:
    assert every_unmarked(place, list(residents(place)))[:3] == []
