"""The fixed list of questions a programme answers, in the engine's order.

A question of mode *one* must be answered by exactly one applicable rule, after
exceptions; of mode *best* by at most one rule per ground, of which the best
counts; of mode *all* by every applicable rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from medcounter.rules import answers
from medcounter.rules.fees import fee_answers
from medcounter.rules.rule import Answering, Reading


class WindowRule(Answering):
    """Which window does the payment day lie in for this person?"""

    question: Literal["window"]
    answer: answers.WindowAnswer
    readings: tuple[Reading[answers.WindowAnswer], ...] = ()


class StandardRule(Answering):
    """What does this window ask of one person?"""

    question: Literal["standard"]
    answer: fee_answers.StandardAnswer
    readings: tuple[Reading[fee_answers.StandardAnswer], ...] = ()


class SubsidyRule(Answering):
    """What does the public purse add?"""

    question: Literal["subsidy"]
    answer: fee_answers.SubsidyAnswer
    readings: tuple[Reading[fee_answers.SubsidyAnswer], ...] = ()


class ConcessionRule(Answering):
    """What does this identity pay instead?"""

    question: Literal["concession"]
    answer: fee_answers.ConcessionAnswer
    readings: tuple[Reading[fee_answers.ConcessionAnswer], ...] = ()


class OtherYearRule(Answering):
    """What is paid with this year's fee for other years?"""

    SINCE = 2

    question: Literal["other-year"]
    answer: fee_answers.OtherYearAnswer
    readings: tuple[Reading[fee_answers.OtherYearAnswer], ...] = ()


class LapseRule(Answering):
    """From which year on do lapsed years count?"""

    question: Literal["lapse"]
    answer: answers.LapseAnswer
    readings: tuple[Reading[answers.LapseAnswer], ...] = ()


class ExemptionRule(Answering):
    """Does this ground remove a wait, and when does cover begin then?"""

    question: Literal["exemption"]
    answer: answers.ExemptionAnswer
    readings: tuple[Reading[answers.ExemptionAnswer], ...] = ()


class FixedWaitRule(Answering):
    """How long is the fixed wait?"""

    question: Literal["fixed-wait"]
    answer: answers.FixedWaitAnswer
    readings: tuple[Reading[answers.FixedWaitAnswer], ...] = ()


class VariableWaitRule(Answering):
    """What does each further lapsed year add?"""

    question: Literal["variable-wait"]
    answer: answers.VariableWaitAnswer
    readings: tuple[Reading[answers.VariableWaitAnswer], ...] = ()


class RepairRule(Answering):
    """What does repair take off, and down to what?"""

    question: Literal["repair"]
    answer: answers.RepairAnswer
    readings: tuple[Reading[answers.RepairAnswer], ...] = ()


class RepairPriceRule(Answering):
    """What does one repaired year cost?"""

    SINCE = 2

    question: Literal["repair-price"]
    answer: fee_answers.RepairPriceAnswer
    readings: tuple[Reading[fee_answers.RepairPriceAnswer], ...] = ()


class WaitStartRule(Answering):
    """On which day does the wait begin?"""

    question: Literal["wait-start"]
    answer: answers.WaitStartAnswer
    readings: tuple[Reading[answers.WaitStartAnswer], ...] = ()


class MonthEndRule(Answering):
    """What becomes of a day number that the target month lacks?"""

    question: Literal["month-end"]
    answer: answers.MonthEndAnswer
    readings: tuple[Reading[answers.MonthEndAnswer], ...] = ()


class AfterWaitRule(Answering):
    """How many days after the wait's last day does cover begin?"""

    question: Literal["after-wait"]
    answer: answers.AfterWaitAnswer
    readings: tuple[Reading[answers.AfterWaitAnswer], ...] = ()


class CoverFloorRule(Answering):
    """Before which day does cover never begin?"""

    SINCE = 2

    question: Literal["cover-floor"]
    answer: answers.StartDay
    readings: tuple[Reading[answers.StartDay], ...] = ()


class CoverStartRule(Answering):
    """On which day does cover begin where there is no wait?"""

    question: Literal["cover-start"]
    answer: answers.StartDay
    readings: tuple[Reading[answers.StartDay], ...] = ()


class CoverEndRule(Answering):
    """On which day does cover end?"""

    question: Literal["cover-end"]
    answer: answers.CoverEndAnswer
    readings: tuple[Reading[answers.CoverEndAnswer], ...] = ()


class CarryOverRule(Answering):
    """What becomes of a wait that runs past 31 December?"""

    question: Literal["carry-over"]
    answer: answers.CarryOverAnswer
    readings: tuple[Reading[answers.CarryOverAnswer], ...] = ()


class IncentiveRule(Answering):
    """How does the 大病保险 ceiling move?"""

    question: Literal["incentive"]
    answer: answers.IncentiveAnswer
    readings: tuple[Reading[answers.IncentiveAnswer], ...] = ()


class RemarkRule(Answering):
    """What must the resident be told in this case?"""

    question: Literal["remark"]
    answer: answers.RemarkAnswer
    readings: tuple[Reading[answers.RemarkAnswer], ...] = ()


Rule = Annotated[
    WindowRule
    | StandardRule
    | SubsidyRule
    | ConcessionRule
    | OtherYearRule
    | LapseRule
    | ExemptionRule
    | FixedWaitRule
    | VariableWaitRule
    | RepairRule
    | RepairPriceRule
    | WaitStartRule
    | MonthEndRule
    | AfterWaitRule
    | CoverFloorRule
    | CoverStartRule
    | CoverEndRule
    | CarryOverRule
    | IncentiveRule
    | RemarkRule,
    Field(discriminator="question"),
]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code, its Chinese label, its mode, its fields.

    Attributes:
        concerns: Contract fields that rest on the answer, most exact first.
        schemes: Schemes in which a programme must answer it.
    """

    code: str
    label: str
    mode: Literal["one", "best", "all"]
    concerns: tuple[str, ...]
    schemes: tuple[str, ...] = ("resident", "flexible")

    @property
    def is_about_fee(self) -> bool:
        """Whether its answers make the fee."""
        return any(field.partition(".")[0] == "fee" for field in self.concerns)

    @property
    def is_contribution(self) -> bool:
        """Whether its answers make what residents pay for themselves this year."""
        return "fee.contribution" in self.concerns

    @property
    def rule_name(self) -> str:
        """Name of the class of its rules, which the schema takes too."""
        return "".join(word.capitalize() for word in self.code.split("-")) + "Rule"


_FEE = ("fee", "fee.total", "fee.contribution")

QUESTIONS = (
    Question("window", "缴费时段", "one", ("window",)),
    Question("standard", "缴费标准", "one", (*_FEE, "fee.standard")),
    Question("concession", "资助", "best", (*_FEE, "fee.aid")),
    Question("subsidy", "财政补助", "one", ("fee.subsidy",), ("resident",)),
    Question("other-year", "其他年度的费用", "all", ("fee.lines", "fee.total"), ()),
    Question("lapse", "断保年数从哪年算", "one", ("lapsed_years",)),
    Question("exemption", "免除等待期", "best", ("exemption", "coverage.from")),
    Question("fixed-wait", "固定等待期", "one", ("wait.fixed", "wait.total", "wait.to")),
    Question("variable-wait", "变动等待期", "one", ("wait.variable", "wait.total", "wait.to")),
    Question("repair", "缴费修复", "one", ("wait.repaired", "wait.total", "wait.to")),
    Question("repair-price", "修复一年的价钱", "one", ("fee.repair", "fee.total"), ()),
    Question("wait-start", "等待期起算", "one", ("wait.from", "wait.to", "coverage.from")),
    Question("month-end", "月末的算法", "one", ("wait.to", "coverage.from")),
    Question("after-wait", "等待期后的首日", "one", ("coverage.from",)),
    Question("cover-floor", "待遇最早日", "one", ("coverage.from",), ()),
    Question("cover-start", "待遇开始", "one", ("coverage.from",)),
    Question("cover-end", "待遇结束", "one", ("coverage.to",)),
    Question("carry-over", "等待期跨年", "one", ("wait.to",)),
    Question("incentive", "大病保险激励", "one", ("incentive",), ()),
    Question("remark", "须告知事项", "all", ("remarks",), ()),
)

QUESTION = {question.code: question for question in QUESTIONS}

FEE_QUESTIONS = frozenset(one.code for one in QUESTIONS if one.is_about_fee)
CONTRIBUTION_QUESTIONS = frozenset(one.code for one in QUESTIONS if one.is_contribution)
LENGTH_QUESTIONS = ("fixed-wait", "variable-wait", "repair")
# What must be answered before it can be asked when cover begins.
FEE_AND_LENGTHS = frozenset({"lapse", "window", *FEE_QUESTIONS, *LENGTH_QUESTIONS})

_PARTS = {
    "window": ("kind", "from", "to"),
    "fee": ("total", "standard", "aid", "contribution", "repair", "subsidy", "lines"),
    "wait": ("from", "to", "fixed", "variable", "repaired", "total", "unit"),
    "coverage": ("from", "to", "days"),
    "incentive": (
        "continuous_years",
        "continuous",
        "zero_claim",
        "penalty",
        "change",
        "cap",
        "rate",
    ),
}
# Dotted contract fields that rest on rules: what a doubt may be about.
FIELDS = frozenset(
    {"payable", "next_window", "category", "exemption", "lapsed_years", "remarks", *_PARTS}
    | {f"{whole}.{part}" for whole, parts in _PARTS.items() for part in parts}
)
