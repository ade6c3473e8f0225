"""No field is left unmarked that another reading of one open rule would change.

The other readings are put into the rules themselves here, one at a time, and
the case is decided with rules that leave nothing open: apart from how the
product looks for its doubts. Lists that a source leaves open are read more
widely here whether or not the rules' author declared it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.decision import Decision
from medcounter.money import show_yuan
from medcounter.rules.bundle import Bundle
from medcounter.rules.conditions import All
from medcounter.rules.inherit import programme_chain, resolve
from medcounter.rules.person_conditions import Born
from medcounter.rules.questions import Rule
from medcounter.rules.vocabulary import EVENTS
from tests.support.rules.resident_samples import Place, places, residents, some_residents
from tests.support.rules.rule_samples import shipped_book

# Enough to meet every open rule on both its sides, few enough for every run; `full` takes all.
# Of each place; the long form asks them all.
SAMPLED = 12
NOBODY = Born.model_validate({"test": "born", "from": "1800-01-01", "to": "1800-01-01"})

# Rules whose source names a group and doesn't list it: what else may be meant.
ANY_EVENT = tuple(term.code for term in EVENTS)
MOVED = (
    "military-discharge",
    "dependant-of-discharged",
    "returned-from-abroad",
    "released-from-prison",
    "graduated",
)
HARD_UP = ("severely-disabled", "out-of-poverty")
LISTS = {
    "fixed-wait-special-groups": ANY_EVENT,
    "fixed-wait-90-days-in-doubt": ANY_EVENT,
    "late-transfer": MOVED,
    "standard-transfer": MOVED,
    "subsidy-transfer": MOVED,
    "hardship-400": HARD_UP,
    "exempt-hardship": HARD_UP,
}
# Its notice spares these groups after the window and is silent on those who lapsed and pay in it.
SILENT_ON_THE_WINDOW = ("360000", "resident", 2026)
OUTSIDE = {
    "test": "any",
    "of": [{"test": "window", "kinds": ["late"]}, {"test": "lapsed", "to": 0}],
}


@cache
def rules_of(place: Place) -> tuple[Rule, ...]:
    """The rules of a place, as inherited."""
    return resolve(programme_chain(shipped_book().bundle, *place), place[2]).rules


def open_rules(place: Place) -> list[Rule]:
    """The rules of a place whose source can be read otherwise."""
    return [rule for rule in rules_of(place) if rule.readings]


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
    wanted = dict(readings)
    return book_with(
        place, {rule.id: pinned(rule, wanted.get(rule.id, 0)) for rule in open_rules(place)}
    )


def book_with(place: Place, others: Mapping[str, Rule]) -> RuleBook:
    """The shipped rules of a place with some of them in another form."""
    book = shipped_book()
    chain = {programme.id for programme in programme_chain(book.bundle, *place)}
    programmes = tuple(
        programme.model_copy(
            update={"rules": tuple(others.get(rule.id, rule) for rule in programme.rules)}
        )
        for programme in book.bundle.programmes
        if programme.id in chain
    )
    # A copy would keep what the shipped bundle has found out about its programmes.
    bundle = Bundle.model_construct(
        **{**dict(book.bundle), "programmes": programmes, "examples": ()}
    )
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


def renamed(part: Any, code: str) -> Any:  # noqa: ANN401 -- a condition as JSON
    """A condition that asks for one code wherever it asks for an event or identity."""
    if isinstance(part, list):
        return [renamed(one, code) for one in part]
    if not isinstance(part, dict):
        return part
    own = {key: renamed(value, code) for key, value in part.items()}
    if own.get("test") == "identity":
        return own | {"any_of": [code]}
    if own.get("test") == "event":
        return own | {"kind": code}
    return own | {"since": code} if own.get("since", "birth") != "birth" else own


def conditioned(rule: Rule, when: object) -> Rule:
    """The rule with another condition, written as JSON, and nothing left open."""
    parsed = All.model_validate({"test": "all", "of": [when]})
    return rule.model_copy(update={"readings": (), "when": parsed})


def written_when(rule: Rule) -> object:
    return (
        None
        if rule.when is None
        else rule.when.model_dump(mode="json", by_alias=True, exclude_none=True)
    )


@cache
def flips(place: Place) -> tuple[tuple[str, str, Rule], ...]:
    """What a place's rules say where a list holds one more: the code, a name, the rule."""
    found: list[tuple[str, str, Rule]] = []
    for rule in rules_of(place):
        when = written_when(rule)
        for code in LISTS.get(rule.id, ()):
            wide = rule.model_copy(update={"readings": (), "grounds": rule.grounds and (code,)})
            wide = wide if when is None else conditioned(wide, renamed(when, code))
            for number in range(len(rule.readings) + 1):
                read = wide.model_copy(update={"answer": rule.answer_in(number)})
                found.append((code, f"{rule.id}+{code}/{number}", read))
        if place == SILENT_ON_THE_WINDOW and rule.id.startswith("exempt-"):
            asked = {"test": "all", "of": [OUTSIDE, *([] if when is None else [when])]}
            found += [
                (code, f"{rule.id} outside", conditioned(rule, asked)) for code in rule.grounds
            ]
    return tuple(found)


@cache
def book_flipped(place: Place, readings: frozenset[tuple[str, int]], name: str) -> RuleBook:
    wanted = dict(readings)
    others = {rule.id: pinned(rule, wanted.get(rule.id, 0)) for rule in open_rules(place)}
    rule = next(rule for _, own, rule in flips(place) if own == name)
    return book_with(place, {**others, rule.id: rule})


def held_codes(known: Facts) -> set[str]:
    return {*known.categories, *(event.kind for event in known.events)}


def unmarked_lists(known: Facts, place: Place) -> list[str]:
    """Name what changes where one list holds what the resident has, and no doubt names."""
    answer, decided = assess(known, shipped_book()), decide_facts(known, shipped_book())
    if not isinstance(answer, Assessment) or not isinstance(decided, Decided):
        return []
    used = frozenset(item for item in decided.readings.items() if item[1])
    said, marked = written(decided.decision), {doubt.field for doubt in answer.doubts}
    found = []
    for code, name, _ in flips(place):
        if code not in held_codes(known):
            continue
        try:
            other = decide_facts(known, book_flipped(place, used, name))
        except RulesIncompleteError:
            continue
        if isinstance(other, Decided):
            now = written(other.decision)
            found += [
                f"{name} {field}"
                for field in said
                if now[field] != said[field] and field not in marked
            ]
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


def flipped_codes(place: Place) -> frozenset[str]:
    """The identities and events that a flipped list of a place may speak of."""
    return frozenset(code for code, _, _ in flips(place))


with_lists = pytest.mark.parametrize(
    "place",
    [place for place in places() if flips(place)],
    ids=lambda place: "-".join(map(str, place)),
)


@with_lists
def test_no_field_is_unmarked_that_one_more_in_an_open_list_changes(place: Place) -> None:
    some = some_residents(place, SAMPLED, flipped_codes(place))
    found = [(known, unmarked_lists(known, place)) for known in some]
    assert [(known, fields) for known, fields in found if fields][:3] == []


@pytest.mark.full
@with_lists
def test_no_field_of_any_resident_is_unmarked_that_one_more_in_a_list_changes(place: Place) -> None:
    people = [known for known in residents(place) if held_codes(known) & flipped_codes(place)]
    found = [(known, unmarked_lists(known, place)) for known in people]
    assert [(known, fields) for known, fields in found if fields][:3] == []
