"""The interface of every predicate of the rule language.

A predicate tests a case, gives the reason in Chinese with the values compared,
names the facts it needs, and names the breakpoints at which it may turn.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date

from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import Case
from medcounter.rules.values import Record

Test = Callable[[Case], bool | None]
Tell = Callable[[Case], str]
_BIRTH_DATE = "birth_date"


class Predicate(Record):
    """Base of the closed set of conditions.

    Truth has three values: None means that a fact is missing which no default
    may replace; the engine asks for it only where the outcome depends on it.
    """

    @abstractmethod
    def compile(self, year: int) -> Test:
        """Return the test for one benefit year, dates resolved."""

    @abstractmethod
    def reason(self, case: Case) -> str:
        """Describe in Chinese how the case stands, with the values compared."""

    @abstractmethod
    def needs(self) -> frozenset[str]:
        """Name the facts keys this reads; ``answers.plan`` for an answer."""

    def unknown(self, case: Case) -> frozenset[str]:  # noqa: ARG002 -- overridden where it may be
        """Name the facts whose absence leaves the truth unknown."""
        return frozenset()

    def compile_reason(self, year: int) -> Tell:
        """Return what gives the reason for one benefit year, dates resolved."""
        del year
        return self.reason

    def compile_refusal(self, year: int) -> Tell:
        """Return what says why the condition does not hold; nothing where it does."""
        test, tell = self.compile(year), self.compile_reason(year)
        return lambda case: "" if test(case) is True else tell(case)

    def is_told_by(self, held: frozenset[str]) -> bool:  # noqa: ARG002 -- overridden where it may be
        """Return whether a refusal is the same for all who hold the same.

        Args:
            held: Their identities, the kinds of their events, ``birth`` where it is known.
        """
        return False

    def compile_asking(self, year: int) -> Test:
        """Return the test of a rule that asks for the birth date: unknown without it.

        ``compile`` takes somebody without a birth date for one of no age at all, which a
        fee must not do. Source: docs/contract.md, key ``birth_date``.
        """
        test = self.compile(year)
        if _BIRTH_DATE not in self.needs():
            return test

        def asking(case: Case) -> bool | None:
            truth = test(case)
            return None if truth is False and case.birth is None else truth

        return asking

    def missing(self, case: Case) -> frozenset[str]:
        """Name the facts whose absence leaves ``compile_asking`` unknown."""
        if case.birth is None and _BIRTH_DATE in self.needs():
            return self.unknown(case) | {_BIRTH_DATE}
        return self.unknown(case)

    @abstractmethod
    def cuts(self, year: int) -> Breakpoints:
        """Name where the truth may turn, for one benefit year."""


def show_range(low: int | None, high: int | None, unit: str) -> str:
    """Say an inclusive range of whole numbers in Chinese."""
    if low is not None and high is not None:
        return f"{low} {unit}" if low == high else f"{low} 至 {high} {unit}"
    if low is not None:
        return f"{low} {unit}及以上"
    return f"{high} {unit}及以下" if high is not None else f"任意{unit}"


def show_interval(start: date | None, end: date | None) -> str:
    """Say a closed interval of days in Chinese; an open end is named."""
    if start is not None and end is not None:
        return f"{start} 至 {end}"
    return f"{start} 及以后" if start is not None else f"{end} 及以前"


def in_range(value: int, low: int | None, high: int | None) -> bool:
    """Return whether a value lies in an inclusive range, open where None."""
    return (low is None or value >= low) and (high is None or value <= high)
