"""What a bundle covers, what it asks, and what is said where it covers nothing."""

from datetime import date

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.facts import Problem
from medcounter.rules.vocabulary import EVENTS, IDENTITIES
from tests.support.rules.rule_samples import (
    CITY,
    PROVINCE,
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    good,
    good_book,
    nation,
    programme,
    rule,
    shipped_book,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")


def problem(known: Facts, book: RuleBook | None = None) -> Problem:
    found = assess(known, book or good_book())
    assert not isinstance(found, Assessment)
    assert len(found) == 1
    return found[0]


def test_only_places_with_rules_of_their_own_are_offered_and_the_nation_is_none() -> None:
    offered = [(choice.code, choice.name, choice.parent) for choice in good_book().regions()]
    assert offered == [("990000", "甲省", "000000"), ("990100", "甲省乙市", "990000")]


def test_a_place_answers_for_its_own_years_and_those_of_the_places_above() -> None:
    years = [pair.benefit_year for pair in good_book().covered(CITY)]
    assert years == [2032, 2031, 2030, 2029, 2028, 2027, 2026]
    assert good_book().covered("880000") == ()
    assert good_book().covered("000000") == ()


def flexible() -> Json:
    own = {entry["id"]: entry for entry in nation()["rules"]}
    rules = [MAIN, standard("500.00"), *(entry for name, entry in own.items())]
    return programme(rules, id="flexible", scheme="flexible")


def two_schemes() -> RuleBook:
    return book_of(bundle_of(nation(), programme([MAIN, standard("400.00")]), flexible()))


def test_residents_come_before_flexible_payers() -> None:
    assert [pair.scheme for pair in two_schemes().covered(PROVINCE)] == ["resident", "flexible"]


def test_each_scheme_has_its_own_rules() -> None:
    fee = assessed(facts("2025-11-10", scheme="flexible"), two_schemes()).fee
    assert fee is not None
    assert (fee.total, fee.subsidy) == (50000, None)


def test_a_place_without_rules_anywhere_above_is_refused_with_those_there_are() -> None:
    found = problem(facts("2025-11-10", region="880000"))
    assert (found.field, found.code) == ("region", "rules-not-covered")
    assert "880000 没有收录规则" in found.text
    assert "甲省" in found.text
    assert "乙市" not in found.text


def test_the_nation_alone_is_never_enough() -> None:
    assert problem(facts("2025-11-10", region="000000")).field == "region"


def test_a_scheme_without_rules_is_refused_with_those_there_are() -> None:
    found = problem(facts("2025-11-10", scheme="flexible"))
    assert (found.field, found.code) == ("scheme", "rules-not-covered")
    assert "甲省（990000）没有收录灵活就业人员医保的规则" in found.text
    assert "已收录：城乡居民医保。" in found.text


def test_a_year_without_rules_is_refused_with_those_there_are() -> None:
    found = problem(facts("2031-01-05", benefit_year=2033))
    assert (found.field, found.code) == ("benefit_year", "rules-not-covered")
    assert "2026、2027、2028、2029、2030、2031、2032" in found.text


def test_the_first_that_rules_it_out_is_named() -> None:
    found = problem(facts("1990-01-01", region="880000", scheme="flexible", benefit_year=1990))
    assert found.field == "region"


@pytest.mark.parametrize(
    ("paid", "covered"),
    [("2025-05-31", False), ("2025-06-01", True), ("2027-06-30", True), ("2027-07-01", False)],
)
def test_a_payment_day_beyond_what_the_sources_say_is_refused(paid: str, *, covered: bool) -> None:
    found = assess(facts(paid), good_book())
    assert isinstance(found, Assessment) is covered
    if not isinstance(found, Assessment):
        assert (found[0].field, found[0].code) == ("payment_date", "rules-not-covered")
        assert "2025-06-01 至 2027-06-30" in found[0].text


def test_only_what_a_places_rules_read_is_asked() -> None:
    asked = good_book().questions_for(CITY, "resident", 2026)
    assert [(field.code, field.label, field.kind) for field in asked] == [
        ("plan", "缴费档次或比例", "text"),
        ("employer_pays", "单位是否代缴", "bool"),
    ]
    assert [choice.value for choice in asked[0].choices] == ["1", "2"]
    assert good_book().questions_for("880000", "resident", 2026) == ()


def test_an_answer_that_an_item_is_counted_by_is_asked() -> None:
    counted = {"kind": "counted", "amount": "10.00", "by": "gap_months"}
    items = [{"code": "gap", "label": "补缴", "amount": counted}]
    rules = [MAIN, rule("standard", "standard", {"items": items})]
    book = book_of(bundle_of(nation(), programme(rules)))
    asked = book.questions_for(PROVINCE, "resident", 2026)
    assert [field.code for field in asked] == ["gap_months"]


def test_a_choice_that_the_place_does_not_offer_is_refused_with_those_it_does() -> None:
    found = problem(facts("2025-11-10", region=CITY, answers=(("plan", "3"),)))
    assert (found.field, found.code) == ("answers.plan", "unknown-code")
    assert "“缴费档次或比例”没有“3”这一选项" in found.text
    assert "1（一档）、2（二档）" in found.text
    assert assessed(facts("2025-11-10", region=CITY, answers=(("plan", "2"),))).payable
    assert assessed(facts("2025-11-10", answers=(("plan", "3"),))).payable


def test_a_fee_by_age_asks_for_the_birth_date() -> None:
    child = standard("200.00", when={"test": "age", "to": 17}, exception_to=["standard"])
    rules = [MAIN, standard("400.00"), {**child, "id": "child"}]
    book = book_of(bundle_of(nation(), programme(rules)))
    found = problem(facts("2025-11-10"), book)
    assert (found.field, found.code) == ("birth_date", "missing")
    assert "出生日期" in found.text
    known = facts("2025-11-10", birth_date=date(2015, 1, 1))
    fee = assessed(known, book).fee
    assert fee is not None
    assert fee.total == 20000


def test_terms_are_offered_in_the_contracts_order_with_their_labels() -> None:
    book = good_book()
    assert [term.code for term in book.identities()][-2:] == ["village-cadre", "ordinary"]
    assert [term.label for term in book.events()][-1] == "落户登记"
    assert book.answer_term("nobody-asks") is None
    term = book.answer_term("retired")
    assert term is not None
    assert term.kind == "bool"


def test_a_place_that_the_bundle_does_not_name_is_called_by_its_code() -> None:
    document = good()
    document["programmes"] = [nation(), programme([MAIN, standard("400.00")])]
    assert book_of(document).name("990205") is None


def test_a_code_that_one_place_added_is_offered_where_a_rule_names_it_and_nowhere_else() -> None:
    book = shipped_book()
    common = [term.code for term in IDENTITIES]
    # Tibet's circular of 2026 names people at the border; no other place's does.
    tibet = [term.code for term in book.terms_for("540000", "resident", 2026).identities]
    jiangxi = [term.code for term in book.terms_for("360000", "resident", 2026).identities]
    assert "border-resident" in tibet
    assert jiangxi == common
    assert [code for code in tibet if code in common] == common
    # Where no rules are known, nothing is offered that some other place asks.
    unknown = book.terms_for("360000", "resident", 2027)
    assert [term.code for term in unknown.identities] == common
    assert unknown.events == EVENTS
