"""Keep of a programme what can matter on some payment days, whoever pays.

Between two turning days no condition on the payment day turns, and mostly the window is
one and the same. What that settles is settled once; decided is the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.dates import ONE_DAY
from medcounter.rules.case import Case
from medcounter.rules.conditions import All, AnyOf, Condition, Not
from medcounter.rules.payment_conditions import DayOfMonth, InWindow, Paid
from medcounter.rules.values import resolve_day

_WINDOW = "window"
# Asked before the window is known.
_BEFORE = frozenset({"lapse", _WINDOW})


class _Stretch(NamedTuple):
    """Some payment days in a row, and what is known of them all.

    Attributes:
        year: The benefit year.
        known: A case on the first of them, the window noted where it is one for all.
        months: Whether the limits of days of the month are among the turning days here.
    """

    year: int
    known: Case
    months: bool


def on_stretch(compiled: Compiled, day: date) -> Compiled:
    """Return a programme without the rules that nobody can meet on a day.

    Each rule that is left gives the answer it always gave. Conditions that hold for
    everybody are left out, so that a question may have one rule left.
    """
    place = bisect_right(compiled.turns.days, day) - 1
    if compiled.whole is not None or place < 0:
        return compiled
    kept = compiled.stretches.get(place)
    if kept is None:
        kept = compiled.stretches[place] = _narrowed(compiled, place)
    return kept


def _narrowed(compiled: Compiled, place: int) -> Compiled:
    days, resolved = compiled.turning_days, compiled.resolved
    last = days[place + 1] - ONE_DAY if place + 1 < len(days) else resolved.last_day
    year = resolved.benefit_year
    months = year - 1 <= days[place].year and last.year <= year
    stretch = _Stretch(year, Case(year, days[place]), months)
    windows = _left(compiled.rules(_WINDOW), stretch)
    kinds = {verdict.answer.kind for entry in windows for verdict in (entry.plain, *entry.read)}
    if len(windows) == 1 and windows[0].test is None and not windows[0].tests and len(kinds) == 1:
        known = stretch.known._replace(window_kind=kinds.pop(), window_rule=windows[0].name)
        stretch = stretch._replace(known=known)
    left = {code: _left(rules, stretch) for code, rules in compiled.by_question.items()}
    return replace(compiled, by_question=left, refusals={}, whole=compiled)


def _left(rules: tuple[CompiledRule, ...], stretch: _Stretch) -> tuple[CompiledRule, ...]:
    """Leave out the rules that fail for everybody, and those always displaced."""
    left: list[CompiledRule] = []
    displaced = set[str]()
    for entry in rules:
        if entry.name in displaced:
            continue
        rest = entry if entry.tests else _rest_of_rule(entry, stretch)
        if rest is None:
            continue
        if rest.test is None and not any(entry.name in other.defeats for other in left):
            displaced |= entry.defeats
        left.append(rest)
    return tuple(left)


def _rest_of_rule(entry: CompiledRule, stretch: _Stretch) -> CompiledRule | None:
    """Leave of a rule what is still to be asked; None where it fails for all."""
    rule, year = entry.rule, stretch.year
    if rule.valid is not None:
        first, last = (resolve_day(day, year) for day in (rule.valid.start, rule.valid.end))
        if not first <= stretch.known.paid <= last:
            return None
    rest = True if rule.when is None else _rest(rule.when, rule.question, stretch)
    if isinstance(rest, bool):
        return replace(entry, when=None, test=None) if rest else None
    test = rest.compile_asking(year) if entry.asks_for_birth else rest.compile(year)
    return replace(entry, when=rest, test=test)


def _rest(when: Condition, question: str, stretch: _Stretch) -> Condition | bool:
    """Leave of a condition what may still refuse somebody, or say its truth.

    Only what must hold beside others falls away, so that the rest is told in the same words.
    """
    if not isinstance(when, All):
        truth = _truth(when, question, stretch)
        return when if truth is None else truth
    parts = [_rest(part, question, stretch) for part in when.of]
    left = [part for part in parts if not isinstance(part, bool)]
    if any(part is False for part in parts):
        return False
    if len(left) <= 1:
        return left[0] if left else True
    return when.model_copy(update={"of": tuple(left)})


def _truth(when: Condition, question: str, stretch: _Stretch) -> bool | None:
    """Say whether a condition holds for all who pay here; None for some only."""
    if isinstance(when, All | AnyOf):
        decisive = isinstance(when, AnyOf)
        truths = [_truth(part, question, stretch) for part in when.of]
        if decisive in truths:
            return decisive
        return None if None in truths else not decisive
    if isinstance(when, Not):
        truth = _truth(when.of, question, stretch)
        return None if truth is None else not truth
    settled = isinstance(when, Paid)
    if isinstance(when, DayOfMonth):
        settled = stretch.months
    elif isinstance(when, InWindow):
        settled = question not in _BEFORE and bool(stretch.known.window_kind)
    return when.compile(stretch.year)(stretch.known) if settled else None
