"""The guide's made-up county, 2027 to 2028: the nation must reach it, and February has 29 days."""

import json
from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess.facts import Facts
from medcounter.authoring.rolling.occurrences import roll_questions
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_errors import AnswerNotMeantError, RollYearMissingError
from medcounter.authoring.rolling.years_above import refuse_missing_nation
from medcounter.bundle.overlay import laid_over
from medcounter.rules.bundle import ProgrammeHead
from medcounter.strict_json import canonical
from tests.support.authoring.rolling_samples import (
    YUNXI,
    book_with,
    changed_shipped,
    rolled_with,
    rule_of,
    shipped_payload,
    yunxi_document,
)
from tests.support.rules.rule_samples import assessed

HEAD = json.loads((YUNXI / "bundle.json").read_bytes())
ANSWERS = {
    "period-2026-09-01": "0901 1225",
    "period-2027-01-01": "0101 0229",
    "period-2027-12-31": ">",
    "amount-420.00": "450",
    "amount-350.00": "380",
    "amount-700.00": "740",
    "aid-80.00": "=",
    "counted-from-2025": "=",
}


def heads(payload: bytes) -> list[ProgrammeHead]:
    return [ProgrammeHead.written(one) for one in json.loads(payload)["programmes"]]


def test_a_year_that_the_nation_does_not_reach_is_refused_with_who_must_go_on() -> None:
    with pytest.raises(RollYearMissingError) as caught:
        refuse_missing_nation(yunxi_document(), 2031, heads(shipped_payload()))
    assert caught.value.text == (
        "全国规则（居民医保）是 2025 至 2030 年度的，没有 2031 年度，不能沿用到 2031 年度；"
        "请先由编制全国规则的单位续写这个年度。"
    )
    refuse_missing_nation(yunxi_document(), 2030, heads(shipped_payload()))


def test_nothing_at_all_of_the_nation_is_said_so() -> None:
    with pytest.raises(RollYearMissingError, match="不在现行规则里"):
        refuse_missing_nation(yunxi_document(), 2028, [])


def test_the_leap_day_is_asked_and_not_moved_by_itself() -> None:
    questions = {one.key: one for one in roll_questions(yunxi_document())}
    assert sorted(questions) == sorted(ANSWERS)
    with pytest.raises(AnswerNotMeantError, match="2 月 28 日还是二月的最后一天"):
        typed_answer(questions["period-2027-01-01"], ">")


def test_with_the_last_day_of_february_no_day_of_2028_is_closed_between_the_periods() -> None:
    document = replace(yunxi_document(), vocabulary=HEAD["vocabulary"])
    place = rolled_with(document, ANSWERS)
    assert rule_of(place, "extended")["when"] == {
        "test": "paid",
        "from": "2028-01-01",
        "to": "2028-02-29",
    }
    assert rule_of(place, "late")["when"]["from"] == "2028-03-01"
    assert rule_of(place, "ceiling")["answer"]["counted_from"] == 2025
    nation = changed_shipped({"benefit_years": {"from": 2025, "to": 2028}})
    whole = laid_over(json.loads(nation), document.content, document.vocabulary)
    last_year = canonical(whole)
    book = book_with(place, last_year)
    for paid, kind, total in (
        (date(2028, 2, 29), "extended", 45000),
        (date(2028, 3, 1), "late", 45000 + 74000),
    ):
        found = assessed(Facts("990102", 2028, paid, birth_date=date(1990, 5, 1)), book)
        assert found.window.kind == kind
        assert found.fee is not None
        assert found.fee.total == total


def test_the_days_of_the_accepted_warning_moved_with_the_periods() -> None:
    place = rolled_with(yunxi_document(), ANSWERS)
    assert place.document.own["accepted"][0]["where"] == "2027-12-26..2027-12-31"
    assert place.document.own["conflicts"][0]["says"] == "有网页说 2027 年度个人缴 380 元。"
    assert place.document.own["conflicts"][0]["used"] == "按公告的 450 元。"


def test_without_last_years_part_its_place_and_cited_sources_come_along() -> None:
    found = rolled_with(yunxi_document(), ANSWERS, beside=False).document.content
    assert found["regions"] == [{"code": "990102", "name": "云溪县（虚构）"}]
    assert [one["id"] for one in found["sources"]] == ["notice-2027", "yunxi-notice", "yunxi-page"]
