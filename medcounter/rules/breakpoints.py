"""Breakpoints: where the truth of conditions may change.

Each names one dimension and the values worth trying in it; proof, boundary
cases and hints are all generated from them. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from medcounter.rules.case import AnswerValue


@dataclass(slots=True)
class Breakpoints:
    """Values at which some condition may turn, gathered by dimension.

    Attributes:
        days: Payment days, each the first of a new stretch.
        births: Birth days, each the first of a new stretch.
        identities: Groups of identity codes; each group is asked for as one.
        spans: For ``birth`` or an event kind: distances in (unit, number,
            whether the event day counts as day 1) whose last day is a limit.
        event_days: Event kind to its days, each the first of a new stretch.
        lapses: Lapsed years at which a range begins or ends.
        repairs: Repair years likewise.
        years_back: How many years before the benefit year insurance matters.
        ages: (day or ``payment``, age in full years) limits.
        birth_years: Years between birth year and benefit year.
        answers: Answer code to the values compared with.
        windows: Whether the answer of the window question is asked.
    """

    days: set[date] = field(default_factory=set)
    births: set[date] = field(default_factory=set)
    identities: set[frozenset[str]] = field(default_factory=set)
    spans: dict[str, set[tuple[str, int, int]]] = field(default_factory=dict)
    event_days: dict[str, set[date]] = field(default_factory=dict)
    lapses: set[int] = field(default_factory=set)
    repairs: set[int] = field(default_factory=set)
    years_back: set[int] = field(default_factory=set)
    ages: set[tuple[str, int]] = field(default_factory=set)
    birth_years: set[int] = field(default_factory=set)
    answers: dict[str, set[AnswerValue]] = field(default_factory=dict)
    windows: bool = False

    def merged(self, others: Iterable[Breakpoints]) -> Breakpoints:
        """Return the union of these cuts and others, leaving both alone."""
        total = Breakpoints()
        for cuts in (self, *others):
            total.days |= cuts.days
            total.births |= cuts.births
            total.identities |= cuts.identities
            total.lapses |= cuts.lapses
            total.repairs |= cuts.repairs
            total.years_back |= cuts.years_back
            total.ages |= cuts.ages
            total.birth_years |= cuts.birth_years
            total.windows = total.windows or cuts.windows
            for kind, limits in cuts.spans.items():
                total.spans.setdefault(kind, set()).update(limits)
            for kind, days in cuts.event_days.items():
                total.event_days.setdefault(kind, set()).update(days)
            for code, values in cuts.answers.items():
                total.answers.setdefault(code, set()).update(values)
        return total
