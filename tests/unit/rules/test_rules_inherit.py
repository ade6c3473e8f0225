"""From nation to county: what one place's rules are, all told."""

import pytest

from medcounter.rules.inherit import Resolved, find_programme, lineage, programme_chain, resolve
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    good,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)


def resolved(document: Json, region: str, year: int = 2026) -> Resolved:
    return resolve(programme_chain(read(document), region, "resident", year), year)


def ids(found: Resolved) -> list[str]:
    return [rule.id for rule in found.rules]


@pytest.mark.parametrize(
    ("region", "above"),
    [
        ("361002", ("361002", "361000", "360000", "000000")),
        ("361000", ("361000", "360000", "000000")),
        ("360000", ("360000", "000000")),
        ("000000", ("000000",)),
        ("110101", ("110101", "110100", "110000", "000000")),
        ("659100", ("659100", "650000", "000000")),
    ],
)
def test_a_parent_is_the_code_zeroed_from_the_right(region: str, above: tuple[str, ...]) -> None:
    assert lineage(region) == above


# Source: GB/T 2260 (石河子, 五家渠); the notice of the fifth division is its city Shuanghe's too.
@pytest.mark.parametrize("city", ["659001", "659004", "659007", "659012"])
def test_a_city_of_the_corps_is_below_the_corps(city: str) -> None:
    assert lineage(city) == (city, "660000", "000000")


def test_a_place_without_rules_takes_those_of_the_nearest_place_above() -> None:
    county = resolved(good(), "990102")
    assert (county.place, county.programmes) == ("990100", ("city", "province", "nation"))
    assert resolved(good(), "990200").place == "990000"


def test_a_programme_holds_for_its_years_only() -> None:
    bundle = read(good())
    held = [
        find_programme(bundle, "990100", "resident", year) is not None
        for year in (2025, 2026, 2027)
    ]
    assert held == [False, True, False]
    assert find_programme(bundle, "990100", "flexible", 2026) is None
    assert [part.id for part in programme_chain(bundle, "990100", "resident", 2027)] == [
        "province",
        "nation",
    ]


def test_a_replaced_rule_is_gone_and_another_answers_in_its_place() -> None:
    city = ids(resolved(good(), "990100"))
    assert "standard" not in city
    assert "city-standard" in city


def test_a_dropped_rule_is_gone_where_it_is_dropped() -> None:
    assert "aid-share" in ids(resolved(good(), "990000"))
    assert "aid-share" not in ids(resolved(good(), "990100"))


def chain_of_replacements() -> Json:
    """Nation's wait-start replaced by the province, and that by the city."""
    start = {"anchor": "payment"}
    province = programme(
        [
            window("main", "B-1:10-01", "B-1:12-31"),
            standard("400.00"),
            rule("province-start", "wait-start", start, replaces="wait-start"),
        ]
    )
    city = programme(
        [rule("city-start", "wait-start", start, replaces="province-start")],
        id="city",
        region="990100",
    )
    return bundle_of(nation(), province, city)


def test_an_exception_follows_a_rule_through_two_replacements() -> None:
    city = resolved(chain_of_replacements(), "990100")
    assert [name for name in ids(city) if "start" in name] == [
        "wait-start-in-window",
        "cover-start",
        "cover-start-before-year",
        "city-start",
    ]
    exception = next(rule for rule in city.rules if rule.id == "wait-start-in-window")
    assert city.defeats(exception) == {"city-start"}


def test_a_rule_may_be_replaced_by_the_name_it_had_before() -> None:
    document = chain_of_replacements()
    document["programmes"][2]["rules"][0]["replaces"] = "wait-start"
    city = resolved(document, "990100")
    assert "province-start" not in ids(city)
    exception = next(rule for rule in city.rules if rule.id == "wait-start-in-window")
    assert city.defeats(exception) == {"city-start"}


def test_a_replaced_rule_may_be_dropped_by_either_name() -> None:
    for name in ("wait-start", "province-start"):
        document = chain_of_replacements()
        drop = {"rule": name, "source": "order", "clause": "一", "reason": "本市不用。"}
        document["programmes"][2] |= {"rules": [], "drops": [drop]}
        assert "province-start" not in ids(resolved(document, "990100"))


def test_a_rule_may_keep_the_id_it_replaces() -> None:
    document = chain_of_replacements()
    document["programmes"][1]["rules"][2] |= {"id": "wait-start"}
    document["programmes"][2]["rules"] = []
    city = resolved(document, "990100")
    assert ids(city).count("wait-start") == 1
    assert next(rule for rule in city.rules if rule.id == "wait-start").status == "confirmed"


def test_advice_is_inherited_and_may_be_replaced() -> None:
    codes = [entry.code for entry in resolved(good(), "990100").advice]
    assert codes == ["id-card", "cadre-proof", "city-counter"]
    assert next(entry.code for entry in resolved(good(), "990000").advice) == "counter"


def test_advice_of_the_same_code_takes_the_place_of_the_inherited_one() -> None:
    document = good()
    entry = {
        "kind": "channel",
        "code": "counter",
        "label": "本市窗口",
        "source": "order",
        "clause": "三",
    }
    document["programmes"][2]["advice"] = [entry]
    shown = [
        entry.label for entry in resolved(document, "990100").advice if entry.kind == "channel"
    ]
    assert shown == ["本市窗口"]


def test_questions_and_conflicts_of_all_places_above_are_kept() -> None:
    city = resolved(good(), "990100")
    assert [asked.code for asked in city.asks] == ["employer_pays", "plan"]
    assert [conflict.id for conflict in city.conflicts] == ["other-standard"]


def test_the_days_spoken_of_are_those_of_the_nearest_place() -> None:
    city = resolved(good(), "990100")
    assert (city.first_day.isoformat(), city.last_day.isoformat()) == ("2025-06-01", "2027-06-30")
