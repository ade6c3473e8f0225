"""Days on each side of every limit by age, birth and event, for boundary cases."""

from __future__ import annotations

from datetime import date, timedelta

from medcounter.dates import ONE_DAY, add_months, add_years
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH
from medcounter.rules.values import answer_in


def events_at_limits(cuts: Breakpoints, kind: str, day: date) -> list[date]:
    """List days of an event on each side of every limit, none after paying.

    A dated answer may name a day that is still to come.
    """
    edges = cuts.event_days.get(kind, set())
    days = {*edges, *(edge - ONE_DAY for edge in edges), *begins_at_limits(cuts.spans[kind], day)}
    if answer_in(kind) is not None:
        return sorted({*days, day + ONE_DAY})
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
