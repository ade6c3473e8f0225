"""Generate boundary cases: every limit −1/0/+1, one change a case.

Source: docs/rules.md, 十三: two cases at each limit, on the day and the day after.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.turning_days import answers_of, rule_breakpoints
from medcounter.assess.facts import Event, Facts
from medcounter.assess.prove.case_axes import values_around
from medcounter.assess.prove.limits import births_at_limits, events_at_limits
from medcounter.dates import ONE_DAY
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, AnswerValue
from medcounter.rules.fees.answer_reach import counted_in
from medcounter.rules.values import answer_in

_MOST_LAPSES = 6
_MANY_TURNS = 20
_USUAL_AGE = 45


def boundary_facts(compiled: Compiled, region: str) -> tuple[Facts, ...]:
    """Make the boundary cases of one programme, each once, in a fixed order.

    Args:
        compiled: The programme of the region for one scheme and year.
        region: Code to write into the facts.
    """
    resolved = compiled.resolved
    cuts = Breakpoints().merged(
        rule_breakpoints(rule, resolved.benefit_year) for rule in resolved.rules
    )
    needed = tuple(_first_answers(compiled, cuts).items())
    plain = Facts(
        region,
        resolved.benefit_year,
        resolved.first_day,
        resolved.scheme,
        birth_date=_grown_up(cuts, resolved.benefit_year),
        answers=needed,
    )
    cases: dict[Facts, None] = {}
    for day in _payment_days(compiled):
        cases[replace(plain, payment_date=day)] = None
    for day in _stretch_days(compiled):
        base = replace(plain, payment_date=day)
        for case in _flips(base, compiled, cuts):
            cases[case] = None
    return tuple(cases)


def _grown_up(cuts: Breakpoints, year: int) -> date | None:
    """Name a birth date where some rule asks for age, so that no fee is refused."""
    return date(year - _USUAL_AGE, 6, 15) if cuts.ages else None


def _payment_days(compiled: Compiled) -> list[date]:
    """Every turning day −1/0/+1, and the month ends of two years."""
    resolved = compiled.resolved
    days = set()
    for turn in compiled.turning_days:
        days |= {turn - ONE_DAY, turn, turn + ONE_DAY}
    for year in (resolved.benefit_year - 1, resolved.benefit_year):
        for month in range(1, 13):
            days.add(date(year, month, monthrange(year, month)[1]))
    return sorted(day for day in days if resolved.first_day <= day <= resolved.last_day)


def _stretch_days(compiled: Compiled) -> list[date]:
    """One day a stretch; with closed days of the month, one a month."""
    days = compiled.turning_days
    if len(days) <= _MANY_TURNS:
        return list(days)
    return [day for number, day in enumerate(days) if not number or day.day == 1]


def _flips(base: Facts, compiled: Compiled, cuts: Breakpoints) -> Iterator[Facts]:
    """Change one fact of a case at a time, to each value worth trying."""
    day, year = base.payment_date, base.benefit_year
    for code in sorted(_grounds(compiled).union(*cuts.identities)):
        yield replace(base, categories=(code,))
    for kind in sorted(kind for kind in cuts.spans if kind != BIRTH):
        for begin in events_at_limits(cuts, kind, day):
            yield _on_day(base, kind, begin)
    for birth in births_at_limits(cuts, day, year):
        yield replace(base, birth_date=birth)
        if birth is not None and birth.year < year:
            known = tuple(range(birth.year + 1, year))
            yield replace(base, birth_date=birth, insured_years=known)
    for lapsed in range(_MOST_LAPSES + 1):
        insured = tuple(range(year - 10, year - lapsed))
        yield replace(base, insured_years=insured)
        for repair in range(1, lapsed + 1):
            yield replace(base, insured_years=insured, repair_years=repair)
    given = dict(base.answers)
    for code, named in sorted(_asked(compiled, cuts).items()):
        for value in values_around(compiled, code, named):
            yield replace(base, answers=tuple(sorted({**given, code: value}.items())))


def _on_day(base: Facts, kind: str, day: date) -> Facts:
    """Let something happen on a day: an event, or a dated answer."""
    code = answer_in(kind)
    if code is None:
        return replace(base, events=(Event(kind, day),))
    return replace(base, answers=tuple(sorted({**dict(base.answers), code: str(day)}.items())))


def _grounds(compiled: Compiled) -> set[str]:
    return {ground for entry in compiled.rules("concession") for ground in entry.rule.grounds} - {
        "newborn"
    }


def _asked(compiled: Compiled, cuts: Breakpoints) -> dict[str, set[AnswerValue]]:
    """The answers that conditions compare, and those that figures count by."""
    asked = {code: set(values) for code, values in cuts.answers.items()}
    answers = (answer for rule in compiled.resolved.rules for answer in answers_of(rule))
    for code in {code for answer in answers for code in counted_in(answer)}:
        asked.setdefault(code, set()).update({0, 1, 3})
    return asked


def _first_answers(compiled: Compiled, cuts: Breakpoints) -> dict[str, AnswerValue]:
    """Answer every question that has no default with its first value."""
    answers: dict[str, AnswerValue] = {}
    for code, named in sorted(_asked(compiled, cuts).items()):
        if code not in compiled.defaults:
            answers[code] = values_around(compiled, code, named)[0]
    return answers
