"""A figure in a sentence is the figure of its rule."""

import pytest

from medcounter.rules.checking.check_figures import figure_slips
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    nation,
    programme,
    read,
    rule,
    standard,
    window,
)

MAIN = window("main", "2025-09-01", "2025-12-20")


def told(*rules: Json) -> list[str]:
    whole = bundle_of(nation(), programme([MAIN, standard("400.00"), *rules]), format=2)
    above, place = read(whole).programmes
    return [f"{one.rule}.{one.key} {one.figure}" for one in figure_slips(place, above.rules)]


def fee(applies: str, **more: object) -> Json:
    old = {"test": "age", "from": 60}
    items = [{"code": "old", "label": "个人缴费", "amount": "350.00"}]
    stated = {"when": old, "exception_to": ["standard"], "applies": applies, **more}
    return rule("old", "standard", {"items": items}, **stated)


@pytest.mark.parametrize(
    "sentence",
    [
        "按 {standard} 元缴。",
        "60 周岁以上按 350 元缴。",
        "60 周岁以上按 350.00 元缴。",
        "60 周岁以上少缴。",
        "2025 年 13 月 40 日的公告写 350 元。",
    ],
)
def test_a_sentence_that_says_what_the_rule_says_passes(sentence: str) -> None:
    assert told(fee(sentence)) == []


def test_an_amount_that_is_not_the_rule_s_own_is_refused() -> None:
    """400.00 is another rule's; on this rule's notice it would be wrong."""
    (said,) = told(fee("60 周岁以上按 400 元缴。"))
    assert said == "old.applies 400 元"


def test_why_a_rule_does_not_hold_may_name_another_rule_s_figure_but_no_unknown_one() -> None:
    assert told(fee("少缴。", fails="未满 60 周岁，按 400 元缴")) == []
    (said,) = told(fee("少缴。", fails="未满 60 周岁，按 440 元缴"))
    assert said == "old.fails 440 元"


def late(applies: str, answer: Json | None = None, when: Json | None = None) -> Json:
    period = {"test": "paid", "from": "2026-03-01", "to": "2026-12-31"}
    given = answer or {"kind": "late", "label": "集中征缴期外"}
    stated = {"when": when or period, "exception_to": ["closed"], "applies": applies}
    return rule("late", "window", given, **stated)


@pytest.mark.parametrize(
    ("sentence", "slip"),
    [
        ("2026-03-01 至 2026-12-31 为补缴期。", None),
        ("已过集中征缴期（2026-02-28 截止）。", None),
        ("2026 年 3 月 1 日起补缴。", None),
        ("2026-03-01 至 2026-11-30 为补缴期。", "2026-11-30"),
        ("2026 年 4 月 1 日起补缴。", "2026 年 4 月 1"),
        ("2026-02-30 以后补缴。", "2026-02-30"),
    ],
)
def test_a_day_of_a_period_is_one_of_its_ends_or_next_to_one(
    sentence: str, slip: str | None
) -> None:
    said = told(late(sentence))
    assert len(said) == (slip is not None)
    assert all(slip is None or slip in text for text in said)


def test_a_day_that_hangs_on_the_year_is_compared_as_this_year_s() -> None:
    relative = {"test": "paid", "from": "B:03-01", "to": "B:12-31"}
    assert told(late("2026-03-01 起补缴。", when=relative)) == []
    assert len(told(late("2025-03-01 起补缴。", when=relative))) == 1


def test_a_closed_day_and_no_wait_have_no_figures_of_their_own() -> None:
    closed = {"kind": "closed", "label": "不能缴费"}
    shut = late("集中征缴期 2025-12-20 已结束。", closed, {"test": "lapsed", "from": 9})
    none = rule(
        "none",
        "fixed-wait",
        {"length": 0, "unit": "month"},
        when={"test": "repair", "from": 9},
        exception_to=["fixed-wait"],
        applies="中断 3 个月以内没有等待期。",
    )
    assert told(shut, none) == []


def wait(length: int, applies: str, **more: object) -> Json:
    answer = {"length": length, "unit": "month"}
    stated = {"replaces": "fixed-wait", "applies": applies, **more}
    return rule("wait", "fixed-wait", answer, when={"test": "lapsed", "from": 1}, **stated)


def test_the_length_of_a_wait_is_the_length_said() -> None:
    assert told(wait(2, "固定等待期 2 个月。")) == []
    assert len(told(wait(2, "固定等待期 3 个月。"))) == 1


def test_another_reading_s_figure_may_be_said() -> None:
    reading = {"answer": {"length": 3, "unit": "month"}, "text": "3 个月"}
    doubted = {"status": "assumed", "doubt": "两种说法。", "readings": [reading]}
    assert told(wait(2, "固定等待期 2 个月，也有按 3 个月算的。", **doubted)) == []


def flexible(applies: str) -> Json:
    """Like Zhangjiakou: a rate of a base by the month, and a sum a month."""
    rated = {"kind": "rated", "base": "6240.00", "rate": "0.045", "months": 12, "round": "month"}
    amounts: dict[str, Json | None] = {
        "basic": rated,
        "large": {"kind": "monthly", "amount": "15.00", "months": 12},
        "gap": {"kind": "counted", "amount": "288.00", "by": "gap_months"},
        "late": {"kind": "late-fee", "rate": "0.0005", "after": "B-1:12-31"},
        "open": None,
    }
    items = [{"code": code, "label": "费用", "amount": amount} for code, amount in amounts.items()]
    when = {"test": "answer", "code": "plan", "is": "4.5"}
    open_yet = {"status": "unsettled", "doubt": "有一项没有找到。"}
    return rule("plan", "standard", {"items": items}, when=when, applies=applies, **open_yet)


@pytest.mark.parametrize("figure", ["280.80", "15", "180", "3369.60", "6240", "288", "3549.60"])
def test_what_a_formula_comes_to_may_be_said(figure: str) -> None:
    # 6240 × 4.5 % = 280.80 a month, 3369.60 a year; 15 × 12 = 180; together 3549.60.
    assert told(flexible(f"其中 {figure} 元。")) == []


def test_a_subsidy_s_formula_may_be_said_and_so_may_any_number_of_months() -> None:
    """Zhongshan: 65 040 at 1.2 %; Dongguan: by the months left."""
    rated = {"kind": "rated", "base": "65040.00", "rate": "0.012", "months": 1, "round": "year"}
    subsidy = rule("mine", "subsidy", {"amount": rated}, applies="65040 元的 1.2%，780.48 元。")
    assert told(subsidy) == []
    left = {"from": {"anchor": "payment"}, "to": "B:12-31"}
    monthly = {"kind": "monthly", "amount": "42.00", "months": left}
    item = {"code": "month", "label": "按月", "amount": monthly}
    fee_of = rule("left", "standard", {"items": [item]}, applies="每月 42 元，3 个月 126 元。")
    assert told(fee_of) == []


def test_the_price_of_a_repaired_year_names_its_items_by_their_codes() -> None:
    price = {"of": "main", "items": ["standard"]}
    assert told(rule("price", "repair-price", price, applies="修复一年缴 {amount} 元。")) == []
    assert len(told(rule("price", "repair-price", price, applies="修复一年缴 9 元。"))) == 1


def test_a_sentence_of_another_kind_of_answer_may_name_any_figure() -> None:
    end = rule("end", "cover-end", {"to": "B:12-31"}, replaces="cover-end", applies="缴 9 元。")
    assert told(end) == []


def test_what_no_formula_comes_to_is_refused() -> None:
    assert len(told(flexible("全年 3550 元。"))) == 1


def test_a_remark_may_name_any_figure_of_the_place_and_no_other() -> None:
    def remark(text: str) -> Json:
        return rule("told", "remark", {"code": "told", "level": "info"}, applies=text)

    assert told(remark("个人缴费 400 元，未按时缴费的等待 3 个月。")) == []
    assert len(told(remark("个人缴费 410 元，等待 5 个月。"))) == 2


def spared(applies: str, **more: object) -> Json:
    """Whoever was discharged within 90 days waits for nothing."""
    recent = {"test": "elapsed", "since": "military-discharge", "within": {"days": 90}}
    answer = {"waives": ["fixed"], "cover": {"anchor": "payment"}}
    stated = {"when": recent, "grounds": ["military-discharge"], "applies": applies, **more}
    return rule("spared", "exemption", answer, **stated)


@pytest.mark.parametrize("length", ["90 天", "90天", "90 日内", "90日以内", "90 日"])
def test_how_long_ago_something_may_be_is_that_of_the_condition(length: str) -> None:
    assert told(spared(f"退役 {length}缴费，没有等待期。")) == []
    (said,) = told(spared(f"退役 {length.replace('90', '60')}缴费，没有等待期。"))
    assert said.startswith("spared.applies 60")


@pytest.mark.parametrize("day", ["每月 25 日", "9 月 25 日内", "2025 年 9 月 25 日", "25 日起"])
def test_a_day_of_a_month_is_no_length(day: str) -> None:
    assert told(spared(f"退役后 {day}缴费的，没有等待期。")) == []


def test_a_length_is_told_freely_where_no_condition_has_one() -> None:
    anybody = {"test": "event", "kind": "military-discharge"}
    assert told(spared("退役 60 天内缴费，没有等待期。", when=anybody)) == []


@pytest.mark.parametrize(
    ("sentence", "slips"),
    [
        ("3 月 1 日至 12 月 31 日为补缴期。", []),
        ("2 月 28 日以后为补缴期。", []),
        ("4 月 1 日至 12 月 31 日为补缴期。", ["late.applies 4 月 1 日"]),
    ],
)
def test_a_day_without_its_year_is_compared_with_the_days_of_the_rule(
    sentence: str, slips: list[str]
) -> None:
    assert told(late(sentence)) == slips


@pytest.mark.parametrize(
    ("answer", "sentence", "slips"),
    [
        ({"aid_share": "0.5"}, "按 50% 资助。", []),
        ({"aid_share": "0.5"}, "按 60％资助。", ["poor.applies 60％"]),
        # What share of the standard an amount is, is not said by the rule.
        ({"pays": "160.00"}, "按 60% 资助。", []),
    ],
)
def test_a_share_is_that_of_the_rule(answer: Json, sentence: str, slips: list[str]) -> None:
    aided = rule("poor", "concession", answer, grounds=["low-income"], applies=sentence)
    assert told(aided) == slips


def test_cover_from_new_year_may_be_told_as_its_day() -> None:
    start = rule("begin", "cover-start", {"anchor": "year-start"}, applies="从 1 月 1 日起享受。")
    assert told({**start, "exception_to": ["cover-start"]}) == []
    assert told({**start, "applies": "从 2 月 1 日起享受。"}) == ["begin.applies 2 月 1 日"]


def aided(sentence: str, answer: Json) -> Json:
    return rule("aid", "concession", answer, grounds=["low-income"], applies=sentence)


@pytest.mark.parametrize(
    ("answer", "slips"),
    [
        ({"pays": "130.00"}, []),
        ({"standard": "130.00"}, []),
        ({"aid": "300.00"}, ["aid.applies 个人缴 {amount} 元"]),
        ({"standard": "200.00", "aid_share": "0.5"}, ["aid.applies 个人缴 {amount} 元"]),
        (
            {"parts": [{"items": ["standard"], "aid": "300.00"}]},
            ["aid.applies 个人缴 {amount} 元"],
        ),
    ],
)
def test_an_amount_that_is_aid_is_not_said_to_be_what_is_paid(
    answer: Json, slips: list[str]
) -> None:
    assert told(aided("资助后个人缴 {amount} 元。", answer)) == slips
    assert told(aided("资助 {amount} 元。", answer)) == []


def test_a_subsidy_is_not_said_to_be_what_is_paid() -> None:
    given = rule("more", "subsidy", {"amount": "700.00"}, applies="个人缴纳 {amount} 元。")
    assert told(given) == ["more.applies 个人缴纳 {amount} 元"]
