"""What a sentence names: a rule's own answer first, else what was decided."""

import pytest

from medcounter.assess import Assessment, Facts, RuleBook
from tests.support.rules.rule_samples import (
    Json,
    assessed,
    facts,
    province_book,
    rule,
    standard,
    window,
)

LATE = window("late", "B:01-01", "B:12-31")
UNKNOWN = {"status": "unsettled", "doubt": "来源没有写明。"}
# Urumqi 2025: 400 with 40 for long-term care beside it.
TWO_PARTS: Json = {
    "items": [
        {"code": "medical", "label": "医保", "amount": "400.00"},
        {"code": "long-term-care", "label": "长护险", "amount": "40.00"},
    ]
}


def main_saying(sentence: str) -> Json:
    return window("main", "B-1:10-01", "B-1:12-31", applies=sentence)


def book(*rules: Json) -> RuleBook:
    return province_book(LATE, *rules, format=2)


def said(known: Facts, rules: RuleBook, question: str) -> str:
    return next(one.text for one in assessed(known, rules).steps if one.question == question)


def rejected(answer: Assessment, name: str) -> str:
    """Why a rule did not stand."""
    [text] = [one.text for step in answer.steps for one in step.rejected if one.rule == name]
    return text


@pytest.mark.parametrize("name", ["standard", "amount"])
def test_a_sentence_about_no_money_names_the_standard_decided(name: str) -> None:
    rules = book(main_saying(f"在征缴期内，缴 {{{name}}} 元。"), standard("400.00"))
    assert said(facts("2025-11-10"), rules, "window") == "在征缴期内，缴 400.00 元。"


def test_a_standard_that_no_source_gives_is_open_in_every_sentence() -> None:
    unknown = standard(None, **UNKNOWN)
    rules = book(main_saying("在征缴期内，缴 {standard} 元。"), unknown)
    assert said(facts("2025-11-10"), rules, "window") == "在征缴期内，缴 未定 元。"


def test_on_a_closed_day_no_sentence_names_a_fee_or_cover() -> None:
    own = {"kind": "closed", "label": "不能缴费"}
    text = "不能缴费：标准 {standard}，待遇 {cover_from} 至 {cover_to}。"
    closed = rule("own-closed", "window", own, replaces="closed", applies=text)
    rules = book(closed, main_saying("按本条。"), standard("400.00"))
    known = facts("2025-08-01")
    assert said(known, rules, "window") == "不能缴费：标准 未定，待遇 未定 至 未定。"


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        # Three months from the payment: to 4 June, and to 4 February of the next year.
        ("2026-03-05", "待遇从 2026-06-05 到 2026-12-31。"),
        ("2026-11-05", "待遇从 本年度没有 到 本年度没有。"),
    ],
)
def test_a_wait_past_the_years_end_is_said_to_leave_no_cover(paid: str, expected: str) -> None:
    text = "待遇从 {cover_from} 到 {cover_to}。"
    wait = rule("own-wait", "fixed-wait", {"length": 3}, replaces="fixed-wait", applies=text)
    wait["exception_to"] = ["no-fixed-wait"]
    rules = book(wait, standard("400.00"))
    assert said(facts(paid), rules, "fixed-wait") == expected


@pytest.mark.parametrize(
    ("paid", "own", "other"),
    [
        # The wait ends on 4 June, and on 9 December.
        ("2026-03-05", "2026-06-05", "2026-07-01"),
        ("2026-09-10", "2026-12-10", "本年度没有"),
    ],
)
def test_each_rule_of_the_day_after_a_wait_names_its_own_day(
    paid: str, own: str, other: str
) -> None:
    next_day = rule(
        "next-day",
        "after-wait",
        {"days": 1},
        replaces="after-wait",
        applies="{wait_to} 满，{cover_from} 起享受待遇。",
    )
    next_month = rule(
        "next-month",
        "after-wait",
        {"days": 1, "month_start": True},
        when={"test": "identity", "any_of": ["student"]},
        exception_to=["next-day"],
        fails="不按次月 1 日（{cover_from}）",
    )
    answer = assessed(facts(paid), book(next_day, next_month, standard("400.00")))
    [text] = [step.text for step in answer.steps if step.question == "after-wait"]
    assert text.endswith(f"满，{own} 起享受待遇。")
    assert rejected(answer, "next-month").startswith(f"不按次月 1 日（{other}）：")


@pytest.mark.parametrize(
    ("parts", "amount"),
    [
        # In hardship 40 and 8 are left to pay; else 360 and 32 are taken off.
        (({"pays": "40.00"}, {"pays": "8.00"}), "48.00"),
        (({"aid": "360.00"}, {"aid": "32.00"}), "392.00"),
        (({"pays": "40.00"}, {"unknown": True}), "待核定"),
        (({"pays": "40.00"}, {"aid_share": "0.8"}), "待核定"),
    ],
    ids=["left to pay", "taken off", "one unknown", "one by share"],
)
def test_the_amount_of_an_aid_in_parts_is_that_of_all_parts(
    parts: tuple[Json, Json], amount: str
) -> None:
    medical, care = parts
    answer = {
        "parts": [{"items": ["medical"], **medical}, {"items": ["long-term-care"], **care}],
    }
    text = "{identity}：{amount}。"
    aid = rule("aid", "concession", answer, grounds=["low-income"], applies=text, **UNKNOWN)
    rules = book(rule("standard", "standard", TWO_PARTS), aid)
    known = facts("2026-03-05", categories=("low-income",))
    assert said(known, rules, "concession") == f"城乡低保对象：{amount}。"


@pytest.mark.parametrize(
    ("answer", "amount"),
    [
        ({"of": "standard", "years": 3}, "240.00"),
        ({"amount": "390.00"}, "390.00"),
        ({"amount": None}, "待核定"),
    ],
    ids=["as this year", "its own", "unknown"],
)
def test_the_amount_of_other_years_is_the_price_of_one(answer: Json, amount: str) -> None:
    stated = {"code": "prepaid", "label": "{benefit_year} 年度预缴", **answer}
    other = rule("other", "other-year", stated, applies="每年 {amount} 元。", **UNKNOWN)
    rules = book(standard("240.00"), other)
    assert said(facts("2026-03-05"), rules, "other-year") == f"每年 {amount} 元。"
