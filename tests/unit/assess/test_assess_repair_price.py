"""What a repaired year costs: the year's personal standard unless a rule says otherwise.

Source: contract, key ``fee``: "the personal standard, unless a rule says otherwise; not the
full cost of a late window". 400, 670 and 1070 are those of Guizhou 2025.
"""

from typing import Any

import pytest

from medcounter.assess import Facts, RuleBook
from medcounter.assess.assessment import Fee
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    proven,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:09-23", "B:02-28")
LATE = window("late", "B:03-01", "B:12-31")
FULL_COST = rule(
    "full-cost",
    "standard",
    {"items": [{"code": "full-cost", "label": "全额", "amount": "1070.00"}]},
    when={"test": "window", "kinds": ["late"]},
    exception_to=["standard"],
)
TWO_ITEMS = rule(
    "standard",
    "standard",
    {
        "items": [
            {"code": "medical", "label": "医保", "amount": "400.00"},
            {"code": "long-term-care", "label": "长护险", "amount": "10.00"},
        ]
    },
)


def book(*rules: Json, bundle_format: int = 2) -> RuleBook:
    return proven(province_book(MAIN, LATE, *rules, format=bundle_format))


def priced(answer: Json, **more: object) -> Json:
    return rule("price", "repair-price", answer, **more)


def lapsed(paid: str, **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    return facts(paid, **{"insured_years": (2020,), "repair_years": 1, **more})


def fee_of(known: Facts, rules: RuleBook) -> Fee:
    fee = assessed(known, rules).fee
    assert fee is not None
    return fee


def test_a_late_window_at_full_cost_repairs_at_the_personal_standard() -> None:
    fee = fee_of(lapsed("2026-03-05"), book(standard("400.00"), FULL_COST))
    assert (fee.standard, fee.repair, fee.total) == (107000, 40000, 147000)


def test_a_bundle_of_format_1_repairs_at_what_the_window_asks() -> None:
    fee = fee_of(lapsed("2026-03-05"), book(standard("400.00"), FULL_COST, bundle_format=1))
    assert (fee.standard, fee.repair, fee.total) == (107000, 107000, 214000)


def test_a_place_may_repair_at_full_cost() -> None:
    rules = book(standard("400.00"), FULL_COST, priced({"of": "window"}))
    assert fee_of(lapsed("2026-03-05"), rules).repair == 107000


def test_repair_in_the_main_window_costs_what_the_window_asks() -> None:
    rules = book(standard("400.00"), FULL_COST, priced({"of": "window"}))
    assert fee_of(lapsed("2026-02-28"), rules).repair == 40000


@pytest.mark.parametrize("paid", ["2026-02-28", "2026-03-05"])
def test_a_price_of_its_own_holds_in_every_window(paid: str) -> None:
    rules = book(standard("400.00"), FULL_COST, priced({"amount": "350.00"}))
    assert fee_of(lapsed(paid), rules).repair == 35000


def test_parts_that_a_repaired_year_does_not_cost_are_left_out() -> None:
    rules = book(TWO_ITEMS, priced({"of": "main", "items": ["medical"]}))
    assert fee_of(lapsed("2025-12-31"), rules).repair == 40000
    assert fee_of(lapsed("2025-12-31"), book(TWO_ITEMS)).repair == 41000


def test_a_standard_without_the_parts_that_a_repaired_year_costs_gives_no_price() -> None:
    by_month = rule(
        "by-month",
        "standard",
        {"items": [{"code": "by-month", "label": "按月", "amount": "360.00"}]},
        when={"test": "identity", "any_of": ["student"]},
        exception_to=["standard"],
    )
    rules = book(TWO_ITEMS, by_month, priced({"of": "main", "items": ["medical"]}))
    assert fee_of(lapsed("2025-12-31"), rules).repair == 40_000
    student = fee_of(lapsed("2025-12-31", categories=("student",)), rules)
    assert (student.repair, student.total) == (None, None)


@pytest.mark.parametrize(
    ("bundle_format", "told"), [(1, "1 年中有 1 年不能再缩短等待期"), (2, "本次已免除等待期")]
)
def test_who_is_exempt_is_told_not_to_pay_for_a_repair(bundle_format: int, told: str) -> None:
    spared = rule(
        "spared",
        "exemption",
        {"waives": ["fixed", "variable"], "cover": {"anchor": "payment"}},
        when={"test": "identity", "any_of": ["student"]},
        grounds=["student"],
    )
    rules = book(standard("400.00"), spared, bundle_format=bundle_format)
    answer = assessed(lapsed("2026-05-01", insured_years=(2024,), categories=("student",)), rules)
    assert answer.wait is None
    (warned,) = [one for one in answer.remarks if one.code == "repair-useless"]
    assert told in warned.text


def test_a_price_that_no_source_gives_is_null_and_in_doubt() -> None:
    doubt = {"status": "unsettled", "doubt": "来源没有写修复一年缴多少。"}
    rules = book(standard("400.00"), priced({"unknown": True}, **doubt))
    answer = assessed(lapsed("2025-12-31"), rules)
    assert answer.fee is not None
    assert (answer.fee.repair, answer.fee.total) == (None, None)
    assert {"fee.repair", "fee.total"} <= {found.field for found in answer.doubts}


def test_the_rule_that_prices_a_year_is_a_step_where_a_year_is_repaired() -> None:
    rules = book(standard("400.00"), priced({"of": "main"}))
    asked = [step.question for step in assessed(lapsed("2025-12-31"), rules).steps]
    plain = assessed(lapsed("2025-12-31", repair_years=0), rules)
    assert "repair-price" in asked
    assert "repair-price" not in [step.question for step in plain.steps]


def test_the_main_windows_price_is_that_of_the_persons_own_group() -> None:
    # A student pays 200 inside; late everybody pays the full cost.
    inside = {"test": "window", "kinds": ["main"]}
    student = rule(
        "student", "concession", {"standard": "200.00"}, grounds=["student"], when=inside
    )
    rules = book(standard("400.00"), FULL_COST, student)
    known = lapsed("2026-03-05", categories=("student",))
    assert (fee_of(known, rules).standard, fee_of(known, rules).repair) == (107000, 20000)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "只写 amount、of、unknown 中的一种"),
        ({"amount": "1.00", "of": "main"}, "只写 amount、of、unknown 中的一种"),
        ({"amount": "1.00", "items": ["standard"]}, "要与 of 一起写"),
    ],
)
def test_a_price_has_exactly_one_form(answer: Json, words: str) -> None:
    with pytest.raises(BundleUnreadableError, match=words):
        book(standard("400.00"), priced(answer))


def test_format_1_refuses_what_only_format_2_has() -> None:
    rules = [MAIN, standard("400.00"), priced({"of": "main"})]
    document = bundle_of(nation(), programme(rules), format=1)
    with pytest.raises(BundleUnreadableError) as refused:
        book_of(document)
    assert [(fault.path, fault.text) for fault in refused.value.faults] == [
        (
            "programmes[1].rules[2]",
            "这种写法从格式 2 起才有，本规则包的 format 写的是 1；请改用格式 2，或换一种写法。",
        )
    ]


def test_where_there_is_no_main_window_a_year_is_repaired_at_what_is_asked() -> None:
    rules = province_book(LATE, standard("400.00"), FULL_COST, format=2)
    assert fee_of(lapsed("2026-03-05"), rules).repair == 107000


def test_the_sentence_of_a_price_names_the_price_of_one_year() -> None:
    told = priced({"of": "main"}, applies="修复一年 {amount} 元。")
    fixed = priced({"amount": "350.00"}, applies="修复一年 {amount} 元。")
    for price, words in ((told, "修复一年 400.00 元。"), (fixed, "修复一年 350.00 元。")):
        steps = assessed(lapsed("2026-03-05"), book(standard("400.00"), FULL_COST, price)).steps
        assert words in [step.text for step in steps]
