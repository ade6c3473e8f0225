"""What a place would lose because a place above has no new year goes into its own draft."""

import json

from medcounter.authoring.rolling.rules_above import joined, with_rules_above
from medcounter.authoring.rolling.years_above import missing_above, missing_sentence
from medcounter.rules.bundle import ProgrammeHead
from tests.support.authoring.rolling_samples import last_year, shipped_document, shipped_payload
from tests.support.rules.rule_samples import PROVINCE, Json, rule, standard, window

BASE = json.loads(shipped_payload())
HEADS = [ProgrammeHead.written(one) for one in BASE["programmes"]]
REMARK = {"code": "told", "level": "info"}


def above(*rules: Json, **more: object) -> Json:
    programme: Json = {**last_year(*rules, **more).own, "region": PROVINCE}
    return programme


def ids(programme: Json) -> list[str]:
    return [one["id"] for one in programme["rules"]]


def test_a_province_without_the_new_year_is_named() -> None:
    chengdu = shipped_document("chengdu-2026.json")
    (missing,) = missing_above(chengdu, 2027, HEADS)
    assert (missing.region, missing.last_year) == ("510000", 2026)
    assert missing_sentence(missing, "四川省", 2027).startswith(
        "上级四川省有 2026 年度的规则，没有 2027 年度的"
    )


def test_a_province_itself_misses_nothing() -> None:
    assert missing_above(shipped_document("sichuan-2026.json"), 2027, HEADS) == ()
    document = shipped_document("sichuan-2026.json")
    assert with_rules_above(document, BASE, 2027) is document


def test_a_citys_draft_takes_its_provinces_rules_along() -> None:
    chengdu = with_rules_above(shipped_document("chengdu-2026.json"), BASE, 2027)
    province = next(one for one in BASE["programmes"] if one["id"] == "sichuan-2026")
    inherited = {one["id"] for one in province["rules"]}
    own = {one["id"] for one in chengdu.own["rules"]}
    assert own & inherited
    assert not {one.get("replaces") for one in chengdu.own["rules"]} & inherited


def test_a_rule_in_the_place_of_the_provinces_stands_where_that_stood() -> None:
    province = above(rule("wait-60", "fixed-wait", {"length": 60}, replaces="fixed-wait"))
    city = above(rule("wait-90", "fixed-wait", {"length": 90}, replaces="wait-60"))
    assert joined(city, province)["rules"] == [{**city["rules"][0], "replaces": "fixed-wait"}]


def test_a_rule_in_place_of_one_the_province_wrote_itself_replaces_nothing_any_more() -> None:
    city = above({**standard("420.00"), "id": "city", "replaces": "standard"})
    (found,) = joined(city, above(standard("400.00")))["rules"]
    assert found["id"] == "city"
    assert "replaces" not in found


def test_what_named_the_nations_rule_meant_the_provinces_in_its_place() -> None:
    province = above(rule("wait-60", "fixed-wait", {"length": 60}, replaces="fixed-wait"))
    city = above(rule("wait-90", "fixed-wait", {"length": 90}, replaces="fixed-wait"))
    assert ids(joined(city, province)) == ["wait-90"]


def test_exceptions_to_a_displaced_rule_point_at_the_one_in_its_place() -> None:
    late = {**standard("1100.00"), "id": "late-fee", "exception_to": ["standard"]}
    city = above({**standard("420.00"), "id": "city", "replaces": "standard"})
    assert joined(city, above(standard("400.00"), late))["rules"][0]["exception_to"] == ["city"]


def test_a_condition_that_names_a_displaced_window_names_the_new_one() -> None:
    named = {"test": "window", "rules": ["main"]}
    told = rule("told", "remark", REMARK, when=named)
    city = above({**window("main", "2025-10-15", "2026-02-28"), "id": "mine", "replaces": "main"})
    found = joined(city, above(window("main", "2025-09-01", "2026-02-28"), told))["rules"]
    assert found[0]["when"]["rules"] == ["mine"]


def test_what_does_not_hold_here_stays_away() -> None:
    drop = {"rule": "extra", "source": "order", "clause": "一", "reason": "没有。"}
    late = {**standard("1100.00"), "id": "late-fee", "exception_to": ["extra"]}
    extra = {**standard("400.00"), "id": "extra"}
    found = joined(above(drops=[drop]), above(extra, late))
    assert ids(found) == ["late-fee"]
    assert "exception_to" not in found["rules"][0]
    assert "drops" not in found


def test_what_does_not_hold_here_and_stood_in_the_nations_place_drops_the_nations() -> None:
    drop = {"rule": "wait-60", "source": "order", "clause": "一", "reason": "没有。"}
    province = above(rule("wait-60", "fixed-wait", {"length": 60}, replaces="fixed-wait"))
    assert joined(above(drops=[drop]), province)["drops"] == [{**drop, "rule": "fixed-wait"}]
    nation = {**drop, "rule": "fixed-wait"}
    found = joined(above(drops=[nation]), province)
    assert (found["drops"], found["rules"]) == ([nation], [])


def test_advice_answers_to_warnings_and_other_pages_come_along_once() -> None:
    hall = {"kind": "channel", "code": "hall", "label": "大厅", "source": "order", "clause": "一"}
    page = {
        "id": "page",
        "about": "extra",
        "says": "x",
        "used": "y",
        "source": "order",
        "clause": "一",
    }
    accepted = {"warning": "other-figure", "where": "extra", "reason": "说明。"}
    province = above(
        {**standard("400.00"), "id": "extra"},
        advice=[hall, {**hall, "code": "phone"}],
        conflicts=[page],
        accepted=[accepted, {**accepted, "where": "2026-02-26..2026-02-28"}],
        asks=[{"code": "tier"}],
    )
    mine = {**hall, "code": "city-hall", "replaces": "hall"}
    city = above(advice=[mine], asks=[{"code": "tier", "choices": []}])
    found = joined(city, province)
    assert [one["code"] for one in found["advice"]] == ["phone", "city-hall"]
    assert "replaces" not in found["advice"][1]
    assert found["conflicts"] == [page]
    assert found["accepted"] == [accepted]
    assert found["asks"] == [{"code": "tier", "choices": []}]
