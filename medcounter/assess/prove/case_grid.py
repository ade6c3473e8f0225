"""One representative case for each cell between the breakpoints of a question.

Conditions can turn only at their breakpoints, so one case stands for all in
its cell. Used by the proof and by the generated boundary cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from medcounter.assess.assessment import CLOSED
from medcounter.assess.engine.compiled import Compiled, rule_breakpoints
from medcounter.assess.engine.verdict import answer_of, standing_rules
from medcounter.dates import ONE_DAY, add_months, add_years
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import AnswerValue, Case
from medcounter.rules.person_conditions import BIRTH

_OTHER_TEXT = "另一种回答"


@dataclass(frozen=True, slots=True)
class DayPart:
    """The part of a cell that depends on the payment day: birth and events."""

    birth: date | None
    events: dict[str, date]


def question_breakpoints(
    compiled: Compiled, question: str, readings: dict[str, int]
) -> Breakpoints:
    """Gather the cuts of a question, with the window's where it is asked."""
    year = compiled.resolved.benefit_year

    def own(name: str) -> Breakpoints:
        rules = (entry.rule for entry in compiled.rules(name))
        return Breakpoints().merged(
            rule_breakpoints(rule, year, readings.get(rule.id, 0)) for rule in rules
        )

    cuts = own(question)
    return cuts.merged([own("window")]) if cuts.windows else cuts


def cell_cases(compiled: Compiled, question: str, readings: dict[str, int]) -> Iterator[Case]:
    """Yield one case for every cell of a question, window not yet asked.

    Args:
        compiled: The programme.
        question: Code of the question.
        readings: Rule id to the reading whose limits cut; absent is its own.
    """
    cuts = question_breakpoints(compiled, question, readings)
    resolved = compiled.resolved
    days = compiled.turning_days
    if question != "window" and not cuts.days and not cuts.windows:
        days = _payable_days(compiled) or days
    answers = list(_answers(compiled, cuts))
    still = list(product(_identities(cuts), sorted({0, *cuts.lapses}), _insured(compiled, cuts)))
    for day in days:
        for person in _people(cuts, day, resolved.benefit_year):
            for (identities, lapsed, insured), repair, given in product(
                still, sorted({0, *cuts.repairs}), answers
            ):
                yield Case(
                    resolved.benefit_year,
                    day,
                    person.birth,
                    identities,
                    person.events,
                    insured,
                    repair,
                    given,
                    lapsed,
                )


def _payable_days(compiled: Compiled) -> tuple[date, ...]:
    """Name one day for each window that is open to everybody.

    Enough for a question that does not hang on the day: it is only asked
    where something can be paid.
    """
    days: dict[str, date] = {}
    for day in compiled.turning_days:
        plain = Case(compiled.resolved.benefit_year, day, answers=compiled.defaults)
        for rule in standing_rules(compiled, "window", plain)[0]:
            if answer_of(rule, 0).kind != CLOSED:
                days.setdefault(rule.id, day)
    return tuple(days.values())


def _identities(cuts: Breakpoints) -> list[frozenset[str]]:
    """None, each, and each pair of the identities that some condition tells apart.

    One stands for all that are named in the same groups.
    """
    alike: dict[frozenset[frozenset[str]], str] = {}
    for code in sorted(frozenset[str]().union(*cuts.identities)):
        alike.setdefault(frozenset(group for group in cuts.identities if code in group), code)
    named = list(alike.values())
    pairs = [frozenset(pair) for pair in combinations(named, 2)]
    return [frozenset(), *(frozenset({code}) for code in named), *pairs]


def _insured(compiled: Compiled, cuts: Breakpoints) -> list[frozenset[int] | None]:
    if not cuts.years_back:
        return [None]
    years = {compiled.resolved.benefit_year - back for back in cuts.years_back}
    missing = [frozenset(years - {year}) for year in sorted(years)]
    return [None, frozenset(years), frozenset(), *missing]


def _answers(compiled: Compiled, cuts: Breakpoints) -> Iterator[dict[str, AnswerValue]]:
    columns = [
        [(code, value) for value in values_around(compiled, code, named)]
        for code, named in sorted(cuts.answers.items())
    ]
    for row in product(*columns):
        yield {**compiled.defaults, **dict(row)}


def values_around(compiled: Compiled, code: str, named: set[AnswerValue]) -> list[AnswerValue]:
    """List the answers worth trying: choices, or values and their other side."""
    choices = {asked.code: asked.choices for asked in compiled.resolved.asks}
    if choices.get(code):
        return [choice.value for choice in choices[code]]
    values: list[AnswerValue] = []
    for value in sorted(named, key=repr):
        if isinstance(value, bool):
            values += [True, False]
        elif isinstance(value, int):
            values += [max(0, value - 1), value, value + 1]
        else:
            values += [value, _OTHER_TEXT]
    return list(dict.fromkeys(values))


def _people(cuts: Breakpoints, day: date, benefit_year: int) -> Iterator[DayPart]:
    births = births_at_limits(cuts, day, benefit_year)
    kinds = sorted(kind for kind in cuts.spans if kind != BIRTH)
    begins = {kind: events_at_limits(cuts, kind, day) for kind in kinds}
    for birth in births:
        yield DayPart(birth, {})
        for kind in kinds:
            for begin in begins[kind]:
                yield DayPart(birth, {kind: begin})
        for one, other in combinations(kinds, 2):
            yield DayPart(birth, {one: day, other: day})


def events_at_limits(cuts: Breakpoints, kind: str, day: date) -> list[date]:
    """List days of an event on each side of every limit, none after paying."""
    edges = cuts.event_days.get(kind, set())
    days = {*edges, *(edge - ONE_DAY for edge in edges), *begins_at_limits(cuts.spans[kind], day)}
    return sorted(begin for begin in days if begin <= day)


def begins_at_limits(limits: set[tuple[str, int, int]], day: date) -> list[date]:
    """List days whose limit is the payment day, one before and after it."""
    begins = {day}
    for unit, number, day_one in limits:
        if unit == "days":
            begin = day - timedelta(days=number - day_one)
        else:
            begin = add_months(day, -number) if unit == "months" else add_years(day, -number)
        begins |= {begin - ONE_DAY, begin, begin + ONE_DAY}
    return sorted(begin for begin in begins if begin <= day)


def births_at_limits(cuts: Breakpoints, day: date, benefit_year: int) -> list[date | None]:
    """List birth days on each side of every limit by age; None first."""
    births: set[date] = set()
    for cut in cuts.births:
        births |= {cut, cut - ONE_DAY}
    births |= {date(benefit_year - back, 6, 30) for back in cuts.birth_years}
    births |= {date(benefit_year - back + 1, 6, 30) for back in cuts.birth_years if back}
    for on, age in cuts.ages:
        begin = add_years(day if on == "payment" else date.fromisoformat(on), -age)
        births |= {begin, begin + ONE_DAY}
    if BIRTH in cuts.spans:
        births |= set(begins_at_limits(cuts.spans[BIRTH], day))
    return [None, *sorted(birth for birth in births if birth <= day)]
