"""Compute the options worth showing a resident, compared with paying now.

Source: docs/contract.md, "Options". Days are days of cover in the
benefit year; money is whole fen; both are signed differences. "Now" is the
payment date of the facts; where that is another day than today, it is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from medcounter.assess.assessing import Decided, assess, decide_facts, explain, next_payable_day
from medcounter.assess.assessment import Assessment
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts, Problem
from medcounter.assess.insured_years import insured_before
from medcounter.dates import ONE_DAY

PAY_NOW, TODAY = "pay-now", "today"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the facts it means, what comes out, and the difference.

    ``extra_cost`` is None where an amount is not known or nothing can be
    paid now. ``extra_days`` counts this benefit year only: a choice for the
    next year loses all of it.
    """

    code: str
    label: str
    facts: Facts
    assessment: Assessment
    extra_cost: int | None
    extra_days: int


def options(
    facts: Facts, book: RuleBook, hinted: str | None = None, on: date | None = None
) -> tuple[Option, ...] | tuple[Problem, ...]:
    """List the choices, paying now first; useless ones are left out.

    Args:
        facts: Of the resident.
        book: The rules.
        hinted: Code of the choice that is shown in full: only it and paying now have
            hints, which take half the work. None gives all choices theirs.
        on: Today, which is offered too where the payment date lies after it. None
            takes the payment date for today.
    """
    decided = decide_facts(facts, book)
    if not isinstance(decided, Decided):
        return decided
    found = [_now(decided, book, on)]
    for code, label, changed in (*_today(decided, on), *_choices(decided, book)):
        answer = assess(changed, book, hinted=hinted in {None, code})
        if isinstance(answer, Assessment):
            found.append(_against(found[0].assessment, code, label, changed, answer))
    return tuple(found)


def pay_now(
    facts: Facts, book: RuleBook, on: date | None = None
) -> tuple[Option, ...] | tuple[Problem, ...]:
    """Return only the first option, paying now, for a quarter of the work."""
    decided = decide_facts(facts, book)
    return (_now(decided, book, on),) if isinstance(decided, Decided) else decided


def _now(decided: Decided, book: RuleBook, on: date | None) -> Option:
    now, paid = explain(decided, book), decided.facts.payment_date
    label = "现在缴费" if on in {None, paid} else f"{paid} 缴费"
    return Option(PAY_NOW, label, decided.facts, now, None if now.fee is None else 0, 0)


def _today(decided: Decided, on: date | None) -> Iterator[tuple[str, str, Facts]]:
    """Offer to pay today already, where a later day was asked for."""
    if on is not None and on < decided.facts.payment_date:
        today = decided.on_day(on)
        if today is not None and today.payable:
            yield TODAY, f"今天（{on}）缴费", replace(decided.facts, payment_date=on)


def _against(now: Assessment, code: str, label: str, facts: Facts, answer: Assessment) -> Option:
    old, new = _total(now), _total(answer)
    cost = None if old is None or new is None else new - old
    this_year = _covered(answer) if facts.benefit_year == now.benefit_year else 0
    return Option(code, label, facts, answer, cost, this_year - _covered(now))


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
        other = decided.on_day(day)
        if other is not None and other.payable:
            return day
        day -= ONE_DAY
    return None


def _next_window(decided: Decided, start: date) -> date | None:
    """Find the first payable day after the present window."""
    compiled = decided.compiled
    for day in (start, *(turn for turn in compiled.turning_days if turn > start)):
        if day > compiled.resolved.last_day:
            break
        other = decided.on_day(day)
        if other is not None and other.payable and other.window != decided.decision.window:
            return day
    return None


def _next_year(facts: Facts, book: RuleBook) -> Iterator[tuple[str, str, Facts]]:
    """Offer to let this year go and pay in the next year's main window."""
    year = facts.benefit_year + 1
    compiled = book.programme(facts.region, facts.scheme, year)
    if compiled is None:
        return
    insured = _insured_until_now(facts)
    first = facts.payment_date
    for day in (first, *(turn for turn in compiled.turning_days if turn > first)):
        later = replace(
            facts, benefit_year=year, payment_date=day, insured_years=insured, repair_years=0
        )
        decided = decide_facts(later, book)
        if not isinstance(decided, Decided):
            continue
        window = decided.decision.window
        # A window nobody has dated cannot be promised for any day.
        if window.kind == "main" and window.start is not None:
            yield "next-year", f"{year} 年度自 {day} 起缴费", later
            return


def _insured_until_now(facts: Facts) -> tuple[int, ...]:
    """Write out that all years but the one let go are insured, if not known."""
    if facts.insured_years is not None:
        return facts.insured_years
    return insured_before(facts.benefit_year, 0, facts.birth_date)
