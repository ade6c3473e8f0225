"""Compute how long benefits are withheld, and from which day to which.

Source: 国办发〔2024〕38号, on waiting and repair; how days are counted, each place's own
source, else the bundle source ``national-default``.
Every length and every boundary comes from a rule; nothing is hard-coded.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from medcounter.assess.assessment import Wait
from medcounter.assess.engine.ask_rules import ask_one
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.engine.start_day import resolve_start
from medcounter.dates import ONE_DAY, add_months, month_end
from medcounter.rules.answers import AfterWaitAnswer, RepairAnswer, VariableWaitAnswer
from medcounter.rules.case import Case

LAST_DAY = "last-day"
SAME_DAY = "same-day"
_IN_EVERY_MONTH = 28


class Lengths(NamedTuple):
    """The parts of a wait in its unit, before and after repair.

    Attributes:
        useful_repair: Repair years that would still shorten the wait.
        verdicts: Who said so, in the order asked.
    """

    fixed: int
    variable: int
    repaired: int
    useful_repair: int
    unit: str
    verdicts: tuple[Verdict, ...]

    @property
    def total(self) -> int:
        """Fixed plus variable less what was really taken off."""
        return self.fixed + self.variable - self.repaired


def variable_length(answer: VariableWaitAnswer, lapsed: int) -> int:
    """Work out the variable wait: per further lapsed year.

    Source: 国办发〔2024〕38号; how many years are free, each rule's own source.
    """
    return answer.per_year * max(0, lapsed - answer.free_years)


def most_repairable(answer: RepairAnswer, fixed: int, variable: int, lapsed: int) -> int:
    """Work out how much repair may take off the variable wait at most.

    Source: 国办发〔2024〕38号, on repairing lapsed years: never the fixed wait, and
    from ``floor_from_lapsed`` years on never below ``floor_total``.
    """
    if not answer.per_year:
        return 0
    if answer.floor_from_lapsed is not None and lapsed >= answer.floor_from_lapsed:
        return max(0, min(variable, fixed + variable - answer.floor_total))
    return variable


def ask_lengths(compiled: Compiled, case: Case, readings: dict[str, int]) -> Lengths:
    """Ask for the fixed and variable wait and for what repair takes off."""
    fixed = ask_one(compiled, "fixed-wait", case, readings)
    verdicts: tuple[Verdict, ...] = (fixed,)
    variable = repaired = useful = 0
    if case.lapsed:
        each = ask_one(compiled, "variable-wait", case, readings)
        verdicts += (each,)
        variable = variable_length(each.answer, case.lapsed)
    if variable or case.repair_years:
        repair = ask_one(compiled, "repair", case, readings)
        verdicts += (repair,)
        length = fixed.answer.length
        most = most_repairable(repair.answer, length, variable, case.lapsed)
        repaired = min(case.repair_years * repair.answer.per_year, most)
        useful = -(-most // repair.answer.per_year) if most else 0
    answer = fixed.answer
    found = (answer.length, variable, repaired, useful, answer.unit, verdicts)
    return tuple.__new__(Lengths, found)


def ask_wait(
    compiled: Compiled, case: Case, lengths: Lengths, readings: dict[str, int]
) -> tuple[Wait, date, list[Verdict]]:
    """Ask where the wait begins and find its last day.

    Returns:
        The wait, the first day after it with cover, and the verdicts.
    """
    begin = ask_one(compiled, "wait-start", case, readings)
    verdicts = [begin]
    start = resolve_start(begin.answer, case)
    end = _end(start, lengths, begin.answer.months_end)
    if lengths.unit == "month" and _lacks_day(start, lengths.total):
        clamp = ask_one(compiled, "month-end", case, readings)
        verdicts.append(clamp)
        if clamp.answer.becomes != LAST_DAY:
            end += ONE_DAY
    after = ask_one(compiled, "after-wait", case, readings)
    verdicts.append(after)
    parts = (lengths.fixed, lengths.variable, lengths.repaired, lengths.total, lengths.unit)
    wait = tuple.__new__(Wait, (start, end, *parts))
    return wait, day_after(end, after.answer), verdicts


def day_after(end: date, answer: AfterWaitAnswer) -> date:
    """Name the first covered day after a wait's last day."""
    day = end + timedelta(days=answer.days)
    return add_months(day.replace(day=1), 1) if answer.month_start and day.day > 1 else day


def _end(start: date, lengths: Lengths, months_end: str) -> date:
    """Find a wait's last day, inclusive; the first day is day 1."""
    if lengths.unit == "day":
        return start + timedelta(days=lengths.total - 1)
    if lengths.unit == "whole-month":
        return month_end(add_months(start.replace(day=1), lengths.total - 1))
    end = add_months(start, lengths.total)
    return end if months_end == SAME_DAY else end - ONE_DAY


def _lacks_day(start: date, months: int) -> bool:
    if start.day <= _IN_EVERY_MONTH:
        return False
    target = add_months(start.replace(day=1), months)
    return start.day > monthrange(target.year, target.month)[1]
