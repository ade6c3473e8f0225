"""The choices worth putting before a resident, against paying now.

Source: contract, ``medcounter options``. Days are days of cover in the
benefit year; money is whole fen; both signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from medcounter.assess.assessment import Assessment
from medcounter.assess.compiled import Compiled
from medcounter.assess.decide import Decision
from medcounter.assess.engine import Decided, assess, decide_facts, explain, next_payable_day
from medcounter.assess.facts import Facts, Problem
from medcounter.assess.rule_book import RuleBook
from medcounter.dates import ONE_DAY

PAY_NOW = "pay-now"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the facts it means, what comes out, and the difference.

    ``extra_cost`` is None where an amount is not known or nothing can be
    paid now; ``extra_days`` likewise.
    """

    code: str
    label: str
    facts: Facts
    assessment: Assessment
    extra_cost: int | None
    extra_days: int | None


def options(facts: Facts, book: RuleBook) -> tuple[Option, ...] | tuple[Problem, ...]:
    """List the choices, paying now first; useless ones are left out."""
    decided = decide_facts(facts, book)
    if not isinstance(decided, Decided):
        return decided
    now = explain(decided, book)
    found = [Option(PAY_NOW, "现在缴费", facts, now, None if now.fee is None else 0, 0)]
    for code, label, changed in _choices(decided, book):
        answer = assess(changed, book)
        if isinstance(answer, Assessment):
            found.append(_against(now, code, label, changed, answer))
    return tuple(found)


def _against(now: Assessment, code: str, label: str, facts: Facts, answer: Assessment) -> Option:
    old, new = _total(now), _total(answer)
    cost = None if old is None or new is None else new - old
    days = _covered(answer) - _covered(now)
    same_year = facts.benefit_year == now.benefit_year
    return Option(code, label, facts, answer, cost, days if same_year else None)


def _total(answer: Assessment) -> int | None:
    return answer.fee.total if answer.fee else None


def _covered(answer: Assessment) -> int:
    return answer.coverage.days if answer.coverage else 0


def _choices(decided: Decided, book: RuleBook) -> Iterator[tuple[str, str, Facts]]:
    facts, decision = decided.facts, decided.decision
    yield from _repairs(decided)
    if decision.payable and decision.window.end is not None:
        last = _last_day(decided, decision.window.end)
        if last is not None and last > facts.payment_date:
            label = f"推迟到 {last}（本时段最后一天）"
            yield "last-day", label, replace(facts, payment_date=last)
        after = _next_window(decided, decision.window.end + ONE_DAY)
    else:
        after = None if decision.payable else next_payable_day(decided)
    if after is not None:
        label = f"等到 {after}（下一缴费时段）"
        yield "next-window", label, replace(facts, payment_date=after)
    yield from _next_year(facts, book)


def _repairs(decided: Decided) -> Iterator[tuple[str, str, Facts]]:
    facts, decision = decided.facts, decided.decision
    if decision.wait is None or decision.lengths is None:
        return
    for years in range(1, decision.lengths.useful_repair + 1):
        if years != facts.repair_years:
            yield f"repair-{years}", f"缴费修复 {years} 年", replace(facts, repair_years=years)


def _last_day(decided: Decided, end: date) -> date | None:
    """Find the last payable day of the window at or before its end."""
    day = end
    while day > decided.facts.payment_date:
        if decided.on_day(day).payable:
            return day
        day -= ONE_DAY
    return None


def _next_window(decided: Decided, start: date) -> date | None:
    """Find the first payable day after the present window."""
    compiled: Compiled = decided.compiled
    for day in (start, *(turn for turn in compiled.turning_days if turn > start)):
        if day > compiled.resolved.last_day:
            break
        other: Decision = decided.on_day(day)
        if other.payable and other.window.kind != decided.decision.window.kind:
            return day
    return None


def _next_year(facts: Facts, book: RuleBook) -> Iterator[tuple[str, str, Facts]]:
    """Offer the first payable day of the next year's main window, if known."""
    year = facts.benefit_year + 1
    compiled = book.programme(facts.region, facts.scheme, year)
    if compiled is None:
        return
    insured = facts.insured_years
    if insured is not None and facts.benefit_year not in insured:
        insured = (*insured, facts.benefit_year)
    for day in compiled.turning_days:
        if day <= facts.payment_date:
            continue
        later = replace(
            facts, benefit_year=year, payment_date=day, insured_years=insured, repair_years=0
        )
        decided = decide_facts(later, book)
        if isinstance(decided, Decided) and decided.decision.window.kind == "main":
            yield "next-year", f"{year} 年度自 {day} 起缴费", later
            return
