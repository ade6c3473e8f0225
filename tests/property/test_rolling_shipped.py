"""Every shipped programme rolled a year on: no old year left unseen, and the rules proven."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from medcounter.assess.prove.proof import prove
from medcounter.authoring.document.document_path import leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.carrying import RolledPlace, unconfirmed
from medcounter.authoring.rolling.occurrences import RollFindings, roll_findings
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_records import (
    AskedKind,
    RollAnswer,
    RollOffer,
    RollQuestion,
)
from medcounter.authoring.rolling.rolling import release_obstacles, rolled
from medcounter.authoring.rolling.rules_above import with_rules_above
from medcounter.bundle.overlay import laid_over, narrowed
from medcounter.json_path import JsonPath
from medcounter.places.place_code import NATION
from medcounter.rules.inherit import lineage
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.support.authoring.rolling_samples import NEW_SOURCE, shipped_payload
from tests.support.rules.rule_samples import SHIPPED

BASE = json.loads(shipped_payload())
PARTS = [
    (path.name, number)
    for path in sorted(SHIPPED.glob("*.json"))
    if path.name != "bundle.json"
    for number in range(len(json.loads(path.read_bytes())["programmes"]))
]
COVERED = {
    (one["region"], one["scheme"], year)
    for one in BASE["programmes"]
    for year in range(one["benefit_years"]["from"], one["benefit_years"]["to"] + 1)
}
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# In 2027 somebody may first be lapsed for two years, so that the variable wait counts: what
# unit it has there last year's notice did not need to say.
NEW_IN_2027 = "单位不同"
MANY_QUESTIONS = 15


def opened(name: str, number: int) -> PlaceDocument:
    return PlaceDocument.opened((SHIPPED / name).read_bytes(), number)


def usual(question: RollQuestion, year: int) -> RollAnswer:
    """Periods and days of last year a year later, all else as it was."""
    text = "="
    if question.kind is AskedKind.PERIOD or any(part.leap for part in question.parts):
        text = " ".join(str(part.shifted) for part in question.parts)
    elif question.kind is AskedKind.DAY and question.parts[0].old > f"{year - 1}-01-01":
        text = str(question.parts[0].shifted)
    if question.kind is AskedKind.LEAP_DAY:
        text = ">"
    return typed_answer(question, text)


def rolled_usually(document: PlaceDocument) -> tuple[RollFindings, RolledPlace]:
    found = roll_findings(document)
    answers = {one.key: usual(one, found.year) for one in found.questions}
    return found, rolled(document, answers, NEW_SOURCE)


@pytest.mark.parametrize(("name", "number"), PARTS)
def test_no_old_year_is_left_that_was_not_asked_or_kept_with_a_reason(
    name: str, number: int
) -> None:
    document = opened(name, number)
    found, place = rolled_usually(document)
    seen: dict[JsonPath, list[str]] = {}
    for one in found.occurrences:
        seen.setdefault(one.path, []).extend(YEAR.findall(one.old))
    for path, value in leaves(document.own, document.base).items():
        years = [] if path[-1] in {"region", "value", "is"} else YEAR.findall(str(value))
        assert not Counter(years) - Counter(seen.get(path, [])), (path, value)
    assert all(one.why for one in found.occurrences)
    assert release_obstacles(place.roll) == ()
    assert len(found.questions) <= MANY_QUESTIONS


@pytest.mark.parametrize(("name", "number"), PARTS)
def test_with_no_answer_nothing_that_is_asked_has_moved(name: str, number: int) -> None:
    document = opened(name, number)
    found = roll_findings(document)
    place = rolled(document, {}, NEW_SOURCE)
    assert len(place.roll.open) == len(found.questions)
    for one in found.occurrences:
        if one.offer is RollOffer.ASK and one.span is None:
            path = ("programmes", 0, *one.path[2:])
            assert str(place.document.at(path)) == one.old
    carried = {one.path for one in unconfirmed(*place)}
    for kind in ("rules", "advice"):
        for place_in, record in enumerate(place.document.own.get(kind, ())):
            assert record.get("status") in {"assumed", "unsettled"}
            assert ("programmes", 0, kind, place_in) in carried


def provable() -> Iterator[tuple[str, int]]:
    """Programmes whose next year nobody of their places has rules for, but the nation."""
    for name, number in PARTS:
        own = opened(name, number).own
        year = own["benefit_years"]["to"] + 1
        places = [code for code in lineage(own["region"]) if code != NATION]
        free = not any((code, own["scheme"], year) in COVERED for code in places)
        if own["region"] != NATION and free and (NATION, own["scheme"], year) in COVERED:
            yield name, number


@pytest.mark.parametrize(("name", "number"), list(provable()))
def test_with_every_answer_given_the_place_is_read_and_proven(name: str, number: int) -> None:
    own = opened(name, number).own
    year = own["benefit_years"]["to"] + 1
    document = with_rules_above(opened(name, number), BASE, year)
    _, place = rolled_usually(document)
    there = narrowed(BASE, own["region"], own["scheme"])
    part = laid_over(there, place.document.content, {})
    part["programmes"] = [
        one
        for one in part["programmes"]
        if one["benefit_years"]["to"] == year or one["region"] == NATION
    ]
    faults = [one.text for one in prove(read_bundle(canonical(part)))]
    assert [one for one in faults if "没有一个算例" not in one and NEW_IN_2027 not in one] == []
