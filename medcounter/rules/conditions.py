"""The closed set of conditions, and how they combine: all, any, not.

Three-valued: unknown only where no known part already decides.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import Case
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
from medcounter.rules.person_conditions import (
    BIRTH,
    Age,
    BirthYear,
    Born,
    Elapsed,
    Happened,
    Identity,
)
from medcounter.rules.predicate import Predicate, Test


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

    def cuts(self, year: int) -> Breakpoints:
        """Override Predicate.cuts: the parts' cuts together."""
        return Breakpoints().merged(part.cuts(year) for part in self.of)

    def _test(self, year: int, *, decides: bool) -> Test:
        """Compile a test that one part decides by this truth, else an unknown one."""
        tests = tuple(part.compile(year) for part in self.of)

        def test(case: Case) -> bool | None:
            known: bool | None = not decides
            for part in tests:
                truth = part(case)
                if truth is decides:
                    return decides
                if truth is None:
                    known = None
            return known

        return test


class All(Several):
    """Every part holds."""

    test: Literal["all"]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: one no decides, then one unknown."""
        return self._test(year, decides=False)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: the failing parts, or all of them."""
        truths = [(part, part.compile(case.benefit_year)(case)) for part in self.of]
        failing = [part for part, truth in truths if truth is not True]
        return "；".join(part.reason(case) for part in (failing or self.of))


class AnyOf(Several):
    """At least one part holds."""

    test: Literal["any"]

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: one yes decides, then one unknown."""
        return self._test(year, decides=True)

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: the part that holds, or all of them."""
        truths = [(part, part.compile(case.benefit_year)(case)) for part in self.of]
        holding = [part for part, truth in truths if truth is True]
        shown = [part.reason(case) for part in (holding[:1] or self.of)]
        return "；".join(dict.fromkeys(shown))


class Not(Predicate):
    """The part does not hold."""

    test: Literal["not"]
    of: Condition

    def compile(self, year: int) -> Test:
        """Override Predicate.compile: turn the truth, keep the unknown."""
        inner = self.of.compile(year)

        def test(case: Case) -> bool | None:
            truth = inner(case)
            return None if truth is None else not truth

        return test

    def reason(self, case: Case) -> str:
        """Override Predicate.reason: how the part stands."""
        return self.of.reason(case)

    def needs(self) -> frozenset[str]:
        """Override Predicate.needs: what the part needs."""
        return self.of.needs()

    def unknown(self, case: Case) -> frozenset[str]:
        """Override Predicate.unknown: what the part waits for."""
        return self.of.unknown(case)

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

Several.model_rebuild()
All.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


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
