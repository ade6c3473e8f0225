"""Residents of every place that ships, different in one or two respects, on all its days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from medcounter.assess import Facts
from medcounter.assess.facts import Event
from medcounter.rules.case import AnswerValue
from tests.oracle.jiangxi import ORDER
from tests.support.rules.rule_samples import shipped_book

Place = tuple[str, str, int]


@cache
def places() -> tuple[Place, ...]:
    """Every place, scheme and year with rules of its own."""
    found = []
    for programme in shipped_book().bundle.programmes:
        years = programme.benefit_years
        for year in range(years.start, years.end + 1):
            place = (programme.region, programme.scheme, year)
            if shipped_book().programme(*place) is not None:
                found.append(place)
    return tuple(sorted(found))


def births(paid: date) -> list[date | None]:
    """Newborns on both sides of every usual limit, infants, children, elders."""
    ages = (0, 10, 28, 29, 79, 89, 90, 91, 100, 180, 364, 365, 366, 367, 800)
    young: list[date | None] = [paid - timedelta(days) for days in ages]
    around = [
        paid.replace(year=paid.year - years, day=min(paid.day, 28)) + timedelta(days)
        for years, days in product((18, 60), (-40, -1, 0, 1, 2, 40, 300))
    ]
    return [None, date(1990, 6, 15), *young, *around]


def days(place: Place) -> list[date]:
    """Days on each side of every turn of the place's rules, and some between."""
    compiled = shipped_book().programme(*place)
    assert compiled is not None
    first, last = date(place[2] - 1, 7, 1), date(place[2] + 1, 4, 1)
    turns = [
        day + timedelta(step)
        for day in compiled.turning_days
        for step in (-1, 0, 1)
        if first <= day <= last
    ]
    rest = [first + timedelta(step) for step in range(0, (last - first).days, 17)]
    span = compiled.resolved
    return sorted({day for day in (*turns, *rest) if span.first_day <= day <= span.last_day})


def residents(place: Place) -> Iterator[Facts]:
    """Residents of a place that differ in one or two respects, on all its days."""
    return (replace(plain, **more) for plain, more in _respects(place))


def _respects(place: Place) -> Iterator[tuple[Facts, dict[str, Any]]]:
    """A plain resident of each day, and in what others differ."""
    region, scheme, year = place
    kinds = [term.code for term in shipped_book().events()]
    parent, childless = (answers(place, parent=one) for one in (True, False))
    for paid in days(place):
        plain = Facts(region, year, paid, scheme, answers=parent)
        events = [(Event(kind, paid - timedelta(ago)),) for kind in kinds for ago in (1, 89, 200)]
        for birth in births(paid):
            yield plain, {"birth_date": birth}
            yield plain, {"birth_date": birth, "answers": childless}
            yield plain, {"birth_date": birth, "categories": ("low-income-margin",)}
        for code in ORDER:
            yield plain, {"categories": (code,), "birth_date": date(1964, 6, 1)}
            yield plain, {"categories": (code,), "insured_years": ()}
        for held in events:
            yield plain, {"events": held}
            yield plain, {"events": held, "insured_years": (), "birth_date": date(1990, 6, 15)}
        for missing in range(4):
            yield plain, {"insured_years": tuple(range(2015, year - missing))}


def answers(place: Place, *, parent: bool) -> tuple[tuple[str, AnswerValue], ...]:
    """Answer every question a place asks: the first choice, yes, or a number."""
    given: dict[str, AnswerValue] = {}
    for asked in shipped_book().questions_for(*place):
        if asked.choices:
            given[asked.code] = asked.choices[0].value
        elif asked.kind == "bool":
            given[asked.code] = parent
        elif asked.kind == "number":
            given[asked.code] = 2
    return tuple(sorted(given.items()))


def some_residents(place: Place, number: int, holding: frozenset[str] | None = None) -> list[Facts]:
    """About this many of them, evenly spread; a step prime to what repeats each day.

    Args:
        place: A place with rules of its own.
        number: How many.
        holding: Only of those with one of these identities or events.
    """
    people = [one for one in _respects(place) if holding is None or _held(one[1]) & holding]
    some = people[:: max(1, len(people) // number) | 1]
    return [replace(plain, **more) for plain, more in some]


def _held(more: dict[str, Any]) -> set[str]:
    return {*more.get("categories", ()), *(event.kind for event in more.get("events", ()))}
