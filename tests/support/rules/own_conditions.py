"""Every kind of condition, read as JSON and answered without the program.

Days are counted from a calendar of its own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

Json = dict[str, Any]
Truth = bool | None

_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIRST_YEAR, _LAST_YEAR = 2000, 2040


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTHS[month - 1]


# Day number to (year, month, day), and back.
CALENDAR = [
    (year, month, day)
    for year in range(_FIRST_YEAR, _LAST_YEAR + 1)
    for month in range(1, 13)
    for day in range(1, _days_in(year, month) + 1)
]
NUMBER = {day: number for number, day in enumerate(CALENDAR)}


_WRITTEN = re.compile(r"(?:B(?P<offset>[+-]\d)?:|(?P<year>\d{4})-)(?P<month>\d\d)-(?P<day>\d\d)")


@cache
def day_number(text: str, benefit_year: int) -> int:
    """The number of a day as rules write it."""
    found = _WRITTEN.fullmatch(text)
    assert found, text
    year = int(found["year"] or benefit_year + int(found["offset"] or 0))
    return NUMBER[year, int(found["month"]), int(found["day"])]


@cache
def later(number: int, months: int) -> int:
    """The same day number some months later, or the last day of a shorter month."""
    year, month, day = CALENDAR[number]
    passed = year * 12 + month - 1 + months
    year, month = passed // 12, passed % 12 + 1
    return NUMBER[year, month, min(day, _days_in(year, month))]


@cache
def years_old(born: int, on: int) -> int:
    """The birthdays reached; a birthday on 29 February is kept on the 28th otherwise."""
    years = CALENDAR[on][0] - CALENDAR[born][0]
    return years if later(born, 12 * years) <= on else years - 1


class Known(NamedTuple):
    """What a leaf may look at: the payment day and at most one thing more."""

    paid: int
    birth: int | None = None
    event: int | None = None
    identities: frozenset[str] = frozenset()
    insured: frozenset[int] = frozenset()
    lapsed: int = 0
    repair: int = 0
    answer: Any = None


def leaf_truth(leaf: Json, known: Known, year: int) -> Truth:
    """The truth of one condition, read from its JSON; None without the birth date it needs."""
    truth: Truth = getattr(_Leaves, leaf["test"].replace("-", "_"))(leaf, known, year)
    return truth


def _between(value: int, leaf: Json) -> bool:
    return bool(leaf.get("from", value) <= value <= leaf.get("to", value))


def _inside(number: int, leaf: Json, year: int) -> bool:
    first, last = leaf.get("from"), leaf.get("to")
    return (first is None or day_number(first, year) <= number) and (
        last is None or number <= day_number(last, year)
    )


class _Leaves:
    """Every kind of condition that looks at facts."""

    @staticmethod
    def paid(leaf: Json, known: Known, year: int) -> Truth:
        return _inside(known.paid, leaf, year)

    @staticmethod
    def day_of_month(leaf: Json, known: Known, _year: int) -> Truth:
        return _between(CALENDAR[known.paid][2], leaf)

    @staticmethod
    def lapsed(leaf: Json, known: Known, _year: int) -> Truth:
        return _between(known.lapsed, leaf)

    @staticmethod
    def repair(leaf: Json, known: Known, _year: int) -> Truth:
        return _between(known.repair, leaf)

    @staticmethod
    def identity(leaf: Json, known: Known, _year: int) -> Truth:
        return any(code in known.identities for code in leaf["any_of"])

    @staticmethod
    def event(leaf: Json, known: Known, year: int) -> Truth:
        if known.event is None:
            return False
        if leaf.get("in_benefit_year") and CALENDAR[known.event][0] != year:
            return False
        return _inside(known.event, leaf, year)

    @staticmethod
    def elapsed(leaf: Json, known: Known, _year: int) -> Truth:
        of_birth = leaf["since"] == "birth"
        since = known.birth if of_birth else known.event
        if since is None:
            return None if of_birth else False
        if since > known.paid:
            return False

        def last(span: Json) -> int:
            if "days" in span:
                return since + int(span["days"]) - int(leaf.get("day_one", 0))
            return later(since, span.get("months", 0) + 12 * span.get("years", 0))

        over = "more_than" not in leaf or known.paid > last(leaf["more_than"])
        return over and ("within" not in leaf or known.paid <= last(leaf["within"]))

    @staticmethod
    def born(leaf: Json, known: Known, year: int) -> Truth:
        return None if known.birth is None else _inside(known.birth, leaf, year)

    @staticmethod
    def years_since_birth_year(leaf: Json, known: Known, year: int) -> Truth:
        if known.birth is None:
            return None
        return _between(year - CALENDAR[known.birth][0], leaf)

    @staticmethod
    def age(leaf: Json, known: Known, year: int) -> Truth:
        if known.birth is None:
            return None
        on = leaf.get("on", "payment")
        day = known.paid if on == "payment" else day_number(on, year)
        return _between(years_old(known.birth, day), leaf)

    @staticmethod
    def insured(leaf: Json, known: Known, year: int) -> Truth:
        held: bool = year - leaf["years_back"] in known.insured
        return held is leaf["is"]

    @staticmethod
    def answer(leaf: Json, known: Known, _year: int) -> Truth:
        if "is" in leaf:
            return type(known.answer) is type(leaf["is"]) and bool(known.answer == leaf["is"])
        return _between(known.answer, leaf)
