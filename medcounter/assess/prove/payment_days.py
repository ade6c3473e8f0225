"""All payment days of a programme, and what moves with them from day to day.

Worked out once for all questions of a programme.
"""

from __future__ import annotations

from datetime import date, timedelta

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove.formula import AnyAtom
from medcounter.dates import ONE_DAY, add_months, add_years, full_years
from medcounter.rules.case import Case

_FEBRUARY = 2


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
        self._reaching: dict[tuple[str, int, int], list[int]] = {}
        self._younger: dict[int, list[int]] = {}

    def truths(self, atom: AnyAtom) -> list[bool]:
        """Ask a condition that looks at nothing but the payment day, for every day."""
        if atom not in self._truths:
            self._truths[atom] = [bool(atom.truth(case, {})) for case in self._cases]
        return self._truths[atom]

    def first_reaching(self, limit: tuple[str, int, int]) -> list[int]:
        """Name for every day the ordinal of the first day from which a span reaches it."""
        if limit not in self._reaching:
            self._reaching[limit] = [first_reaching(limit, day).toordinal() for day in self.days]
        return self._reaching[limit]

    def first_younger(self, age: int) -> list[int]:
        """Name for every day the ordinal of the first birth day that is younger on it."""
        if age not in self._younger:
            self._younger[age] = [first_younger(age, day).toordinal() for day in self.days]
        return self._younger[age]


def first_reaching(limit: tuple[str, int, int], day: date) -> date:
    """Name the first day from which a span still reaches a day.

    Several days of a long month have the same day number in a short one, so that
    going back by months may come out one day too early.
    """
    unit, number, day_one = limit
    if unit == "days":
        return day - timedelta(days=number - day_one)
    months = number if unit == "months" else 12 * number
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
