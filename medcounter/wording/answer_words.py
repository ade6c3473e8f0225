"""The answer of a rule in a few Chinese words, for tables.

One sentence for each kind of answer, whatever the case; decides nothing and
contains no resident's values.
"""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch
from typing import TYPE_CHECKING

from medcounter.money import show_money
from medcounter.rules import answers
from medcounter.rules.fees import fee_answers, formulas
from medcounter.rules.values import resolve_day
from medcounter.wording.terms import MONTHS, UNITS

if TYPE_CHECKING:
    from decimal import Decimal

_START_DAYS = {
    "year-start": "1 月 1 日",
    "payment": "缴费当日",
    "day-after-payment": "缴费次日",
    "month-of-payment": "缴费当月 1 日",
    "month-after-payment": "缴费次月 1 日",
    "birth": "出生日",
    "event": "情形发生日",
    "day-after-event": "情形发生次日",
    "month-of-event": "情形发生当月 1 日",
    "month-after-event": "情形发生次月 1 日",
}
_WAITS = {"fixed": "固定等待期", "variable": "变动等待期"}
_ROUNDED = {"month": "按月四舍五入到分", "year": "全年四舍五入到分"}
_WHOSE_STANDARD = {"main": "集中征缴期的个人缴费标准", "window": "缴费时段的标准"}
UNKNOWN = "没有来源给出"


@singledispatch
def answer_words(answer: object, benefit_year: int) -> str:
    """Say an answer; days that hang on the year are said for this year.

    Args:
        answer: Any answer record of the rule language.
        benefit_year: The year insured.

    Raises:
        TypeError: No words are known for this kind of answer.
    """
    raise TypeError(f"{type(answer).__name__} {benefit_year}")


@answer_words.register
def _window(answer: answers.WindowAnswer, benefit_year: int) -> str:
    if answer.start is None or answer.end is None:
        return answer.label
    start, end = (resolve_day(day, benefit_year) for day in (answer.start, answer.end))
    return f"{answer.label}：{start} 至 {end}"


@answer_words.register
def _standard(answer: fee_answers.StandardAnswer, benefit_year: int) -> str:
    if len(answer.items) == 1:
        return _amount(answer.items[0].amount, benefit_year)
    return "；".join(_item(item, benefit_year) for item in answer.items)


def _item(item: fee_answers.Item, benefit_year: int) -> str:
    label = item.label.replace("{benefit_year}", str(benefit_year))
    charged = "" if item.when is None else "（有条件）"
    return f"{label} {_amount(item.amount, benefit_year)}{charged}"


def _amount(amount: int | formulas.Formula | None, benefit_year: int) -> str:
    match amount:
        case None:
            return UNKNOWN
        case int():
            return show_money(amount)
        case formulas.Rated():
            rounded = _ROUNDED[amount.round]
            if amount.round_to == "yuan":
                rounded = rounded.replace("到分", "到元")
            least = amount.at_least
            least_words = "" if least is None else f"，不少于 {show_money(least)}"
            return (
                f"{show_money(amount.base)} × {_percent(amount.rate)} × "
                f"{_months(amount.months, benefit_year)}（{rounded}）{least_words}"
            )
        case formulas.Monthly():
            return f"{show_money(amount.amount)} × {_months(amount.months, benefit_year)}"
        case formulas.Counted():
            return f"每单位 {show_money(amount.amount)}"
        case formulas.LateFee():
            after = resolve_day(amount.after, benefit_year)
            return f"{after} 后每日加收 {amount.rate.normalize():f}"


def _months(months: int | formulas.MonthsLeft, benefit_year: int) -> str:
    if isinstance(months, int):
        return f"{months} {MONTHS}"
    end = resolve_day(months.end, benefit_year)
    since = _start_day(months.start, benefit_year).removesuffix("起")
    return f"{since}所在月至 {end.year} 年 {end.month} 月的月数"


def _percent(share: Decimal | Fraction) -> str:
    if isinstance(share, Fraction):
        return f"{share.denominator} 分之 {share.numerator}"
    return f"{(share * 100).normalize():f}%"


@answer_words.register
def _subsidy(answer: fee_answers.SubsidyAnswer, benefit_year: int) -> str:
    if answer.remainder_of is not None:
        return f"筹资总额 {_amount(answer.remainder_of, benefit_year)} 减个人缴费标准"
    return _amount(answer.amount, benefit_year)


@answer_words.register
def _concession(answer: fee_answers.ConcessionAnswer, _benefit_year: int) -> str:
    if answer.parts:
        return "；".join(f"{_part(part)} {_forms(part)}" for part in answer.parts)
    return _forms(answer)


def _part(part: fee_answers.PartConcession) -> str:
    return part.label or "、".join(part.items)


def _forms(answer: fee_answers.Concession) -> str:
    parts = []
    if answer.standard is not None:
        parts.append(f"标准 {show_money(answer.standard)}")
    if answer.pays is not None:
        parts.append(f"个人缴 {show_money(answer.pays)}")
    if answer.aid is not None:
        parts.append(f"资助 {show_money(answer.aid)}")
    if answer.aid_share is not None:
        parts.append(f"资助标准的 {_percent(answer.aid_share)}")
    return "，".join(parts) or UNKNOWN


@answer_words.register
def _other_year(answer: fee_answers.OtherYearAnswer, benefit_year: int) -> str:
    first = benefit_year + answer.first
    if isinstance(answer.years, int):
        last = first + answer.years - 1
        years = f"{first} 年度" if last == first else f"{first} 至 {last} 年度"
    else:
        years = f"{first} 年度起按所问年数"
    if answer.of is None:
        return f"{years}，每年 {_amount(answer.amount, benefit_year)}"
    whose = {"standard": "本年度标准", "contribution": "本年度个人缴费"}[answer.of]
    return f"{years}，每年按{whose}"


@answer_words.register
def _lapse(answer: answers.LapseAnswer, benefit_year: int) -> str:
    years = "、".join(str(benefit_year - back) for back in answer.also_insured)
    spared = f"，{years} 年度视同参保" if years else ""
    return f"从 {answer.from_year} 年度起计断保{spared}"


@answer_words.register
def _start_day(answer: answers.StartDay, benefit_year: int) -> str:
    if answer.date is not None:
        named = f"{resolve_day(answer.date, benefit_year)}"
    else:
        named = _START_DAYS[answer.anchor]
    return f"{named}起" if not answer.plus_days else f"{named}后第 {answer.plus_days} 天起"


@answer_words.register
def _wait_start(answer: answers.WaitStartAnswer, benefit_year: int) -> str:
    inside = "，按月的到同日为止，含同日" if answer.months_end == "same-day" else ""
    return f"{_start_day(answer, benefit_year)}{inside}"


@answer_words.register
def _exemption(answer: answers.ExemptionAnswer, benefit_year: int) -> str:
    waits = "和".join(_WAITS[wait] for wait in answer.waives)
    return f"免{waits}，{_start_day(answer.cover, benefit_year)}享受待遇"


@answer_words.register
def _fixed(answer: answers.FixedWaitAnswer, _benefit_year: int) -> str:
    counted_from = "（含缴费当月）" if answer.unit == "whole-month" else ""
    return f"{answer.length} {UNITS[answer.unit]}{counted_from}" if answer.length else "没有"


@answer_words.register
def _variable(answer: answers.VariableWaitAnswer, _benefit_year: int) -> str:
    free = f"，前 {answer.free_years} 年不加" if answer.free_years else ""
    return f"每断保 1 年加 {answer.per_year}{free}" if answer.per_year else "没有"


@answer_words.register
def _repair(answer: answers.RepairAnswer, _benefit_year: int) -> str:
    if not answer.per_year:
        return "不能修复"
    floor = ""
    if answer.floor_from_lapsed is not None:
        floor = f"；断保满 {answer.floor_from_lapsed} 年的，合计不少于 {answer.floor_total}"
    return f"每补缴 1 年减 {answer.per_year}{floor}"


@answer_words.register
def _repair_price(answer: fee_answers.RepairPriceAnswer, _benefit_year: int) -> str:
    if answer.amount is not None:
        return f"每修复 1 年 {show_money(answer.amount)}"
    if answer.of is None:
        return UNKNOWN
    part = f"中的 {'、'.join(answer.items)}" if answer.items else ""
    return f"每修复 1 年按{_WHOSE_STANDARD[answer.of]}{part}"


@answer_words.register
def _after_wait(answer: answers.AfterWaitAnswer, _benefit_year: int) -> str:
    day = "等待期满次日" if answer.days == 1 else f"等待期满后第 {answer.days} 天"
    return f"{day}起的第一个 1 日" if answer.month_start else day


@answer_words.register
def _month_end(answer: answers.MonthEndAnswer, _benefit_year: int) -> str:
    return {"last-day": "取月末最后一天", "first-of-next": "顺延到下月 1 日"}[answer.becomes]


@answer_words.register
def _cover_end(answer: answers.CoverEndAnswer, benefit_year: int) -> str:
    return f"到 {resolve_day(answer.end, benefit_year)} 止"


@answer_words.register
def _carry_over(answer: answers.CarryOverAnswer, _benefit_year: int) -> str:
    kept = "下一年度接着等，须已缴下一年度" if answer.carries else "不带入下一年度"
    return f"{kept}；本年度按断保计" if answer.counts_as_lapsed else kept


@answer_words.register
def _incentive(answer: answers.IncentiveAnswer, _benefit_year: int) -> str:
    capped = "" if answer.cap_share is None else f"，不超过限额的 {_percent(answer.cap_share)}"
    rate = ""
    if answer.rate is not None:
        most = "" if answer.rate.cap is None else f"，最多 {_percent(answer.rate.cap)}"
        rate = f"；报销比例每连续一年加 {_percent(answer.rate.step)}{most}"
    return (
        f"连续满 {answer.after_years} 年后每年加 {show_money(answer.continuous_step)}，"
        f"零报销每年加 {show_money(answer.zero_claim_step)}{capped}{rate}"
    )


@answer_words.register
def _remark(answer: answers.RemarkAnswer, _benefit_year: int) -> str:
    return {"info": "告知", "warning": "郑重告知"}[answer.level]
