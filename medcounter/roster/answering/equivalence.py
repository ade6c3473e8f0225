"""Equivalence classes of birth dates that the rules cannot tell apart.

Rules look at a birth date only through the limits they name. Two residents who
are alike in everything else and born on the same side of every limit get the
same decision, so one birth date can represent both. Residents near a limit
that moves with the payment day, and those young enough to be covered from
birth, are not grouped. Decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.turning_days import rule_breakpoints
from medcounter.assess.facts import Facts
from medcounter.dates import (
    OLDEST_USUAL,
    ONE_DAY,
    add_years,
    full_years,
    year_end,
    year_start,
)
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH

_PAYMENT = "payment"
# A rule's own days after birth, such as cover from the 28th day, are fewer.
_YEARS_OF_CHILDHOOD = 3
Side = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class BirthDateClasses:
    """The equivalence classes of birth dates under one programme.

    Attributes:
        exact_from: Birth dates from this day on stand only for themselves.
        exact_to: And so do those up to this day: their age is asked about.
        births: Birth days on which some rule begins or ends to hold.
        birth_years: Years between birth year and benefit year at a limit.
        ages: (day or ``payment``, full years) at a limit.
    """

    benefit_year: int
    exact_from: date
    exact_to: date
    births: tuple[date, ...]
    birth_years: tuple[int, ...]
    ages: tuple[tuple[str, int], ...]

    def side(self, birth: date, paid: date) -> Side | None:
        """Say on which side of every limit a birth date lies.

        Returns:
            One truth for each limit; None where the date itself counts.
        """
        if birth >= self.exact_from or birth <= self.exact_to:
            return None
        years = self.benefit_year - birth.year
        return (
            *(birth >= limit for limit in self.births),
            *(years >= limit for limit in self.birth_years),
            *(full_years(birth, _day(on, paid)) >= limit for on, limit in self.ages),
        )

    def turns(self, paid: date) -> tuple[date, ...]:
        """List the first birth dates of classes, rising, for one payment day.

        Between two of them every birth date is on the same side. Before the
        first and from the last on each stands only for itself.
        """
        # The first who is a year too young, on each day that ages are asked for.
        aged = (_first_younger(_day(on, paid), limit) for on, limit in self.ages)
        years = (year_start(self.benefit_year - limit + 1) for limit in self.birth_years)
        first, last = self.exact_to + ONE_DAY, self.exact_from
        inside = {day for day in (*self.births, *years, *aged) if first < day < last}
        return tuple(sorted({first, last, *inside}))


def birth_date_classes(compiled: Compiled) -> BirthDateClasses:
    """Gather what the rules of a programme ask of a birth date."""
    resolved = compiled.resolved
    year = resolved.benefit_year
    cuts = Breakpoints().merged(rule_breakpoints(rule, year) for rule in resolved.rules)
    counted = [
        answer.from_year
        for rule in resolved.rules
        if rule.question == "lapse"
        for answer in (rule.answer_in(number) for number in range(len(rule.readings) + 1))
    ]
    childhood = max((_years(*limit) for limit in cuts.spans.get(BIRTH, ())), default=0)
    first_year = min(year, resolved.first_day.year) - childhood - _YEARS_OF_CHILDHOOD
    return BirthDateClasses(
        benefit_year=year,
        # Lapsed years are counted from the year after birth on.
        exact_from=year_start(min([first_year, *(number - 2 for number in counted)])),
        exact_to=year_end(resolved.last_day.year - OLDEST_USUAL - 1),
        births=tuple(sorted(cuts.births)),
        birth_years=tuple(sorted(cuts.birth_years)),
        ages=tuple(sorted(cuts.ages)),
    )


class Representatives:
    """Replaces each birth date by that of the first resident in its class."""

    def __init__(self, compiled: Compiled) -> None:
        """Begin with nobody.

        Args:
            compiled: The programme that will decide.
        """
        self._classes = birth_date_classes(compiled)
        self._moves = any(on == _PAYMENT for on, _ in self._classes.ages)
        self._by_side: dict[tuple[Side, date], date] = {}
        self._known: dict[tuple[date, date], date] = {}
        self._turns: dict[date, tuple[date, ...]] = {}

    def turns(self, paid: date) -> tuple[date, ...]:
        """List the first birth dates of classes for a payment day; looked up once."""
        known = self._turns.get(paid)
        if known is None:
            known = self._turns[paid] = self._classes.turns(paid)
        return known

    def stand_in(self, facts: Facts) -> Facts:
        """Return facts that are decided alike; the same ones for all alike."""
        birth = facts.birth_date
        if birth is None:
            return facts
        # Ages on the payment day depend on that day, so it is part of the key.
        paid = facts.payment_date if self._moves else date.min
        found = self._known.get((birth, paid))
        if found is None:
            side = self._classes.side(birth, facts.payment_date)
            found = birth if side is None else self._by_side.setdefault((side, paid), birth)
            self._known[birth, paid] = found
        return facts if found == birth else replace(facts, birth_date=found)


def _day(on: str, paid: date) -> date:
    return paid if on == _PAYMENT else date.fromisoformat(on)


def _first_younger(on: date, age: int) -> date:
    """Return the first birth date of those who have not reached an age on a day."""
    day = add_years(on, -age)
    while full_years(day, on) >= age:
        day += ONE_DAY
    return day


def _years(unit: str, number: int, _day_one: int) -> int:
    """Return the whole years that surely hold a span."""
    a_year = {"days": 365, "months": 12, "years": 1}[unit]
    return -(-number // a_year)
