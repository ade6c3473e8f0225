"""Lines of other years: prepaid ones, a newborn's second year, one fee for two years."""

from datetime import date
from typing import Any

import pytest

from medcounter.assess import Facts, RuleBook, assess
from medcounter.assess.assessment import Fee
from medcounter.rules.faults import BundleUnreadableError
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    facts,
    proven,
    province_book,
    rule,
    standard,
    window,
)

MAIN = window("main", "B-1:09-01", "B-1:12-31")
LATE = window("late", "B:01-01", "B+1:06-30")
PAID = "2025-11-10"
COURSE = {
    "identities": [],
    "answers": [{"code": "course_years", "label": "学制年数", "kind": "number"}],
}


def book(*rules: Json, **more: Any) -> RuleBook:  # noqa: ANN401 -- any header
    return proven(province_book(MAIN, LATE, *rules, **{"format": 2, "vocabulary": COURSE, **more}))


def other(answer: Json, **more: Any) -> Json:  # noqa: ANN401 -- any key
    stated = {"code": "prepaid", "label": "{benefit_year} 年度预缴", **answer}
    return rule("other", "other-year", stated, **more)


def fee_of(known: Facts, rules: RuleBook) -> Fee:
    fee = assessed(known, rules).fee
    assert fee is not None
    return fee


def student(years: int, paid: str = PAID, **more: Any) -> Facts:  # noqa: ANN401 -- any fact
    known = {"categories": ("student",), "answers": (("course_years", years),)}
    return facts(paid, **{**known, **more})


PREPAID = other(
    {"years": {"by": "course_years", "less": 1}, "of": "standard"},
    when={"test": "answer", "code": "course_years", "from": 2},
)


@pytest.mark.parametrize(("price", "total"), [("240.00", 96000), ("390.00", 156000)])
def test_a_course_of_four_years_is_prepaid_at_a_frozen_price(price: str, total: int) -> None:
    # Dezhou 2026: 240 a year, 960 for four; Zhengzhou 2025: 390 × 4 = 1,560.
    fee = fee_of(student(4), book(standard(price), PREPAID))
    assert (fee.contribution, fee.total) == (total // 4, total)
    assert [(line.code, line.label) for line in fee.lines] == [
        ("standard", "个人缴费"),
        ("prepaid-2027", "2027 年度预缴"),
        ("prepaid-2028", "2028 年度预缴"),
        ("prepaid-2029", "2029 年度预缴"),
    ]


def test_one_year_of_a_course_is_this_year_alone() -> None:
    assert len(fee_of(student(1), book(standard("240.00"), PREPAID)).lines) == 1


def test_other_years_may_cost_what_aid_leaves_of_this_one() -> None:
    aid = rule("aid", "concession", {"pays": "40.00"}, grounds=["student"])
    rules = book(standard("240.00"), aid, other({"of": "contribution", "years": 2}))
    fee = fee_of(student(4), rules)
    assert (fee.contribution, fee.total) == (4000, 12000)
    assert fee.total == sum(line.amount or 0 for line in fee.lines)


def test_how_many_years_is_asked_where_the_fee_hangs_on_it() -> None:
    problems = assess(facts(PAID), book(standard("240.00"), PREPAID))
    assert isinstance(problems, tuple)
    assert [problem.field for problem in problems] == ["answers.course_years"]


def newborn(born: str, paid: str) -> Facts:
    return facts(paid, birth_date=date.fromisoformat(born))


WITHIN_6_MONTHS = {"test": "elapsed", "since": "birth", "within": {"months": 6}}
PAID_NEXT_YEAR = {"test": "paid", "from": "B+1:01-01"}


def test_dongguans_newborn_pays_the_second_year_in_full_with_the_first() -> None:
    # Born 2026-11-10, registered in February 2027: two months and the whole of 2027.
    items = [
        {
            "code": "months",
            "label": "按月缴费",
            "amount": {
                "kind": "monthly",
                "amount": "44.00",
                "months": {"from": {"anchor": "birth"}, "to": "B:12-31"},
            },
        }
    ]
    second = {
        "code": "second-year",
        "label": "{benefit_year} 年度全年",
        "amount": {"kind": "monthly", "amount": "44.00", "months": 12},
    }
    rules = book(
        rule(
            "by-month",
            "standard",
            {"items": items},
            when=WITHIN_6_MONTHS,
            exception_to=["standard"],
        ),
        standard("528.00"),
        other(second, when={"test": "all", "of": [WITHIN_6_MONTHS, PAID_NEXT_YEAR]}),
    )
    fee = fee_of(newborn("2026-11-10", "2027-02-10"), rules)
    assert [(line.code, line.amount) for line in fee.lines] == [
        ("months", 8800),
        ("second-year-2027", 52800),
    ]
    assert (fee.contribution, fee.total) == (8800, 61600)
    # Paid within the birth year, only its months are due.
    assert fee_of(newborn("2026-11-10", "2026-12-10"), rules).total == 8800


def test_zhengzhous_one_fee_of_a_newborn_names_the_next_year_it_covers() -> None:
    # Born in the year, 400 once; cover to the end of the next year.
    covers = {"code": "next-year", "label": "{benefit_year} 年度，已含在内", "amount": "0.00"}
    born_this_year = {"test": "years-since-birth-year", "from": 0, "to": 0}
    rules = book(standard("400.00"), other(covers, when=born_this_year))
    fee = fee_of(newborn("2026-03-01", "2026-04-10"), rules)
    assert [(line.code, line.amount) for line in fee.lines] == [
        ("standard", 40000),
        ("next-year-2027", 0),
    ]
    assert fee.total == 40000
    assert len(fee_of(newborn("2020-03-01", "2026-04-10"), rules).lines) == 1


def test_repair_and_other_years_are_both_in_the_total() -> None:
    known = student(2, insured_years=(2020,), repair_years=1)
    fee = fee_of(known, book(standard("240.00"), PREPAID))
    assert (fee.contribution, fee.repair, fee.total) == (24000, 24000, 72000)


def test_an_unknown_price_leaves_the_total_open_and_in_doubt() -> None:
    doubt = {"status": "unsettled", "doubt": "来源没有写下一年度缴多少。"}
    answer = assessed(facts(PAID), book(standard("240.00"), other({"amount": None}, **doubt)))
    assert answer.fee is not None
    assert (answer.fee.contribution, answer.fee.total) == (24000, None)
    assert "fee.total" in {found.field for found in answer.doubts}


def test_the_rule_behind_another_year_is_a_step() -> None:
    steps = assessed(student(4), book(standard("240.00"), PREPAID)).steps
    assert "other-year" in [step.question for step in steps]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "只写 amount、of 中的一种"),
        ({"amount": "1.00", "of": "standard"}, "只写 amount、of 中的一种"),
        ({"amount": "1.00", "label": "{year} 年度"}, "只能用占位符"),
        ({"of": "standard", "years": {"by": "tier"}}, "不能按它计数"),
        ({"of": "standard", "years": {"by": "no_such"}}, "不认识“no_such”"),
        ({"of": "standard", "first": 0}, "小于允许的"),
    ],
)
def test_what_cannot_be_priced_or_counted_is_refused(answer: Json, words: str) -> None:
    with pytest.raises(BundleUnreadableError, match=words):
        book(standard("240.00"), other(answer))


def test_a_count_that_hangs_on_no_condition_is_asked_for_too() -> None:
    always = other({"years": {"by": "course_years", "less": 1}, "of": "standard"})
    problems = assess(facts(PAID), book(standard("240.00"), always))
    assert isinstance(problems, tuple)
    assert [problem.field for problem in problems] == ["answers.course_years"]


def test_what_is_paid_for_other_years_is_told_beside_this_one() -> None:
    assert fee_of(student(4), book(standard("240.00"), PREPAID)).other_years == 72000
    assert fee_of(student(1), book(standard("240.00"), PREPAID)).other_years == 0
    unknown = standard(None, status="unsettled", doubt="来源没有写个人缴多少。")
    assert fee_of(student(1), book(unknown, PREPAID)).other_years is None
