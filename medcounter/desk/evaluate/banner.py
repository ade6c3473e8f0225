"""The strip above the form: position in the window, and what changes at its end.

One or two Chinese sentences. The change is taken from the option to wait for
the next window, so the two never disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from medcounter.assess.assessment import CLOSED, Assessment
from medcounter.dates import ONE_DAY
from medcounter.money import show_money
from medcounter.wording.wait_words import wait_length

if TYPE_CHECKING:
    from medcounter.assess import Option
    from medcounter.desk.draft.season import Season

_NEXT_WINDOW = "next-window"


def banner(options: Sequence[Option], on: date) -> str:
    """Say where the payment day lies and what paying after the window means.

    Args:
        options: All choices, paying now first; at least that one.
        on: The day at the counter.
    """
    now = options[0].assessment
    paid = options[0].facts.payment_date
    day = "今天" if paid == on else short_date(paid, on)
    window, year = now.window, now.benefit_year
    if window.kind == CLOSED:
        return f"{day}不在 {year} 年度缴费期内，{_when_next(now, on)}。"
    if window.start is None or window.end is None:
        return f"{day}：{year} 年度{window.label}，起止日期没有可依据的来源。"
    span = f"{window.start} 至 {window.end}"
    later = next((one for one in options if one.code == _NEXT_WINDOW), None)
    after = _afterwards(now, later, window.end + ONE_DAY, on)
    return f"{day}：{year} 年度{window.label}（{span}），{_left(paid, window.end)}。{after}"


def season_sentence(found: Season, place: str, on: date) -> str:
    """Say what is collected at a place today, or what will be next.

    Args:
        found: As the place's rules or the nation's usual season say.
        place: Its name; empty while none is set.
        on: Today.
    """
    if found.year is None:
        return _nothing_collected(found)
    if found.start is None or found.end is None:
        return f"现在征缴 {found.year} 年度：{found.label}，起止日期没有收录。"
    span = f"{found.start} 至 {found.end}"
    left = _left(on, found.end)
    if not found.missing:
        return f"现在征缴 {found.year} 年度：{found.label} {span}，{left}。"
    return (
        f"没有收录{place or '本地'} {found.year} 年度的规则。按全国通常的时段（{span}，推定），"
        f"现在征缴 {found.year} 年度，{left}；以当地公告为准。"
    )


def _nothing_collected(found: Season) -> str:
    if found.next_year is None or found.start is None:
        return "今天不在集中征缴期内，下一次从哪天开始没有收录。"
    if found.missing:
        return f"今天不在集中征缴期内；{found.next_year} 年度通常自 {found.start} 起（推定）。"
    return f"今天不在集中征缴期内；{found.next_year} 年度{found.label}自 {found.start} 起。"


def short_date(day: date, on: date) -> str:
    """Write a day without its year where that is the year of ``on``."""
    return (
        f"{day.month}月{day.day}日"
        if day.year == on.year
        else f"{day:%Y}年{day.month}月{day.day}日"
    )


def _when_next(assessment: Assessment, on: date) -> str:
    if assessment.next_window is None:
        return "之后也没有已知的缴费日"
    return f"最早 {short_date(assessment.next_window, on)} 可以缴费"


def _left(paid: date, end: date) -> str:
    left = (end - paid).days
    return "到这一天为止" if left == 0 else f"还有 {left} 天"


def _afterwards(now: Assessment, later: Option | None, day: date, on: date) -> str:
    begins = short_date(day, on)
    if later is None:
        return f"{begins}起不能再缴。"
    changes = "，".join(_changes(now, later.assessment, on))
    opens = later.facts.payment_date
    if opens > day:
        terms = f"，那时缴费：{changes}" if changes else ""
        return f"{begins}起不能缴，最早 {short_date(opens, on)} 可以缴费{terms}。"
    return f"{begins}起缴费：{changes}。" if changes else ""


def _changes(now: Assessment, later: Assessment, on: date) -> list[str]:
    changes = []
    if now.fee and later.fee and now.fee.total != later.fee.total:
        changes.append(f"应缴 {show_money(later.fee.total)}")
    if later.wait and (now.wait is None or now.wait.total != later.wait.total):
        changes.append(f"有等待期 {wait_length(later.wait)}")
    if later.coverage is None:
        changes.append("本年度没有待遇")
    elif now.coverage is None or later.coverage.start != now.coverage.start:
        changes.append(f"{short_date(later.coverage.start, on)}起才有待遇")
    return changes
