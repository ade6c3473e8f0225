"""A place's part stands in the bundle in place of what the bundle says of that place."""

import json
from pathlib import Path
from typing import Any

import pytest

from medcounter.bundle.overlay import (
    AddedCodeClashError,
    IdTakenError,
    PlaceNameClashError,
    SourceClashError,
    YearsClashError,
    laid_over,
    narrowed,
)
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = json.loads((ROOT / "resources" / "bundle.json").read_bytes())
NONE: dict[str, Any] = {}


Part = dict[str, Any]


def part(name: str) -> Part:
    return dict(json.loads((ROOT / "resources" / "bundles" / f"{name}.json").read_bytes()))


def sorted_lists(document: Part) -> Part:
    return document | {
        key: sorted(document[key], key=lambda one: one.get("id") or one["code"])
        for key in ("regions", "sources", "programmes", "examples")
    }


def over(changed: Part, vocabulary: Part = NONE) -> dict[str, Any]:
    return laid_over(SHIPPED, changed, vocabulary)


def test_a_shipped_part_laid_over_the_shipped_bundle_changes_nothing_in_it() -> None:
    assert sorted_lists(laid_over(SHIPPED, part("guangxi-2025"), {})) == sorted_lists(SHIPPED)


def test_a_part_takes_the_place_of_what_the_bundle_says_of_the_same_place_and_year() -> None:
    own = part("wuxi-2026")
    own["programmes"][0]["id"] = "our-wuxi"
    own_source = next(one for one in own["sources"] if one["id"] == "wuxi-2026")
    own_source["title"] = "另一份公告"
    own["examples"] = own["examples"][:1]
    whole = over(own)
    ids = {one["id"] for one in whole["programmes"]}
    assert "our-wuxi" in ids
    assert "wuxi-2026" not in ids
    assert [one for one in whole["examples"] if one["facts"]["region"] == "320200"] == [
        own["examples"][0]
    ]
    assert "另一份公告" in {one["title"] for one in whole["sources"]}
    read_bundle(canonical(whole))


def test_a_place_that_the_bundle_does_not_know_is_added_with_its_own_codes() -> None:
    own = json.loads(
        json.dumps(part("guangxi-2025")).replace("450000", "990102").replace("guangxi", "yunxi")
    )
    for number, example in enumerate(own["examples"]):
        example["id"] = f"yx-{number}"
    whole = over(own, {"events": [{"code": "resettled", "label": "搬迁安置"}]})
    bundle = read_bundle(canonical(whole))
    assert bundle.programme_at("990102", "resident", 2025) is not None
    assert bundle.programme_at("450000", "resident", 2025) is not None
    assert "resettled" in {one.code for one in bundle.vocabulary.events}


def test_years_that_are_only_partly_those_of_the_bundle_are_refused_with_both() -> None:
    own = part("guangxi-2025")
    own["programmes"][0]["benefit_years"] = {"from": 2024, "to": 2025}
    with pytest.raises(YearsClashError, match="2025 至 2025 年度的规则，这里写的是 2024 至 2025"):
        laid_over(SHIPPED, own, {})


def test_a_source_that_other_rules_rest_on_cannot_be_told_otherwise() -> None:
    own = part("guangxi-2025")
    own["sources"].append({**part("national")["sources"][0], "grade": "C"})
    with pytest.raises(SourceClashError, match="guoban-2024-38"):
        laid_over(SHIPPED, own, {})


def test_another_place_cannot_be_named_otherwise() -> None:
    own = part("guangxi-2025")
    own["regions"].append({"code": "360000", "name": "江西"})
    with pytest.raises(PlaceNameClashError, match="360000"):
        laid_over(SHIPPED, own, {})


def test_a_code_of_the_bundle_cannot_be_given_another_meaning() -> None:
    clash = {"identities": [{"code": "border-resident", "label": "边境居民", "hint": ""}]}
    with pytest.raises(AddedCodeClashError, match="边民"):
        laid_over(SHIPPED, part("guangxi-2025"), clash)


def test_examples_of_a_year_that_stays_stay_with_it() -> None:
    kept = {one["id"] for one in over(part("guangxi-2025"))["examples"]}
    assert {one["id"] for one in part("guangxi-2026")["examples"]} <= kept


@pytest.mark.parametrize("kind", ["programmes", "examples"])
def test_an_id_of_another_place_is_taken(kind: str) -> None:
    own = part("guangxi-2025")
    own[kind][0]["id"] = part("jiangxi-2026")[kind][0]["id"]
    with pytest.raises(IdTakenError):
        laid_over(SHIPPED, own, {})


def test_a_part_that_is_only_begun_is_laid_over_as_it_is() -> None:
    begun = {"programmes": [{"rules": []}], "examples": [{}], "sources": [{}], "regions": [{}]}
    assert over(begun)["programmes"][-1] == {"rules": []}


def test_narrowed_to_a_place_only_what_it_inherits_is_left() -> None:
    left = narrowed(SHIPPED, "450100", "resident")
    assert {one["region"] for one in left["programmes"]} == {"000000", "450000", "450100"}
    assert {one["code"] for one in left["regions"]} == {"000000", "450000", "450100"}
    read_bundle(canonical(left))
