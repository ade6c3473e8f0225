"""The closed set of conditions, and how they combine: all, any, not.

Three-valued: unknown only where no known part already decides.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.event_conditions import Elapsed, Happened
from medcounter.rules.payment_conditions import (
    Answered,
    DayOfMonth,
    Insured,
    InWindow,
    Lapsed,
    Paid,
    Repaired,
    WaitOutcome,
)
from medcounter.rules.person_conditions import Age, BirthYear, Born, Identity
from medcounter.rules.predicate import Predicate, Tell, Test


def _unless(tests: tuple[Test, ...], *, decisive: bool) -> Test:
    """Ask parts in order: one truth decides, else one unknown leaves it open."""

    def test(case: Case) -> bool | None:
        known: bool | None = not decisive
        for part in tests:
            truth = part(case)
            if truth is decisive:
                return decisive
            if truth is None:
                known = None
        return known

    return test


def _opposite(inner: Test) -> Test:
    def test(case: Case) -> bool | None:
        truth = inner(case)
        return None if truth is None else not truth

    return test


class Several(Predicate):
    """What ``all`` and ``any`` share: parts, and what follows from each."""

    of: Annotated[tuple[Condition, ...], Field(min_length=1)]

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: what any part needs."""
        return frozenset().union(*(part.needs() for part in self.of))

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: what its open parts wait for."""
        year = case.benefit_year
        open_parts = (part for part in self.of if part.compile(year)(case) is None)
        return frozenset().union(*(part.unknown(case) for part in open_parts))

    def missing(self, case: Case) -> frozenset[str]:
        """Override Predicate.missing: what its open parts wait for."""
        year = case.benefit_year
        open_parts = (part for part in self.of if part.compile_asking(year)(case) is None)
        return frozenset().union(*(part.missing(case) for part in open_parts))

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: where all parts are."""
        return all(part.is_told_by(held) for part in self.of)

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the parts' cuts together."""
        return Breakpoints().merged(part.cuts(year) for part in self.of)


class All(Several):
    """Every part holds."""

    test: Literal["all"]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: one no decides, then one unknown."""
        return _unless(tuple(part.compile(year) for part in self.of), decisive=False)

    def compile_asking(self, year: int) -> Test:
        """Override Predicate.compile_asking: the same of its parts."""
        return _unless(tuple(part.compile_asking(year) for part in self.of), decisive=False)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: the failing parts, or all of them."""
        return self.compile_reason(case.benefit_year)(case)

    def compile_reason(self, year: int) -> Tell:
        """Override Predicate.compile_reason: the failing parts, or all of them."""
        refuse = self.compile_refusal(year)
        reasons = [part.compile_reason(year) for part in self.of]
        return lambda case: refuse(case) or "；".join([reason(case) for reason in reasons])

    def compile_refusal(self, year: int) -> Tell:
        """Override Predicate.compile_refusal: ask each part once."""
        parts = [part.compile_refusal(year) for part in self.of]
        return lambda case: "；".join([why for refuse in parts if (why := refuse(case))])


class AnyOf(Several):
    """At least one part holds."""

    test: Literal["any"]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: one yes decides, then one unknown."""
        return _unless(tuple(part.compile(year) for part in self.of), decisive=True)

    def compile_asking(self, year: int) -> Test:
        """Override Predicate.compile_asking: the same of its parts."""
        return _unless(tuple(part.compile_asking(year) for part in self.of), decisive=True)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: the part that holds, or all of them."""
        return self.compile_reason(case.benefit_year)(case)

    def compile_reason(self, year: int) -> Tell:
        """Override Predicate.compile_reason: keep the tests of the parts."""
        parts = [(part.compile(year), part.compile_reason(year)) for part in self.of]

        def tell(case: Case) -> str:
            for test, reason in parts:
                if test(case) is True:
                    return reason(case)
            return "；".join(dict.fromkeys([reason(case) for _, reason in parts]))

        return tell


class Not(Predicate):
    """The part does not hold."""

    test: Literal["not"]
    of: Condition

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: turn the truth, keep the unknown."""
        return _opposite(self.of.compile(year))

    def compile_asking(self, year: int) -> Test:
        """Override Predicate.compile_asking: the same of its part."""
        return _opposite(self.of.compile_asking(year))

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: how the part stands."""
        return self.of.reason(case)

    def compile_reason(self, year: int) -> Tell:
        """Override Predicate.compile_reason: that of the part."""
        return self.of.compile_reason(year)

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: what the part needs."""
        return self.of.needs()

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: what the part waits for."""
        return self.of.unknown(case)

    def missing(self, case: Case) -> frozenset[str]:
        """Override Predicate.missing: what the part waits for."""
        return self.of.missing(case)

    def is_told_by(self, held: frozenset[str]) -> bool:
        """Override Predicate.is_told_by: where the part is."""
        return self.of.is_told_by(held)

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the part's cuts."""
        return self.of.cuts(year)


Condition = Annotated[
    All
    | AnyOf
    | Not
    | Paid
    | DayOfMonth
    | InWindow
    | Lapsed
    | Repaired
    | WaitOutcome
    | Identity
    | Happened
    | Elapsed
    | Born
    | BirthYear
    | Age
    | Insured
    | Answered,
    Field(discriminator="test"),
]


def hangs_on(condition: Predicate, name: str, without: frozenset[str]) -> bool:
    """Return whether a condition holds only where a day's own test holds.

    Args:
        condition: The condition.
        name: ``birth``, an event kind or a dated answer.
        without: Events and identities that are taken not to be there.
    """
    match condition:
        case All():
            return any(hangs_on(part, name, without) for part in condition.of)
        case AnyOf():
            parts = [part for part in condition.of if not _never(part, without)]
            return all(hangs_on(part, name, without) for part in parts)
        case Elapsed():
            return all(one == name or one in without for one in condition.names)
        case Happened():
            return condition.kind == name
        case Born() | BirthYear() | Age():
            return name == BIRTH
        case _:
            return False


def fails_without_birth(condition: Predicate) -> bool:
    """Return whether a condition is false, not only unknown, without a birth date."""
    match condition:
        case All():
            return any(fails_without_birth(part) for part in condition.of)
        case Elapsed():
            return condition.names == (BIRTH,)
        case Born() | BirthYear():
            return True
        case _:
            return False


def _never(condition: Predicate, without: frozenset[str]) -> bool:
    """Return whether a condition cannot hold without these events and identities."""
    match condition:
        case All():
            return any(_never(part, without) for part in condition.of)
        case AnyOf():
            return all(_never(part, without) for part in condition.of)
        case Elapsed():
            return without.issuperset(condition.names)
        case Happened():
            return condition.kind in without
        case Identity():
            return without.issuperset(condition.any_of)
        case _:
            return False
