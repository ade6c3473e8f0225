"""The question before a list is issued: counts and amounts, no names.

Totals the outcomes of all people. Opens nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medcounter.desk.counter.issue_reasons import LABELS, NO_COVER, NO_OFFICE

if TYPE_CHECKING:
    from medcounter.desk.counter.issue_reasons import Reason
    from medcounter.desk.desk_records import IssuedNotice


@dataclass(frozen=True, slots=True)
class Looked:
    """The current outcome of one person of a list.

    Attributes:
        total: Fen to pay; None where no source gives the fee.
        before: A valid notice of the same person, year and amount; no other
            one is issued beside it.
        unprinted: Whether that one was issued for a list and nobody knows of
            it on paper.
        refused: Why none can be issued; empty where one can, or is there.
        changed: Whether that is for a notice of the same year and another
            amount.
        reasons: What is doubtful about a new one.
    """

    total: int | None = None
    before: IssuedNotice | None = None
    unprinted: bool = False
    refused: str = ""
    changed: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterQuestion:
    """The totals of a list, to be confirmed.

    Attributes:
        new: How many notices would be numbered.
        total: What they ask for together, fen.
        unknown: How many of them have no amount.
        already: How many people have a notice of the year and amount.
        changed: How many have one of the year and another amount.
        refused: How many cannot be issued for another reason.
        reasons: Codes of what is doubtful, each with how many it is about.
    """

    new: int = 0
    total: int = 0
    unknown: int = 0
    already: int = 0
    changed: int = 0
    refused: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """What is acknowledged by agreeing."""
        return frozenset(code for code, _ in self.reasons)

    @property
    def uncovered(self) -> int:
        """How many would pay for no cover."""
        return dict(self.reasons).get(NO_COVER, 0)

    @property
    def doubts(self) -> tuple[tuple[str, int], ...]:
        """Name each reason with how many it is about; 0 where it is about the desk."""
        return tuple(
            (LABELS[code], 0 if code == NO_OFFICE else count) for code, count in self.reasons
        )


@dataclass(slots=True)
class Tally:
    """Running counts; :meth:`question` gives the result so far."""

    _counts: Counter[str] = field(default_factory=Counter)
    _reasons: Counter[str] = field(default_factory=Counter)

    def add(self, one: Looked) -> None:
        """Count one person more."""
        if one.before is not None:
            self._counts["already"] += 1
        elif one.refused:
            self._counts["changed" if one.changed else "refused"] += 1
        else:
            self._counts["new"] += 1
            self._counts["total"] += one.total or 0
            self._counts["unknown"] += one.total is None
            self._reasons.update({reason.code for reason in one.reasons})

    def question(self) -> RosterQuestion:
        """Return the counts so far, the most serious reason first."""
        reasons = tuple((code, self._reasons[code]) for code in LABELS if code in self._reasons)
        return RosterQuestion(**self._counts, reasons=reasons)
