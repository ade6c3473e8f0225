"""What rules answer, said for a table: every kind of answer has its words."""

import typing

import pytest

from medcounter.rules import answers
from medcounter.rules.fees import fee_answers
from medcounter.rules.questions import Rule
from medcounter.rules.values import Record
from medcounter.wording.answer_words import UNKNOWN, answer_words

YEAR = 2025


def made(kind: type[Record], **fields: object) -> Record:
    """An answer, read as a bundle's author writes it."""
    return kind.model_validate(fields)


def window(**days: str | None) -> answers.WindowAnswer:
    return answers.WindowAnswer.model_validate({"kind": "main", "label": "集中征缴期", **days})


def standard(*amounts: object) -> fee_answers.StandardAnswer:
    items = [
        {"code": f"item-{number}", "label": f"第 {number} 项", "amount": amount}
        for number, amount in enumerate(amounts, start=1)
    ]
    return fee_answers.StandardAnswer.model_validate({"items": items})


def anchor(name: str, **more: object) -> answers.StartDay:
    return answers.StartDay.model_validate({"anchor": name, **more})


RATED = {"kind": "rated", "base": "6240.00", "rate": "0.045", "months": 12, "round": "month"}
LEFT = {"from": {"anchor": "birth"}, "to": "B:12-31"}
OF_THE_YEAR = {"code": "medical", "label": "{benefit_year} 年度医保", "amount": "400.00"}
OPTIONAL = {
    "code": "care",
    "label": "长护险",
    "amount": "25.00",
    "when": {"test": "answer", "code": "long_term_care", "is": True},
}
PREPAID = {"code": "prepaid", "label": "预缴"}
SAID: tuple[tuple[object, str], ...] = (
    (
        window(**{"from": "2024-09-15", "to": "B:02-28"}),
        "集中征缴期：2024-09-15 至 2025-02-28",
    ),
    (window(), "集中征缴期"),
    (standard("400.00"), "¥400.00"),
    (standard(None), UNKNOWN),
    (standard("400.00", "15.00"), "第 1 项 ¥400.00；第 2 项 ¥15.00"),
    (standard(RATED), "¥6,240.00 × 4.5% × 12 个月（按月四舍五入到分）"),
    (
        standard({**RATED, "rate": "1", "round": "year"}),
        "¥6,240.00 × 100% × 12 个月（全年四舍五入到分）",
    ),
    (
        standard({**RATED, "rate": "1/12", "round": "year"}),
        "¥6,240.00 × 12 分之 1 × 12 个月（全年四舍五入到分）",
    ),
    (standard({"kind": "monthly", "amount": "15.00", "months": 12}), "¥15.00 × 12 个月"),
    (standard({"kind": "counted", "amount": "288.00", "by": "gap_months"}), "每单位 ¥288.00"),
    (
        standard({"kind": "late-fee", "rate": "0.0005", "after": "B:12-31"}),
        "2025-12-31 后每日加收 0.0005",
    ),
    (made(fee_answers.SubsidyAnswer, amount="670.00"), "¥670.00"),
    (fee_answers.SubsidyAnswer(amount=None), UNKNOWN),
    (made(fee_answers.ConcessionAnswer, pays="80.00"), "个人缴 ¥80.00"),
    (made(fee_answers.ConcessionAnswer, aid="320.00"), "资助 ¥320.00"),
    (made(fee_answers.ConcessionAnswer, aid_share="0.9"), "资助标准的 90%"),
    (made(fee_answers.ConcessionAnswer, standard="200.00"), "标准 ¥200.00"),
    (fee_answers.ConcessionAnswer(unknown=True), UNKNOWN),
    (
        made(fee_answers.ConcessionAnswer, standard="200.00", aid="120.00"),
        "标准 ¥200.00，资助 ¥120.00",
    ),
    (
        made(
            fee_answers.ConcessionAnswer,
            parts=[{"items": ["medical"], "pays": "40.00"}, {"items": ["care"], "pays": "8.00"}],
        ),
        "medical 个人缴 ¥40.00；care 个人缴 ¥8.00",
    ),
    (
        made(
            fee_answers.ConcessionAnswer,
            parts=[{"items": ["medical"], "label": "基本医保", "aid": "150.00"}],
        ),
        "基本医保 资助 ¥150.00",
    ),
    (
        made(fee_answers.StandardAnswer, items=[OF_THE_YEAR, OPTIONAL]),
        "2025 年度医保 ¥400.00；长护险 ¥25.00（有条件）",
    ),
    (
        standard({**RATED, "round_to": "yuan", "at_least": "400.00"}),
        "¥6,240.00 × 4.5% × 12 个月（按月四舍五入到元），不少于 ¥400.00",
    ),
    (
        standard({"kind": "monthly", "amount": "44.00", "months": LEFT}),
        "¥44.00 × 出生日所在月至 2025 年 12 月的月数",
    ),
    (
        made(fee_answers.SubsidyAnswer, remainder_of="1318.00"),
        "筹资总额 ¥1,318.00 减个人缴费标准",
    ),
    (made(fee_answers.RepairPriceAnswer, of="main"), "每修复 1 年按集中征缴期的个人缴费标准"),
    (
        made(fee_answers.RepairPriceAnswer, of="window", items=["medical"]),
        "每修复 1 年按缴费时段的标准中的 medical",
    ),
    (made(fee_answers.RepairPriceAnswer, amount="350.00"), "每修复 1 年 ¥350.00"),
    (made(fee_answers.RepairPriceAnswer, unknown=True), UNKNOWN),
    (made(fee_answers.OtherYearAnswer, **PREPAID, of="standard"), "2026 年度，每年按本年度标准"),
    (
        made(fee_answers.OtherYearAnswer, **PREPAID, years=3, amount="240.00"),
        "2026 至 2028 年度，每年 ¥240.00",
    ),
    (
        made(fee_answers.OtherYearAnswer, **PREPAID, years={"by": "n"}, of="contribution"),
        "2026 年度起按所问年数，每年按本年度个人缴费",
    ),
    (made(answers.LapseAnswer, from_year=2025), "从 2025 年度起计断保"),
    (
        made(answers.LapseAnswer, from_year=2023, also_insured=[1, 2]),
        "从 2023 年度起计断保，2024、2023 年度视同参保",
    ),
    (made(answers.WaitStartAnswer, anchor="payment"), "缴费当日起"),
    (
        made(answers.WaitStartAnswer, anchor="payment", months_end="same-day"),
        "缴费当日起，按月的到同日为止，含同日",
    ),
    (anchor("month-after-event"), "情形发生次月 1 日起"),
    (anchor("payment"), "缴费当日起"),
    (anchor("date", date="B:04-01"), "2025-04-01起"),
    (anchor("birth", plus_days=3), "出生日后第 3 天起"),
    (
        made(
            answers.ExemptionAnswer,
            waives=["fixed", "variable"],
            cover={"anchor": "day-after-payment"},
        ),
        "免固定等待期和变动等待期，缴费次日起享受待遇",
    ),
    (made(answers.FixedWaitAnswer, length=3), "3 个月"),
    (made(answers.FixedWaitAnswer, length=0), "没有"),
    (made(answers.FixedWaitAnswer, length=90, unit="day"), "90 天"),
    (made(answers.VariableWaitAnswer, per_year=1, free_years=1), "每断保 1 年加 1，前 1 年不加"),
    (made(answers.VariableWaitAnswer, per_year=1), "每断保 1 年加 1"),
    (made(answers.VariableWaitAnswer, per_year=0), "没有"),
    (made(answers.RepairAnswer, per_year=0), "不能修复"),
    (made(answers.RepairAnswer, per_year=1), "每补缴 1 年减 1"),
    (
        made(answers.RepairAnswer, per_year=1, floor_from_lapsed=4, floor_total=6),
        "每补缴 1 年减 1；断保满 4 年的，合计不少于 6",
    ),
    (made(answers.AfterWaitAnswer, days=1), "等待期满次日"),
    (made(answers.AfterWaitAnswer, days=2), "等待期满后第 2 天"),
    (made(answers.AfterWaitAnswer, days=1, month_start=True), "等待期满次日起的第一个 1 日"),
    (made(answers.MonthEndAnswer, becomes="last-day"), "取月末最后一天"),
    (made(answers.MonthEndAnswer, becomes="first-of-next"), "顺延到下月 1 日"),
    (made(answers.CoverEndAnswer, to="B:12-31"), "到 2025-12-31 止"),
    (made(answers.CarryOverAnswer, carries=False), "不带入下一年度"),
    (
        made(answers.CarryOverAnswer, carries=True, counts_as_lapsed=True),
        "下一年度接着等，须已缴下一年度；本年度按断保计",
    ),
    (made(answers.RemarkAnswer, code="told", level="info"), "告知"),
    (made(answers.RemarkAnswer, code="told", level="warning"), "郑重告知"),
)


@pytest.mark.parametrize(("answer", "said"), SAID, ids=[said for _, said in SAID])
def test_an_answer_is_said_in_words(answer: object, said: str) -> None:
    assert answer_words(answer, YEAR) == said


def test_a_ceiling_step_is_said_with_its_cap() -> None:
    answer = answers.IncentiveAnswer.model_validate(
        {
            "counted_from": 2025,
            "after_years": 4,
            "continuous_step": "3000.00",
            "zero_claim_step": "3000.00",
            "cap_share": "0.2",
        }
    )
    said = answer_words(answer, YEAR)
    assert "满 4 年后每年加 ¥3,000.00" in said
    assert said.endswith("不超过限额的 20%")


def test_a_step_of_the_rate_is_said_with_its_most() -> None:
    steps = {"counted_from": 2025, "after_years": 4, "continuous_step": None}
    rate = {"step": "0.01", "cap": "0.05", "counted_from": 2023}
    answer = made(answers.IncentiveAnswer, **steps, zero_claim_step=None, rate=rate)
    assert answer_words(answer, YEAR) == (
        "连续满 4 年后每年加 待核定，零报销每年加 待核定；报销比例每连续一年加 1%，最多 5%"
    )


def test_every_question_of_the_rule_language_has_words_for_its_answer() -> None:
    rules = typing.get_args(typing.get_args(Rule)[0])
    kinds = {rule.model_fields["answer"].annotation for rule in rules}
    assert len(kinds) > 10
    assert {
        kind for kind in kinds if answer_words.dispatch(kind) is answer_words.dispatch(object)
    } == set()


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(TypeError, match="str 2025"):
        answer_words("400.00", YEAR)
