"""Find the nearest payment day that would change the answer.

Candidates are the breakpoints of all conditions. Between two of them only
figures that depend on the day itself can change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from medcounter.assess.assessment import Hint
from medcounter.assess.engine.decision import Decision
from medcounter.dates import ONE_DAY
from medcounter.money import show_money

AnswerKind = tuple[bool, bool, bool, int | None, date | None]
DecideOn = Callable[[date], Decision | None]


def answer_kind(decision: Decision) -> AnswerKind:
    """Tell what kind of answer it is: payable, waits, covered, to pay, from when.

    A first covered day that moves with the payment day tells nothing apart;
    one that hangs on birth, an event or the year does.
    """
    total = decision.fee.total if decision.fee else None
    waits, cover = decision.wait is not None, decision.coverage
    fixed = cover.start if cover is not None and not waits else None
    if fixed in {decision.case.paid, decision.case.paid + ONE_DAY}:
        fixed = None
    return decision.payable, waits, cover is not None, total, fixed


def find_hints(decision: Decision, days: tuple[date, ...], decide_on: DecideOn) -> tuple[Hint, ...]:
    """Name the last better day before and the first other day after.

    Args:
        decision: The answer for the facts' own payment day.
        days: Turning days of the programme.
        decide_on: Decides the same facts for another payment day; None where
            that cannot be told.
    """
    paid = decision.case.paid
    hints = []
    earlier = [*(day - ONE_DAY for day in days if day <= paid), *_cover_ended(decision, decide_on)]
    for day in sorted(earlier, reverse=True):
        other = decide_on(day)
        if other is not None and other.payable and _differs(other, decision):
            hints.append(Hint("payment_date", day, f"{day} 及以前缴费：{summarise(other)}。"))
            break
    later = [*(day for day in days if day > paid), *_cover_ends(decision, decide_on)]
    for day in sorted(later):
        other = decide_on(day)
        if other is not None and _differs(other, decision):
            hints.append(Hint("payment_date", day, f"{day} 起缴费：{summarise(other)}。"))
            break
    return tuple(hints)


def _differs(other: Decision, own: Decision) -> bool:
    """Tell whether another day gives another kind of answer, not the same one."""
    same = (other.fee, other.wait, other.coverage) == (own.fee, own.wait, own.coverage)
    return answer_kind(other) != answer_kind(own) and not (same and other.payable == own.payable)


def _cover_ends(decision: Decision, decide_on: DecideOn) -> Iterator[date]:
    """Find the first later day whose wait leaves the year without cover."""
    if decision.wait is None or decision.coverage is None:
        return
    high = decision.coverage.end
    if (end := decide_on(high)) is not None and end.coverage is None:
        yield _last_covered(decision.case.paid, high, decide_on) + ONE_DAY


def _cover_ended(decision: Decision, decide_on: DecideOn) -> Iterator[date]:
    """Find the last earlier day of the window whose wait left some cover."""
    if decision.wait is None or decision.coverage is not None or decision.window.start is None:
        return
    low = decision.window.start
    if (begin := decide_on(low)) is not None and begin.coverage is not None:
        yield _last_covered(low, decision.case.paid, decide_on)


def _last_covered(covered: date, bare: date, decide_on: DecideOn) -> date:
    """Search the last day with cover between one that has it and one that has not."""
    while (bare - covered).days > 1:
        middle = covered + timedelta(days=(bare - covered).days // 2)
        other = decide_on(middle)
        if other is not None and other.coverage is not None:
            covered = middle
        else:
            bare = middle
    return covered


def summarise(decision: Decision) -> str:
    """Say an answer in half a sentence: to pay, wait, cover."""
    if not decision.payable:
        return "不能缴费"
    paid = f"应缴 {show_money(decision.fee.total)}" if decision.fee else ""
    wait = "有等待期" if decision.wait else "没有等待期"
    if decision.coverage is None:
        return f"{paid}，{wait}，本年度没有待遇"
    return f"{paid}，{wait}，{decision.coverage.start} 起享受待遇"
