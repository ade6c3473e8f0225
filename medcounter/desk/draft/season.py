"""What is collected at a place on a day: the benefit year, its window, days left.

By the place's own rules; where a year has none, by the season that is usual in
the nation, and then it says so. Reads no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from medcounter.assess.engine.ask_rules import MissingFactsError, ask_one
from medcounter.assess.engine.case_building import make_case
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.decision import ask_window
from medcounter.assess.engine.lapse import count_lapse
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.rules.answers import WindowAnswer
from medcounter.rules.values import resolve_day

_COLLECTING = ("main", "extended")
# A benefit year is collected from the year before it on.
_YEARS_AROUND = range(2)


@dataclass(frozen=True, slots=True)
class Season:
    """What is collected on a day.

    Attributes:
        year: The benefit year collected today; None when none is.
        label: Name of its window.
        start: First day of the window, or of the next one; None if unknown.
        end: Its last day, inclusive; None if unknown.
        next_year: The benefit year collected next; None while one is, or
            when none is known.
        missing: Whether the place has no rules for that year, so that the
            nation's usual season was taken.
    """

    year: int | None
    label: str
    start: date | None
    end: date | None
    next_year: int | None
    missing: bool


NO_SEASON = Season(None, "", None, None, None, missing=False)


def season(region: str, scheme: str, book: RuleBook, on: date) -> Season:
    """Find what a place collects on a day.

    The latest year whose main window holds by the place's rules, before one
    whose extended window does; a year without rules counts while the nation's
    usual season for it lasts.

    Args:
        region: Six-digit code; empty where no place is set.
        scheme: ``resident`` or ``flexible``.
        book: The rules in use.
        on: Today.
    """
    known = {one.benefit_year for one in book.covered(region) if one.scheme == scheme}
    missing = [on.year + ahead for ahead in _YEARS_AROUND if on.year + ahead not in known]
    seen = list(_today(region, scheme, sorted(known, reverse=True), book, on))
    usual = list(_usual(region, scheme, missing, book))
    for kind in _COLLECTING:
        for year, answer in seen:
            if answer.kind == kind:
                return _open(year, answer, missing=False)
        for year, answer in usual if kind == _COLLECTING[0] else ():
            found = _open(year, answer, missing=True)
            if found.start and found.end and found.start <= on <= found.end:
                return found
    return _next(region, scheme, sorted(known), book, on) or _next_usual(usual, on)


def _today(
    region: str, scheme: str, years: list[int], book: RuleBook, on: date
) -> Iterator[tuple[int, WindowAnswer]]:
    for year in years:
        compiled = book.programme(region, scheme, year)
        answer = None if compiled is None else _window(compiled, Facts(region, year, on, scheme))
        if answer is not None:
            yield year, answer


def _window(compiled: Compiled, facts: Facts) -> WindowAnswer | None:
    """Ask in which window somebody ordinary would pay; None where nobody can tell."""
    span = compiled.resolved
    if not span.first_day <= facts.payment_date <= span.last_day:
        return None
    case = make_case(facts, compiled)
    try:
        lapse = ask_one(compiled, "lapse", case, {})
        _, case = count_lapse(case, lapse.answer)
        answer: WindowAnswer = ask_window(compiled, case, {})[0].answer
    except MissingFactsError:
        return None
    return answer


def _usual(
    region: str, scheme: str, years: list[int], book: RuleBook
) -> Iterator[tuple[int, WindowAnswer]]:
    """List the nation's usual seasons of years without rules, the later first."""
    for year in sorted(years, reverse=True):
        compiled = book.mechanism(region, scheme, year)
        for entry in compiled.rules("window") if compiled is not None else ():
            answer = entry.plain.answer
            if answer.kind == _COLLECTING[0] and answer.start and answer.end:
                yield year, answer


def _open(year: int, answer: WindowAnswer, *, missing: bool) -> Season:
    start = None if answer.start is None else resolve_day(answer.start, year)
    end = None if answer.end is None else resolve_day(answer.end, year)
    return Season(year, answer.label, start, end, None, missing=missing)


def main_day(
    region: str, scheme: str, year: int, book: RuleBook, after: date = date.min
) -> tuple[date, WindowAnswer] | None:
    """Find the first day after another that lies in a year's main window."""
    compiled = book.programme(region, scheme, year)
    for day in compiled.turning_days if compiled is not None else ():
        if compiled is None or day <= after:
            continue
        answer = _window(compiled, Facts(region, year, day, scheme))
        if answer is not None and answer.kind == _COLLECTING[0]:
            return day, answer
    return None


def _next(region: str, scheme: str, years: list[int], book: RuleBook, on: date) -> Season | None:
    """Find the first later day on which a window opens by the place's rules."""
    found: list[Season] = []
    for year in years:
        opening = main_day(region, scheme, year, book, on)
        if opening is not None:
            day, answer = opening
            end = None if answer.end is None else resolve_day(answer.end, year)
            found.append(Season(None, answer.label, day, end, year, missing=False))
    return min(found, key=lambda one: one.start or date.max, default=None)


def _next_usual(usual: list[tuple[int, WindowAnswer]], on: date) -> Season:
    found = [
        Season(None, one.label, one.start, one.end, one.year, missing=True)
        for one in (_open(year, answer, missing=True) for year, answer in usual)
        if one.start is not None and one.start > on
    ]
    return min(found, key=lambda one: one.start or date.max, default=NO_SEASON)


def year_in_season(region: str, scheme: str, book: RuleBook, on: date) -> int:
    """Choose the year that is paid for on a day.

    The one collected today, else the covered year nearest to the calendar
    year, else that year itself.
    """
    found = season(region, scheme, book, on)
    if found.year is not None:
        return found.year
    years = [one.benefit_year for one in book.covered(region) if one.scheme == scheme]
    return min(years, key=lambda year: (abs(year - on.year), -year), default=on.year)
