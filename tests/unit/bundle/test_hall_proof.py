"""Rules of a hall are proven with what they inherit, and with nothing that is not theirs."""

import json
from pathlib import Path
from typing import Any

import pytest

from medcounter.bundle.hall.hall_bundle_errors import HallRulesUnprovenError
from medcounter.bundle.hall.hall_proof import prove_over
from tests.support.desk.hall_samples import changed, shipped, signed

JIANGXI = Path(__file__).parents[2] / "data" / "trials" / "jiangxi-2027.json"


def jiangxi() -> dict[str, Any]:
    part: dict[str, Any] = json.loads(JIANGXI.read_bytes())
    return part


def prove(part: dict[str, Any]) -> None:
    hall = signed(changed(part, vocabulary={}))
    prove_over(shipped(), (hall,), hall)


# The office has Nanchang's flexible scheme for 2026 and Fuzhou's resident scheme, with examples.
def test_a_provinces_new_year_is_proven_though_places_below_have_rules_of_other_kinds() -> None:
    below = [one for one in shipped().bundle.programmes if one.region.startswith("36")]
    assert {one.scheme for one in below} == {"resident", "flexible"}
    prove(jiangxi())


def test_an_example_of_the_halls_own_that_does_not_hold_refuses_its_rules() -> None:
    part = jiangxi()
    part["examples"][1]["expect"]["fee.total"] = "431.00"
    # A clerk knows an example by its resident and day, and a figure by its word.
    said = '“普通居民，参保年度 2025、2026，2026-10-08 缴费”的应缴合计应为 "431.00"'
    with pytest.raises(HallRulesUnprovenError, match=said):
        prove(part)


def test_an_example_for_a_place_below_holds_by_the_provinces_rules() -> None:
    part = jiangxi()
    below = {**part["examples"][1], "id": "by-hand-fuzhou"}
    below["facts"] = {**below["facts"], "region": "361000"}
    prove({**part, "examples": [*part["examples"], below]})
    wrong = {**below, "expect": {**below["expect"], "fee.total": "431.00"}}
    with pytest.raises(HallRulesUnprovenError, match=r"普通居民.*431\.00"):
        prove({**part, "examples": [*part["examples"], wrong]})
