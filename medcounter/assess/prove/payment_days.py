"""All payment days of a programme, and what moves with them from day to day.

Worked out once for all questions of a programme; what moves, once for all that have the same
days.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove.formula import AnyAtom
from medcounter.dates import ONE_DAY, add_months, add_years, full_years
from medcounter.rules.case import Case

_FEBRUARY = 2


class MovingTurn(NamedTuple):
    """A turn that moves with the payment day, never back.

    Attributes:
        turns: For each payment day an ordinal: the first day of a new stretch.
        held_up: Places of the payment days on which it does not move on by exactly a day.
    """

    turns: list[int]
    held_up: frozenset[int]


class PaymentDays:
    """Every payment day that the sources speak about.

    Attributes:
        days: Rising, without a gap.
        benefit_year: The year insured.
    """

    def __init__(self, compiled: Compiled) -> None:
        """List the days of a programme."""
        resolved = compiled.resolved
        count = (resolved.last_day - resolved.first_day).days + 1
        self.days = [resolved.first_day + timedelta(days=number) for number in range(count)]
        self.benefit_year = resolved.benefit_year
        self._cases = [Case(self.benefit_year, day) for day in self.days]
        self._truths: dict[AnyAtom, list[bool]] = {}
        self._changes: dict[AnyAtom, frozenset[int]] = {}

    def truths(self, atom: AnyAtom) -> list[bool]:
        """Ask a condition that looks at nothing but the payment day, for every day."""
        if atom not in self._truths:
            self._truths[atom] = [bool(atom.truth(case, {})) for case in self._cases]
        return self._truths[atom]

    def changes(self, atom: AnyAtom) -> frozenset[int]:
        """Name the places of the days on which such a condition turns."""
        if atom not in self._changes:
            pairs = enumerate(pairwise(self.truths(atom)), start=1)
            turned = (place for place, (before, truth) in pairs if truth != before)
            self._changes[atom] = frozenset(turned)
        return self._changes[atom]

    def first_reaching(self, limit: tuple[str, int, int]) -> MovingTurn:
        """Name for every day the first day from which a span reaches it."""
        return _reaching(limit, self.days[0], len(self.days))

    def first_younger(self, age: int) -> MovingTurn:
        """Name for every day the first birth day that is younger on it."""
        return _younger(age, self.days[0], len(self.days))


@lru_cache(maxsize=256)
def _reaching(limit: tuple[str, int, int], first: date, count: int) -> MovingTurn:
    unit, number, day_one = limit
    if unit == "days":
        begin = first.toordinal() - (number - day_one)
        return MovingTurn(list(range(begin, begin + count)), frozenset())
    months = number if unit == "months" else 12 * number
    days = (first + timedelta(days=number) for number in range(count))
    return moving_turn([first_within(months, day).toordinal() for day in days])


@lru_cache(maxsize=256)
def _younger(age: int, first: date, count: int) -> MovingTurn:
    days = (first + timedelta(days=number) for number in range(count))
    return moving_turn([first_younger(age, day).toordinal() for day in days])


def moving_turn(turns: list[int]) -> MovingTurn:
    """Note of the turns of payment days in a row where they do not move on by a day."""
    moves = enumerate(pairwise(turns), start=1)
    held_up = frozenset(place for place, (before, turn) in moves if turn != before + 1)
    return MovingTurn(turns, held_up)


def first_within(months: int, day: date) -> date:
    """Name the first day from which so many months still reach a day.

    Several days of a long month have the same day number in a short one, so that
    going back by months may come out one day too early.
    """
    begin = add_months(day, -months)
    return begin if add_months(begin, months) >= day else begin + ONE_DAY


def first_younger(age: int, on: date) -> date:
    """Name the first birth day of those who have not reached an age on a day."""
    if age >= on.year:
        return date.min
    birth = add_years(on, -age) + ONE_DAY if age else add_years(on, 1) - ONE_DAY
    # 29 February has its birthday on the 28th of a common year.
    while (on.month == _FEBRUARY or not age) and full_years(birth, on) >= age:
        birth += ONE_DAY
    return birth
