"""Where rules are missing: what the nation's mechanism says, and that none of it is a notice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, Option, Problem, RuleBook
from medcounter.assess.contract import assessment_json
from medcounter.assess.mechanism import assess_or_mechanism, covered_words
from medcounter.notice.content.composing import RulesMissingError, compose
from medcounter.notice.content.notice import Issue, Office, Party
from medcounter.places.place_table import full_name, national_places
from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.inherit import lineage
from medcounter.rules.load import join_parts, read_bundle
from tests.oracle.calendar import ONE_DAY, day_before_same_day
from tests.support.desk.counter_samples import OPENED_AT
from tests.support.rules.rule_samples import SHIPPED, shipped_book

# The last place of the table that no page speaks of: its rules can hardly ship.
PLACE, NAME = "810000", "香港特别行政区"
YEAR = 2027
# Rule book, "The national mechanism" 1, 2, 4 and 5.
FIXED, FREE_YEARS, FLOOR, LONG = 3, 1, 6, 4
SEASON_ENDS = (2, 28)
FAR_YEAR = 2034


def answer(facts: Facts, book: RuleBook | None = None) -> Assessment:
    found = assess_or_mechanism(facts, book or shipped_book())
    assert isinstance(found, Assessment), found
    return found


def of_the_nation(change: Callable[[Any], None]) -> bytes:
    """The nation's rules as they ship, changed, with nothing beside them."""
    parts = {name: (SHIPPED / name).read_bytes() for name in ("bundle.json", "national.json")}
    document: dict[str, Any] = json.loads(parts["national.json"])
    change(document["programmes"][0])
    parts["national.json"] = json.dumps(document).encode()
    return join_parts(parts)


def far_book(*, other_readings: bool = True) -> RuleBook:
    """The nation's rules as they ship, for a year late enough to have lapsed nine times."""

    def change(programme: Any) -> None:  # noqa: ANN401 - JSON
        programme["benefit_years"]["to"] = FAR_YEAR
        for rule in () if other_readings else programme["where_missing"]:
            rule.pop("readings", None)

    bundle = read_bundle(of_the_nation(change))
    return RuleBook.open(bundle, "", signed=False, place_name=full_name)


def helpful(lapsed: int) -> int:
    """How many repair years shorten the wait, as the rule book says it."""
    left = FIXED if lapsed >= LONG else 0
    return max(0, lapsed - FREE_YEARS - left)


def expected(paid: date, lapsed: int, repair: int) -> tuple[date, date, int] | None:
    """First and last day of the wait, and its months."""
    outside = paid > date(FAR_YEAR, *SEASON_ENDS)
    if not outside and not lapsed:
        return None
    months = FIXED + max(0, lapsed - FREE_YEARS) - min(repair, helpful(lapsed))
    # A wait that begins inside the window begins on 1 January or on the day of payment: that is
    # unsettled, and the later cover is told.
    start = paid if outside else max(paid, date(FAR_YEAR, 1, 1))
    return start, day_before_same_day(start, months), months


def test_the_waits_are_those_of_the_rule_book_for_every_lapse_and_repair() -> None:
    book, wrong = far_book(), []
    days = [date(FAR_YEAR - 1, 9, 1), date(FAR_YEAR, 2, 28), date(FAR_YEAR, 3, 1)]
    days += [date(FAR_YEAR, 7, 15), date(FAR_YEAR, 11, 30)]
    for paid in days:
        for lapsed in range(9):
            for repair in range(lapsed + 1):
                insured = (FAR_YEAR - 1 - lapsed,)
                facts = Facts(PLACE, FAR_YEAR, paid, insured_years=insured, repair_years=repair)
                found = answer(facts, book)
                wait, cover = found.wait, found.coverage
                told = wait and (wait.start, wait.end, wait.total)
                wanted = expected(paid, lapsed, repair)
                first = None if wanted is None else wanted[1] + ONE_DAY
                covered = cover.start if cover else None
                late = first is not None and first > date(FAR_YEAR, 12, 31)
                if told != wanted or (first and covered != (None if late else first)):
                    wrong.append((paid, lapsed, repair, told, covered))
                assert found.lapsed_years == lapsed
    assert wrong == []


def test_continuous_in_the_usual_season_there_is_no_wait_and_the_other_reading_is_told() -> None:
    found = answer(Facts(PLACE, YEAR, date(2026, 11, 29)))
    assert found.wait is None
    assert found.coverage is not None
    assert found.coverage.start == date(YEAR, 1, 1)
    says = next(remark.text for remark in found.remarks if remark.code == "mechanism")
    assert "3 个月" in says


def test_a_season_that_is_not_in_doubt_says_nothing_of_a_payment_outside_it() -> None:
    facts = Facts(PLACE, FAR_YEAR, date(FAR_YEAR - 1, 11, 29))
    told = [
        next(one.text for one in answer(facts, book).remarks if one.code == "mechanism")
        for book in (far_book(), far_book(other_readings=False))
    ]
    assert ["征缴期外" in text for text in told] == [True, False]


def test_a_day_of_which_the_nation_says_nothing_is_refused_with_the_days_of_which_it_does() -> None:
    found = assess_or_mechanism(Facts(PLACE, YEAR, date(2020, 1, 1)), shipped_book())
    assert isinstance(found, tuple)
    (problem,) = found
    assert (problem.field, problem.code) == ("payment_date", "rules-not-covered")
    assert "2020-01-01" in problem.text


def test_a_newborn_does_not_wait_and_the_sentence_says_so() -> None:
    found = answer(Facts(PLACE, YEAR, date(2027, 3, 10), birth_date=date(2027, 3, 1)))
    assert found.wait is None
    says = next(remark.text for remark in found.remarks if remark.code == "mechanism")
    assert "新生儿不设等待期" in says


def test_of_flexible_payers_the_nation_says_nothing_and_the_sentence_says_that() -> None:
    found = answer(Facts(PLACE, YEAR, date(2026, 11, 29), scheme="flexible"))
    says = next(remark.text for remark in found.remarks if remark.code == "mechanism")
    assert "没有国家统一规定" in says


def test_what_a_clerk_left_out_is_asked_and_not_answered_by_the_nation() -> None:
    # Chengdu: the tier decides the fee.
    found = assess_or_mechanism(Facts("510100", 2026, date(2026, 2, 10)), shipped_book())
    assert isinstance(found, tuple)
    assert [problem.code for problem in found] == ["missing"]


def test_a_place_with_rules_of_the_other_scheme_alone_says_which() -> None:
    facts = Facts("110000", YEAR, date(2026, 11, 29), scheme="flexible")
    assert covered_words(facts, shipped_book()) == "只收录了城乡居民医保"


def test_a_rule_for_where_others_are_missing_has_a_code_of_its_own() -> None:
    def change(programme: Any) -> None:  # noqa: ANN401 - JSON
        programme["where_missing"][0]["id"] = programme["rules"][0]["id"]

    with pytest.raises(BundleUnreadableError, match="已经是另一条规则的代码"):
        read_bundle(of_the_nation(change))


def test_fee_and_window_stay_open_and_nothing_is_payable() -> None:
    found = assessment_json(answer(Facts(PLACE, YEAR, date(2026, 11, 29))))
    assert found["payable"] is None
    assert found["fee"] is None
    window = {key: found["window"][key] for key in ("kind", "from", "to")}
    assert window == {"kind": "unknown", "from": None, "to": None}
    assert found["next_window"] is None
    assert found["rules_of"] is None


def test_the_first_remark_is_a_warning_that_names_place_and_year() -> None:
    first = answer(Facts(PLACE, YEAR, date(2026, 11, 29))).remarks[0]
    assert (first.code, first.level) == ("rules-missing", "warning")
    assert NAME in first.text
    assert f"{YEAR} 年度" in first.text
    assert "不能出单" in first.text


def test_a_place_with_other_years_is_told_which() -> None:
    covered = shipped_book().covered("360000")
    years = sorted(one.benefit_year for one in covered if one.scheme == "resident")
    missing = next(year for year in (2027, 2026, 2025) if year not in years)
    first = answer(Facts("360000", missing, date(missing - 1, 11, 29))).remarks[0]
    assert all(str(year) in first.text for year in years)


def test_every_field_is_in_doubt() -> None:
    lapsed = Facts(PLACE, YEAR, date(2027, 3, 29), insured_years=(2024,))
    for facts in (lapsed, Facts(PLACE, YEAR, date(2026, 11, 29))):
        found = answer(facts)
        written = assessment_json(found)
        doubted = {doubt.field.partition(".")[0] for doubt in found.doubts}
        said = {"region", "scheme", "benefit_year", "remarks", "doubts", "steps", "stamp"}
        said |= {"hints", "advice", "sources", "facts", "rules_of"}
        assert written.keys() - said == doubted
        inside = {doubt.field for doubt in found.doubts}
        for part in ("wait", "coverage"):
            keys = set(written[part] or ()) - {"unit", "days"}
            assert {f"{part}.{key}" for key in keys} <= inside
            assert written[part] or part in inside


def test_a_newborn_has_no_wait() -> None:
    found = answer(Facts(PLACE, YEAR, date(2027, 4, 20), birth_date=date(2027, 3, 20)))
    assert (found.exemption, found.wait) == ("newborn", None)
    assert found.coverage is not None
    assert found.coverage.start == date(2027, 3, 20)


def test_useful_repair_is_told() -> None:
    found = answer(Facts(PLACE, YEAR, date(2026, 11, 29), insured_years=(2024,)))
    assert "repair-helps" in {remark.code for remark in found.remarks}


def test_a_code_that_is_no_place_is_refused() -> None:
    found = assess_or_mechanism(Facts("880000", YEAR, date(2026, 11, 29)), shipped_book())
    assert isinstance(found, tuple)
    assert [(problem.field, problem.code) for problem in found] == [("region", "unknown-code")]


def test_a_year_the_mechanism_does_not_reach_is_not_covered() -> None:
    found = assess_or_mechanism(Facts(PLACE, 2024, date(2024, 1, 5)), shipped_book())
    assert isinstance(found, tuple)
    assert found[0].code == "rules-not-covered"


def test_a_place_with_rules_is_answered_by_them() -> None:
    found = answer(Facts("360000", 2025, date(2025, 3, 5)))
    assert found.payable
    assert found.fee is not None


def test_a_closed_day_of_a_place_with_rules_stays_a_closed_day() -> None:
    found = answer(Facts("360000", 2025, date(2024, 8, 1)))
    assert found.payable is False


def test_no_notice_can_be_composed_of_it() -> None:
    facts = Facts(PLACE, YEAR, date(2026, 11, 29))
    found = answer(facts)
    office, issue = Office("大厅", "01", "王丽"), Issue(OPENED_AT, "2026-01-000001")
    paid = assess_or_mechanism(Facts("360000", 2025, date(2025, 3, 5)), shipped_book())
    assert isinstance(paid, Assessment)
    for forged in (found, replace(found, fee=paid.fee)):
        choice = Option("pay-now", "现在缴费", facts, forged, 0, 0)
        with pytest.raises(RulesMissingError):
            compose(choice, (choice,), Party("张三"), office, issue)


@pytest.mark.parametrize(("region", "whose"), [("360100", "江西省"), ("361002", "江西省抚州市")])
def test_a_place_without_rules_of_its_own_says_whose_are_used(region: str, whose: str) -> None:
    found = answer(Facts(region, 2025, date(2025, 3, 5)))
    assert found.rules_of is not None
    assert found.rules_of.name == whose
    said = [remark.text for remark in found.remarks if remark.code == "rules-inherited"]
    assert len(said) == 1
    assert f"按{whose}的规定" in said[0]


def test_a_place_with_rules_of_its_own_says_nothing_of_others() -> None:
    found = answer(Facts("360000", 2025, date(2025, 3, 5)))
    assert found.rules_of is not None
    assert found.rules_of.code == "360000"
    assert "rules-inherited" not in {remark.code for remark in found.remarks}


def test_the_districts_of_guangzhou_are_all_below_the_city() -> None:
    districts = [
        place.code
        for place in national_places().values()
        if place.code.startswith("4401") and place.code != "440100" and not place.is_group
    ]
    assert len(districts) == 11
    assert {lineage(code)[1] for code in districts} == {"440100"}


def test_each_city_of_the_corps_answers_as_the_corps() -> None:
    cities = [
        place.code
        for place in national_places().values()
        if place.code.startswith("6590") and not place.is_group
    ]
    assert len(cities) == 12
    whole = answer(Facts("660000", 2026, date(2025, 10, 20)))
    for code in cities:
        one = answer(Facts(code, 2026, date(2025, 10, 20)))
        assert (one.window, one.fee, one.wait, one.coverage) == (
            whole.window,
            whole.fee,
            whole.wait,
            whole.coverage,
        )
        assert one.rules_of is not None
        assert one.rules_of.code == "660000"


def test_the_districts_of_one_city_answer_as_the_city() -> None:
    city, districts = "361000", ("361002", "361003", "361021", "361030")
    book = shipped_book()
    whole = assess_or_mechanism(Facts(city, 2025, date(2025, 3, 5)), book)
    assert isinstance(whole, Assessment)
    for code in districts:
        one = assess_or_mechanism(Facts(code, 2025, date(2025, 3, 5)), book)
        assert isinstance(one, Assessment)
        assert (one.window, one.fee, one.wait, one.coverage) == (
            whole.window,
            whole.fee,
            whole.wait,
            whole.coverage,
        )
        assert one.doubts == whole.doubts


def test_a_problem_that_rules_would_not_mend_stays() -> None:
    facts = Facts(PLACE, YEAR, date(2026, 11, 29), insured_years=(2026,), repair_years=3)
    found = assess_or_mechanism(facts, shipped_book())
    assert isinstance(found, tuple)
    assert isinstance(found[0], Problem)
    assert found[0].field == "repair_years"


@pytest.mark.parametrize(("repaired", "begins"), [(0, date(2027, 5, 1)), (1, date(2027, 4, 1))])
def test_yunnan_says_when_who_lapsed_two_years_is_covered_in_2027(
    repaired: int, begins: date
) -> None:
    # Longling, 2025-06-20: unpaid in 2025 and 2026, paid in the window of 2027, from 1 May;
    # a repaired year takes one month off.
    known = Facts("530523", 2027, date(2026, 11, 20), insured_years=(2024,), repair_years=repaired)
    found = answer(known)
    assert found.payable is None
    assert found.wait is not None
    assert found.wait.start == date(2027, 1, 1)
    assert found.coverage is not None
    assert found.coverage.start == begins


@pytest.mark.parametrize("year", [2028, 2029, 2030])
def test_a_year_to_come_is_answered_by_the_nation_which_set_no_end(year: int) -> None:
    found = answer(Facts(PLACE, year, date(year - 1, 10, 20)))
    assert found.payable is None
    assert found.coverage is not None
    assert found.coverage.start == date(year, 1, 1)
    missing = next(one.text for one in found.remarks if one.code == "rules-missing")
    assert f"{year} 年度" in missing


# Source: the nation's opinion of 2024 counts from benefit year 2025 on.
@pytest.mark.parametrize("year", [2023, 2024, 2031])
def test_a_year_of_which_even_the_nation_is_unknown_says_which_years_are(year: int) -> None:
    found = assess_or_mechanism(Facts(PLACE, year, date(year - 1, 10, 20)), shipped_book())
    assert isinstance(found, tuple)
    [problem] = found
    assert problem.code == "rules-not-covered"
    assert "国家规定只收录了 2025 至 2030 年度" in problem.text
    assert "请按那一年的当地公告办理" in problem.text


def test_of_a_scheme_of_which_no_rules_are_there_no_years_are_told() -> None:
    facts = Facts(PLACE, YEAR, date(2026, 11, 29), scheme="flexible")
    found = assess_or_mechanism(facts, far_book())
    assert isinstance(found, tuple)
    [problem] = found
    assert problem.code == "rules-not-covered"
    assert "国家规定" not in problem.text
