"""What the clerk says to the resident: the whole answer in one spoken sentence.

Pure words; every figure and day comes from the assessment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.dates import year_end
from medcounter.money import show_yuan
from medcounter.wording.terms import UNITS

if TYPE_CHECKING:
    from datetime import date

    from medcounter.assess.assessment import Assessment, Coverage, Doubt, Fee, Wait

_TODAY = "今天"
# Spoken before a measure word; larger ones are read as figures.
_SPOKEN = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
_NO_CENTS = ".00"
# What of an answer the sentence says, by the first part of its field in the contract.
_PARTS = {"fee": "金额", "wait": "等待期", "coverage": "报销的日子"}


def spoken_answer(shown: Assessment, on: date) -> str:
    """Say an answer in one sentence that a clerk reads aloud.

    Args:
        shown: The answer, for the choice that was made.
        on: Today; its day of payment is then called today.
    """
    day = _day_of_payment(shown, on)
    if shown.payable is None:
        return (
            f"这里 {shown.benefit_year} 年度的规则还没有收录，现在办不了；"
            "缴多少、哪天起报销，以当地公告为准。"
        )
    if shown.fee is None:
        if shown.next_window is None:
            return f"{day}不能缴，规则里也没有写哪天可以缴。"
        return f"{day}不能缴，最早 {_spoken_day(shown.next_window)}可以缴。"
    parts = (f"{day}{_fee_words(shown.fee)}", _wait_words(shown), _cover_words(shown))
    return f"{'，'.join(parts)}{_unsettled_words(shown.doubts)}。"


def _day_of_payment(shown: Assessment, on: date) -> str:
    paid = shown.facts.payment_date if shown.facts else on
    return _TODAY if paid == on else f"{_spoken_day(paid)}"


def _spoken_day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _spoken_yuan(fen: int) -> str:
    return f"{show_yuan(fen).removesuffix(_NO_CENTS)} 元"


def _fee_words(fee: Fee) -> str:
    """Say what is paid, and what of it is for lapsed or other years."""
    if fee.total is None:
        return "可以缴，金额还要核实"
    if fee.total == 0:
        return "办理，自己不用缴钱"
    within = [
        f"{name} {_spoken_yuan(part)}"
        for name, part in (("补缴断保", fee.repair), ("其他年度", fee.other_years))
        if part
    ]
    named = f"（其中{'、'.join(within)}）" if within else ""
    return f"缴 {_spoken_yuan(fee.total)}{named}"


def _wait_words(shown: Assessment) -> str:
    if shown.wait is None:
        return "不用等待"
    return f"等待{_spoken_length(shown.wait)}"


def _spoken_length(wait: Wait) -> str:
    unit = UNITS[wait.unit]
    if wait.total < len(_SPOKEN):
        return f"{_SPOKEN[wait.total]}{unit}"
    return f" {wait.total} {unit}"


def _cover_words(shown: Assessment) -> str:
    cover = shown.coverage
    if cover is None:
        return f"{shown.benefit_year} 年度报销不了"
    return f"{_spoken_day(cover.start)}起报销{_end_words(cover, shown.benefit_year)}"


def _end_words(cover: Coverage, benefit_year: int) -> str:
    """Say the last day where it is not the year's: everybody expects that one."""
    if cover.end == year_end(benefit_year):
        return ""
    return f"，到 {_spoken_day(cover.end)}为止"


def _unsettled_words(doubts: tuple[Doubt, ...]) -> str:
    """Say which parts have two readings that no notice decides."""
    heads = {one.field.partition(".")[0] for one in doubts if one.status == "unsettled"}
    named = [word for head, word in _PARTS.items() if head in heads]
    return f"；{'和'.join(named)}规定不一，以医保经办机构核定为准" if named else ""


def doubt_line(doubts: tuple[Doubt, ...]) -> str:
    """Tell in one quiet line how much of an answer is doubtful; empty for nothing."""
    texts = {one.text: "" for one in doubts}
    for one in doubts:
        texts[one.text] = max(texts[one.text], one.status)
    unsettled = sum(1 for worst in texts.values() if worst == "unsettled")
    parts = [f"{unsettled} 处未定"] if unsettled else []
    if assumed := len(texts) - unsettled:
        parts.append(f"{assumed} 处推定")
    return f"{'，'.join(parts)}" if parts else ""
