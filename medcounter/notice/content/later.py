"""Sentences for the resident on how another day or option changes the answer.

Uses the options and hints of the assessment; assesses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from medcounter.assess.assessment import Assessment, Coverage, Wait
from medcounter.dates import ONE_DAY
from medcounter.money import show_money
from medcounter.wording.terms import UNSETTLED_AMOUNT

if TYPE_CHECKING:
    from medcounter.assess.options import Option

_PAYMENT_DATE = "payment_date"
_LAST_DAY = "last-day"
_NEXT_WINDOW = "next-window"
_REPAIR = "repair-"


def pay_by(chosen: Option, options: Sequence[Option]) -> date:
    """Name the last payment day on which the whole answer still holds.

    It is the payment day itself where wait or cover run from that day, or
    where nothing shows how much longer the answer holds.

    Returns:
        The day, inclusive.
    """
    paid = chosen.facts.payment_date
    result = _result(chosen.assessment)
    if _runs_from_payment(chosen.assessment, paid):
        return paid
    for option in options:
        if option.code == _LAST_DAY and _result(option.assessment) == result:
            return max(paid, option.facts.payment_date)
    end = chosen.assessment.window.end
    inside = [day for day in _changes_after(chosen.assessment, paid) if end and day <= end]
    return min(inside) - ONE_DAY if inside else paid


def later_sentences(chosen: Option, options: Sequence[Option]) -> tuple[str, ...]:
    """Say what paying after the day computed for would change."""
    paid = chosen.facts.payment_date
    assessment = chosen.assessment
    rolling = _runs_from_payment(assessment, paid)
    by_day = _changes_after(assessment, paid)
    for option in options:
        day = option.facts.payment_date
        wanted = option.code == _NEXT_WINDOW or (option.code == _LAST_DAY and not rolling)
        if wanted and day > paid and _result(option.assessment) != _result(assessment):
            by_day[day] = f"{option.label}，{_outcome(option.assessment)}。"
    sentences = [by_day[day] for day in sorted(by_day)]
    if rolling:
        what = "等待期和享受待遇" if assessment.wait else "享受待遇"
        sentences.insert(0, f"缴费每推迟一天，{what}的日期相应推后。")
    return tuple(sentences)


def choice_sentences(chosen: Option, options: Sequence[Option]) -> tuple[str, ...]:
    """Say what repairing lapsed years would buy, where it buys days."""
    if chosen.facts.repair_years:
        return ()
    return tuple(
        f"{option.label}：多缴 {show_money(option.extra_cost)}，"
        f"{_cover(option.assessment.coverage)}（多 {option.extra_days} 天）。"
        for option in options
        if option.code.startswith(_REPAIR) and option.extra_days > 0
    )


def _runs_from_payment(assessment: Assessment, paid: date) -> bool:
    if assessment.wait is not None:
        return assessment.wait.start == paid
    cover = assessment.coverage
    return cover is not None and cover.start in (paid, paid + ONE_DAY)


def _changes_after(assessment: Assessment, paid: date) -> dict[date, str]:
    return {
        hint.value: hint.text
        for hint in assessment.hints
        if hint.field == _PAYMENT_DATE and hint.value > paid
    }


def _result(assessment: Assessment) -> tuple[object, ...]:
    total = assessment.fee.total if assessment.fee else None
    return (assessment.payable, total, assessment.wait, assessment.coverage)


def _outcome(assessment: Assessment) -> str:
    if assessment.fee is None:
        return "不能缴费"
    total = assessment.fee.total
    parts = (
        f"应缴金额{UNSETTLED_AMOUNT}" if total is None else f"应缴 {show_money(total)}",
        _wait(assessment.wait),
        _cover(assessment.coverage),
    )
    return "，".join(parts)


def _wait(wait: Wait | None) -> str:
    return f"等待期 {wait.start} 至 {wait.end}" if wait else "没有等待期"


def _cover(cover: Coverage | None) -> str:
    return f"{cover.start} 至 {cover.end} 享受待遇" if cover else "当年不享受待遇"
