"""Describe how an answer changes when it is computed for another day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from medcounter.assess.assessment import Assessment
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.money import show_yuan


def day_turned(before: Sequence[Outcome], after: Sequence[Outcome]) -> str:
    """Say that answers were worked out anew, and what became different.

    Args:
        before: What was shown, member by member; at least one.
        after: The same members, worked out today.
    """
    sentences = [
        _different(old, new, alone=len(before) == 1) for old, new in zip(before, after, strict=True)
    ]
    what = "；".join(text for text in sentences if text) or "结果没有变化"
    return f"今天已是 {after[0].on}，已重新测算：{what}。请核对。"


def since_kept(household: Household, on: date, work: Callable[[Draft, date], Outcome]) -> str:
    """Describe what became different since a household was kept or put aside.

    Args:
        household: As it was given back.
        on: Today.
        work: Works a draft out for a day.

    Returns:
        Empty where it was kept today, or where nobody stands there.
    """
    kept_on = household.kept_on
    if kept_on is None or kept_on == on or household.is_blank:
        return ""
    before, after = (
        tuple(work(draft, day) for draft in household.members) for day in (kept_on, on)
    )
    return day_turned(before, after)


def _different(before: Outcome, after: Outcome, *, alone: bool) -> str:
    old, new = _figures(before.shown), _figures(after.shown)
    both = [name for name in new if name in old]
    changed = [
        f"{name}由{old[name]}变为{new[name].rstrip()}" for name in both if old[name] != new[name]
    ]
    if before.can_issue and not after.can_issue:
        changed.append("现在不能出单")
    if not changed:
        return ""
    return ("" if alone else f"{after.person.name or '未填姓名的一位'}：") + "，".join(changed)


def _figures(shown: Assessment | None) -> dict[str, str]:
    """Return what a resident acts on, each as it is read aloud."""
    fee = shown.fee.total if shown and shown.fee else None
    wait = shown.wait if shown else None
    cover = shown.coverage if shown else None
    figures = {
        "应缴": "未定" if fee is None else f" {show_yuan(fee)} 元 ",
        "等待期": f" {wait.start} 至 {wait.end} " if wait else "无",
        "待遇": f" {cover.start} 起" if cover else "没有",
    }
    return figures | ({"待遇止于": f" {cover.end} "} if cover else {})
