"""Predicates over the person: identity, birth, age."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from medcounter.dates import full_years
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.event_conditions import NO_BIRTH
from medcounter.rules.predicate import Predicate, Test, in_range, show_interval, show_range
from medcounter.rules.values import Code, Day, Whole, YearDay
from medcounter.rules.values import resolve_day as resolve
from medcounter.wording.terms import YEARS


class Identity(Predicate):
    """The resident holds one of these identities."""

    test: Literal["identity"]
    any_of: Annotated[tuple[Code, ...], Field(min_length=1)]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: look for a common code."""
        del year
        wanted = frozenset(self.any_of)
        return lambda case: not wanted.isdisjoint(case.identities)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: say whether one of them is held."""
        held = not case.identities.isdisjoint(self.any_of)
        return f"{'属于' if held else '不属于'}本条所列人员类别"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the identities."""
        return frozenset({"categories"})

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: nothing else is looked at."""
        del held
        return True

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the codes named, as one group."""
        del year
        return Breakpoints(identities={frozenset(self.any_of)})


class Born(Predicate):
    """The birth day lies in a closed interval; unknown birth means no."""

    test: Literal["born"]
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the birth day."""
        del year
        low, high = self.start or date.min, self.end or date.max
        return lambda case: case.birth is not None and low <= case.birth <= high

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the birth day and the interval."""
        if case.birth is None:
            return NO_BIRTH
        inside = self.compile(case.benefit_year)(case)
        where = show_interval(self.start, self.end)
        return f"出生日期 {case.birth} {'在' if inside else '不在'} {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date."""
        return frozenset({"birth_date"})

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: who has no birth date."""
        return BIRTH not in held

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the first day and the day after the last."""
        del year
        after = self.end and self.end + timedelta(days=1)
        return Breakpoints(births={day for day in (self.start, after) if day is not None})


class BirthYear(Predicate):
    """The years from birth year to benefit year lie in an inclusive range.

    0 is the birth year itself; "three calendar years including the birth
    year" is 0 to 2. Unknown birth means no.
    """

    test: Literal["years-since-birth-year"]
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the difference of years."""
        low, high = self.low, self.high
        return lambda case: case.birth is not None and in_range(year - case.birth.year, low, high)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name both years and the range."""
        if case.birth is None:
            return NO_BIRTH
        where = show_range(self.low, self.high, YEARS)
        return f"{case.birth.year} 年出生，待遇年度 {case.benefit_year} 年，相差的年数要求 {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date."""
        return frozenset({"birth_date"})

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: who has no birth date."""
        return BIRTH not in held

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends of the range."""
        del year
        low = {self.low} if self.low is not None else set()
        return Breakpoints(birth_years=low | ({self.high + 1} if self.high is not None else set()))


class Age(Predicate):
    """The full years of age on a day lie in an inclusive range.

    A fee by age needs the birth date: without it the answer is unknown.
    """

    test: Literal["age"]
    on: YearDay | Literal["payment"] = "payment"
    low: Whole | None = Field(default=None, alias="from")
    high: Whole | None = Field(default=None, alias="to")

    def _age(self, case: Case, birth: date) -> int:
        on = case.paid if self.on == "payment" else resolve(self.on, case.benefit_year)
        return full_years(birth, on)

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: compare the full years."""
        del year

        def test(case: Case) -> bool | None:
            if case.birth is None:
                return None
            return in_range(self._age(case, case.birth), self.low, self.high)

        return test

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: name the age and the range."""
        if case.birth is None:
            return NO_BIRTH
        age, where = self._age(case, case.birth), show_range(self.low, self.high, "周岁")
        return f"年龄 {age} 周岁，要求 {where}"

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: the birth date."""
        return frozenset({"birth_date"})

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: the birth date, when not known."""
        return self.needs() if case.birth is None else frozenset()

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: who has no birth date."""
        return BIRTH not in held

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: both ends of the range on its day."""
        on = "payment" if self.on == "payment" else resolve(self.on, year).isoformat()
        limits = {self.low} if self.low is not None else set()
        limits |= {self.high + 1} if self.high is not None else set()
        return Breakpoints(ages={(on, limit) for limit in limits})
