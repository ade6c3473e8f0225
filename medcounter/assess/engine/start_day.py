"""Resolve named days: payment, birth, event, start of the year."""

from __future__ import annotations

from datetime import date, timedelta

from medcounter.dates import ONE_DAY, add_months, year_start
from medcounter.rules.answers import StartDay
from medcounter.rules.case import Case
from medcounter.rules.values import resolve_day

# Anchors that name the same day for everybody.
OF_THE_YEAR = frozenset({"year-start", "date"})


def resolve_start(start: StartDay, case: Case, event: str | None = None) -> date:
    """Find the day that a rule's answer starts from, for a case.

    Args:
        start: How the answer names it.
        case: The facts; a birth or event asked for is known, since the rule's
            condition stood on it.
        event: Kind of the event that the rule's ground names; the start
            day's own goes before it.
    """
    kind, more = start.anchor, start.plus_days
    if kind == "payment":
        day = case.paid
    elif kind == "day-after-payment":
        day = case.paid + ONE_DAY
    elif kind == "year-start":
        day = year_start(case.benefit_year)
    elif kind == "birth" and case.birth is not None:
        day = case.birth
    elif kind == "date" and start.date is not None:
        day = resolve_day(start.date, case.benefit_year)
    else:
        how, _, what = kind.rpartition("-")
        day = case.paid
        if what != "payment":
            day = case.events.get(start.event or event or "", day)
        day = _near(day, how)
    return day + timedelta(days=more) if more else day


def _near(day: date, how: str) -> date:
    if how == "day-after":
        return day + ONE_DAY
    if how == "month-of":
        return day.replace(day=1)
    return add_months(day.replace(day=1), 1) if how == "month-after" else day


def not_before(day: date, case: Case, earliest: date) -> date:
    """Move a first covered day to birth and another day at the earliest."""
    if case.birth is not None and case.birth > earliest:
        earliest = case.birth
    return max(day, earliest)
