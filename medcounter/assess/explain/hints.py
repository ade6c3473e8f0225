"""Find the nearest payment day that would change the answer.

Candidates are the breakpoints of all conditions. Between two of them only
figures that depend on the day itself can change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

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
    fee, cover, paid = decision.fee, decision.coverage, decision.case.paid
    waits = decision.wait is not None
    fixed = cover.start if cover is not None and not waits else None
    if fixed == paid or fixed == paid + ONE_DAY:
        fixed = None
    total = None if fee is None else fee.total
    return decision.payable, waits, cover is not None, total, fixed


def find_hints(decision: Decision, days: tuple[date, ...], decide_on: DecideOn) -> tuple[Hint, ...]:
    """Name the last better day before and the first other day after.

    Args:
        decision: The answer for the facts' own payment day.
        days: Turning days of the programme.
        decide_on: Decides the same facts for another payment day; None where
            that cannot be told.
    """
    paid, own = decision.case.paid, _Own(decision, answer_kind(decision))
    hints = []
    earlier = [*(day - ONE_DAY for day in days if day <= paid), *_cover_ended(decision, decide_on)]
    for day in sorted(earlier, reverse=True):
        other = decide_on(day)
        if other is not None and other.payable and own.differs(other):
            hints.append(Hint("payment_date", day, f"{day} 及以前缴费：{summarise(other)}。"))
            break
    later = _first_later(own, [day for day in days if day > paid], decide_on)
    if later is not None:
        day, other = later
        hints.append(Hint("payment_date", day, f"{day} 起缴费：{summarise(other)}。"))
    return tuple(hints)


class _Own(NamedTuple):
    """The answer that others are compared with, and its kind."""

    decision: Decision
    kind: AnswerKind

    def differs(self, other: Decision) -> bool:
        """Tell whether another day gives another kind of answer, not the same one."""
        if answer_kind(other) == self.kind:
            return False
        own = self.decision
        if (other.fee, other.wait, other.coverage) == (own.fee, own.wait, own.coverage):
            return other.payable != own.payable
        return True


def _first_later(
    own: _Own, days: Iterable[date], decide_on: DecideOn
) -> tuple[date, Decision] | None:
    """Find the first later day that gives another kind of answer, if one does.

    Between two turning days that is the first whose wait leaves the year without cover.
    """
    alike, changed = own.decision, None
    for day in days:
        other = decide_on(day)
        if other is not None and own.differs(other):
            changed = day, other
            break
        alike = other or alike
    return _cover_ends(alike, changed, decide_on) or changed


def _cover_ends(
    alike: Decision, changed: tuple[date, Decision] | None, decide_on: DecideOn
) -> tuple[date, Decision] | None:
    """Find the first later day whose wait leaves the year without cover.

    Args:
        alike: The answer on the last day that is known to give the same kind.
        changed: The first turning day that gives another; looked for before it.
        decide_on: Decides the same facts for another payment day.
    """
    if alike.wait is None or alike.coverage is None:
        return None
    low, last = alike.case.paid, alike.coverage.end
    high = last if changed is None else min(last, changed[0] - ONE_DAY)
    # A wait that ends as many days later as it begins later leaves cover until then.
    guess = low + (last - alike.coverage.start)
    day, other = _first_bare(low, (high + ONE_DAY, None), guess, decide_on)
    return None if other is None else (day, other)


def _cover_ended(decision: Decision, decide_on: DecideOn) -> Iterator[date]:
    """Find the last earlier day of the window whose wait left some cover."""
    if decision.wait is None or decision.coverage is not None or decision.window.start is None:
        return
    low, high = decision.window.start, decision.case.paid
    if (begin := decide_on(low)) is not None and begin.coverage is not None:
        guess = low + (begin.coverage.end - begin.coverage.start)
        yield _first_bare(low, (high, decision), guess, decide_on)[0] - ONE_DAY


def _first_bare(
    covered: date, bare: tuple[date, Decision | None], guess: date, decide_on: DecideOn
) -> tuple[date, Decision | None]:
    """Search the first day without cover after one that has it.

    Args:
        covered: A day with cover.
        bare: A later day without, and its answer; or one after all that matter, without any.
        guess: The last day with cover may be here; tried first with the days beside it,
            since months are of different lengths.
        decide_on: Decides the same facts for another payment day.

    Returns:
        The day and its answer; None where there is no such day or it cannot be told.
    """
    last = bare[0] - ONE_DAY
    guess = min(guess, last)
    nearby = [
        guess,
        guess + ONE_DAY,
        last,
        guess - ONE_DAY,
        guess - 3 * ONE_DAY,
        guess + 3 * ONE_DAY,
    ]
    while (bare[0] - covered).days > 1:
        middle = covered + timedelta(days=(bare[0] - covered).days // 2)
        while nearby:
            near = nearby.pop(0)
            if covered < near < bare[0]:
                middle = near
                break
        other = decide_on(middle)
        if other is not None and other.coverage is not None:
            covered = middle
        else:
            bare = middle, other
    return bare


def summarise(decision: Decision) -> str:
    """Say an answer in half a sentence: to pay, wait, cover."""
    if not decision.payable:
        return "不能缴费"
    paid = f"应缴 {show_money(decision.fee.total)}" if decision.fee else ""
    wait = "有等待期" if decision.wait else "没有等待期"
    if decision.coverage is None:
        return f"{paid}，{wait}，本年度没有待遇"
    return f"{paid}，{wait}，{decision.coverage.start} 起享受待遇"
