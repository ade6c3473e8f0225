"""What is paid: items, the best single identity, lines that add up, repair."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from medcounter.assess import Assessment, Facts, RuleBook, assess
from medcounter.assess.assessment import Fee
from tests.support.rules.rule_samples import (
    CITY,
    Json,
    assessed,
    facts,
    good_book,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:10-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B:12-31")
PAID = "2025-11-10"


def book(*rules: Json, **more: Any) -> RuleBook:  # noqa: ANN401 -- any header
    return province_book(MAIN, LATE, *rules, **more)


def fee_of(known: Facts, rules: RuleBook) -> Fee:
    fee = assessed(known, rules).fee
    assert fee is not None
    return fee


def holder(*codes: str, paid: str = PAID, **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    return facts(paid, categories=codes, **more)


def aid(name: str, answer: Json, *grounds: str, **more: object) -> Json:
    return rule(name, "concession", answer, grounds=list(grounds), **more)


def test_an_ordinary_resident_pays_the_standard_in_one_line() -> None:
    fee = fee_of(facts(PAID), good_book())
    assert (fee.total, fee.standard, fee.aid, fee.contribution) == (30000, 30000, 0, 30000)
    assert (fee.repair, fee.subsidy) == (0, 60000)
    assert [(line.code, line.label, line.amount) for line in fee.lines] == [
        ("standard", "2026 年度个人缴费", 30000)
    ]


@pytest.mark.parametrize(
    ("answer", "contribution", "taken"),
    [
        ({"pays": "80.00"}, 8000, 22000),
        ({"pays": "0.00"}, 0, 30000),
        ({"aid": "120.00"}, 18000, 12000),
        ({"aid": "500.00"}, 0, 30000),
        ({"aid_share": "0.9"}, 3000, 27000),
        ({"aid_share": "0"}, 30000, 0),
    ],
)
def test_aid_is_a_negative_line_and_never_more_than_the_standard(
    answer: Json, contribution: int, taken: int
) -> None:
    rules = book(standard("300.00"), aid("aid", answer, "low-income"))
    fee = fee_of(holder("low-income"), rules)
    assert (fee.standard, fee.aid, fee.contribution) == (30000, taken, contribution)
    assert fee.total == contribution == sum(line.amount or 0 for line in fee.lines)
    aid_lines = [line for line in fee.lines if line.code == "aid-low-income"]
    assert [line.amount for line in aid_lines] == ([-taken] if taken else [])


def test_a_share_of_the_standard_is_rounded_half_up_to_fen() -> None:
    # 0.5 × 300.05 = 150.025, half up to 150.03.
    rules = book(standard("300.05"), aid("aid", {"aid_share": "0.5"}, "low-income"))
    assert fee_of(holder("low-income"), rules).aid == 15003


def test_an_identity_may_have_a_standard_of_its_own() -> None:
    rules = book(standard("400.00"), aid("student", {"standard": "200.00"}, "student"))
    answer = assessed(holder("student"), rules)
    assert answer.fee is not None
    assert (answer.fee.standard, answer.fee.aid, answer.fee.total) == (20000, 0, 20000)
    assert [line.amount for line in answer.fee.lines] == [20000]
    assert (answer.category, answer.category_label) == ("student", "大学生")


BEST = [
    aid("full", {"pays": "0.00"}, "destitute", "orphan"),
    aid("part", {"pays": "80.00"}, "low-income", "poverty-edge"),
    aid("student", {"standard": "200.00"}, "student"),
    aid("dear", {"standard": "900.00"}, "religious"),
    aid("open", {"unknown": True}, "low-income-margin", status="unsettled", doubt="没有金额。"),
]


@pytest.mark.parametrize(
    ("codes", "category", "total"),
    [
        ((), "ordinary", 40000),
        (("severely-disabled",), "ordinary", 40000),
        (("low-income", "orphan"), "orphan", 0),
        (("orphan", "destitute"), "destitute", 0),
        (("poverty-edge", "low-income"), "low-income", 8000),
        (("student", "poverty-edge"), "poverty-edge", 8000),
        (("religious",), "ordinary", 40000),
        (("low-income-margin",), "low-income-margin", None),
        (("low-income-margin", "student"), "student", 20000),
    ],
)
def test_the_one_identity_with_the_lowest_fee_counts(
    codes: tuple[str, ...], category: str, total: int | None
) -> None:
    answer = assessed(holder(*codes), book(standard("400.00"), *BEST))
    assert answer.fee is not None
    assert (answer.category, answer.fee.total) == (category, total)


def test_an_identity_that_pays_the_ordinary_fee_still_counts_as_the_identity() -> None:
    rules = book(standard("400.00"), aid("none", {"aid": "0.00"}, "student"))
    assert assessed(holder("student"), rules).category == "student"


def test_aid_that_no_source_gives_leaves_the_fee_open() -> None:
    fee = fee_of(holder("low-income-margin"), book(standard("400.00"), *BEST))
    assert fee.total is fee.standard is fee.aid is fee.contribution is None
    assert [line.amount for line in fee.lines] == [None]


@pytest.mark.parametrize(
    ("answer", "total"),
    [({"pays": "80.00"}, 8000), ({"aid": "80.00"}, None), ({"standard": "100.00"}, 10000)],
)
def test_where_no_source_gives_the_standard_only_a_fixed_amount_is_known(
    answer: Json, total: int | None
) -> None:
    rules = book(standard(None), aid("aid", answer, "low-income"))
    assert fee_of(holder("low-income"), rules).total == total
    assert fee_of(facts(PAID), rules).total is None


NEWBORN = aid(
    "newborn",
    {"pays": "0.00"},
    "newborn",
    when={"test": "years-since-birth-year", "from": 0, "to": 2},
)


def test_a_free_newborn_without_an_identity_is_an_ordinary_resident() -> None:
    answer = assessed(facts(PAID, birth_date=date(2025, 1, 1)), book(standard("400.00"), NEWBORN))
    assert answer.fee is not None
    assert (answer.category, answer.fee.total, answer.fee.aid) == ("ordinary", 0, 40000)
    assert [(line.label, line.amount) for line in answer.fee.lines][1] == ("新生儿资助", -40000)


def test_a_free_newborn_of_an_aided_family_keeps_the_familys_identity() -> None:
    rules = book(standard("400.00"), *BEST, NEWBORN)
    answer = assessed(holder("poverty-edge", birth_date=date(2025, 1, 1)), rules)
    assert answer.fee is not None
    assert (answer.category, answer.fee.total) == ("poverty-edge", 0)


CONFIRMED = aid(
    "newborn",
    {"pays": "0.00"},
    "newborn",
    when={
        "test": "all",
        "of": [
            {"test": "years-since-birth-year", "from": 0, "to": 2},
            {"test": "answer", "code": "newborn_confirmed", "is": True},
        ],
    },
)


def test_a_fact_that_would_lower_the_fee_is_asked_for() -> None:
    rules = book(standard("400.00"), *BEST, CONFIRMED)
    child = {"birth_date": date(2025, 1, 1)}
    asked = assess(facts(PAID, **child), rules)
    assert not isinstance(asked, Assessment)
    assert [(problem.field, problem.code) for problem in asked] == [
        ("answers.newborn_confirmed", "missing")
    ]
    assert "新生儿资助是否已在本年度确认" in asked[0].text


@pytest.mark.parametrize(
    ("codes", "birth"),
    [(("orphan",), date(2025, 1, 1)), ((), date(2020, 1, 1)), ((), None)],
)
def test_a_fact_that_cannot_lower_the_fee_is_not_asked_for(
    codes: tuple[str, ...], birth: date | None
) -> None:
    rules = book(standard("400.00"), *BEST, CONFIRMED)
    assert isinstance(assess(holder(*codes, birth_date=birth), rules), Assessment)


def test_repair_costs_one_standard_a_year_even_for_an_aided_person() -> None:
    rules = book(standard("400.00"), *BEST)
    known = holder("poverty-edge", insured_years=(), benefit_year=2026, repair_years=1)
    fee = fee_of(known, rules)
    assert (fee.contribution, fee.repair, fee.total) == (8000, 40000, 48000)
    assert [(line.code, line.label) for line in fee.lines][-1] == ("repair", "缴费修复 1 年")


def test_repair_has_no_price_where_no_source_gives_the_standard() -> None:
    known = facts(PAID, insured_years=(), repair_years=1)
    fee = fee_of(known, book(standard(None)))
    assert fee.repair is None
    assert fee.total is None


def test_a_city_may_ask_for_several_items() -> None:
    fee = fee_of(facts(PAID, region=CITY), good_book())
    assert [(line.code, line.amount) for line in fee.lines] == [
        ("standard", 32000),
        ("extra", 2000),
    ]
    assert fee.total == 34000


def test_an_aid_may_hold_for_some_payment_days_only() -> None:
    known = holder("out-of-poverty")
    assert fee_of(known, good_book()).aid == 18000
    late = replace(known, payment_date=date(2026, 3, 1))
    assert fee_of(late, good_book()).aid == 0


def formula(*amounts: object, **rules: Any) -> RuleBook:  # noqa: ANN401 -- any rule field
    items = [
        {"code": f"item-{place}", "label": f"第 {place} 项", "amount": amount}
        for place, amount in enumerate(amounts, start=1)
    ]
    return book(rule("standard", "standard", {"items": items}, **rules))


@pytest.mark.parametrize(
    ("stage", "amount"),
    # 6240.55 × 0.045 = 280.82475 a month: 280.82 × 12 = 3369.84, or 3369.897 a year.
    [("month", 336984), ("year", 336990)],
)
def test_a_rate_on_a_base_is_rounded_half_up_by_the_month_or_by_the_year(
    stage: str, amount: int
) -> None:
    rated = {"kind": "rated", "base": "6240.55", "rate": "0.045", "months": 12, "round": stage}
    assert fee_of(facts(PAID), formula(rated)).total == amount


def test_an_amount_a_month_is_multiplied_by_its_months() -> None:
    # Zhangjiakou 2024: 280.80 and 15 a month for twelve months are 3549.60.
    rules = formula(
        {"kind": "monthly", "amount": "280.80", "months": 12},
        {"kind": "monthly", "amount": "15.00", "months": 12},
    )
    fee = fee_of(facts(PAID), rules)
    assert [line.amount for line in fee.lines] == [336960, 18000]
    assert fee.total == 354960


def test_an_item_may_be_counted_by_an_answer() -> None:
    rules = formula({"kind": "counted", "amount": "288.00", "by": "gap_months"})
    assert fee_of(facts(PAID, answers=(("gap_months", 2),)), rules).total == 57600
    assert fee_of(facts(PAID), rules).total == 0


def test_an_answer_that_an_item_is_counted_by_is_asked_for() -> None:
    rules = formula({"kind": "counted", "amount": "288.00", "by": "prior_continuous_years"})
    asked = assess(facts(PAID), rules)
    assert not isinstance(asked, Assessment)
    assert [(problem.field, problem.code) for problem in asked] == [
        ("answers.prior_continuous_years", "missing")
    ]


@pytest.mark.parametrize(
    ("paid", "late_fee"),
    # 0.05 % a day of 300.05: one day 0.150025, ten days 1.50025.
    [("2026-01-31", 0), ("2026-02-01", 15), ("2026-02-10", 150), ("2025-12-01", 0)],
)
def test_a_late_fee_counts_the_days_after_its_day(paid: str, late_fee: int) -> None:
    rules = formula("300.05", {"kind": "late-fee", "rate": "0.0005", "after": "B:01-31"})
    fee = fee_of(facts(paid), rules)
    assert [line.amount for line in fee.lines] == [30005, late_fee]
    assert fee.total == 30005 + late_fee


def test_a_late_fee_on_an_unknown_amount_is_unknown() -> None:
    rules = formula(None, {"kind": "late-fee", "rate": "0.0005", "after": "B:01-31"})
    assert [line.amount for line in fee_of(facts(PAID), rules).lines] == [None, None]


def test_the_subsidy_is_not_asked_where_no_rule_speaks_of_it() -> None:
    assert fee_of(facts(PAID), book(standard("400.00"))).subsidy is None
