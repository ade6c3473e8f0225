"""The outcome of a draft, as records the window shows; computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from medcounter.assess.assessment import Assessment
from medcounter.assess.facts import Facts, Problem
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.typed_person import Echo, TypedPerson
from medcounter.desk.evaluate.basis import Basis

if TYPE_CHECKING:
    from medcounter.assess import Option

__all__ = ["Echo", "Outcome", "TypedPerson"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything the window shows for one draft on one day.

    Attributes:
        draft: What it was computed from.
        on: The day at the counter.
        person: Who the texts describe.
        echoes: How typed dates were read.
        problems: In the order of the form; ``field`` begins with a draft
            field's name and may go on with dots: ``events.0.date``.
        facts: None while a text that the rules need cannot be read.
        assessment: For the facts as typed; None without facts or rules, and
            while nobody stands there.
        options: The choices, ``pay-now`` first; empty without assessment.
        chosen: The option the notice will carry; None without options.
        banner: Where in the window the day lies and what changes after it;
            what is collected today while region and year are not covered.
        can_issue: Whether a notice may be issued now.
        blocked_by: Why not, one sentence; empty when it may.
        season: What is collected at the place today, one sentence; empty
            where the banner says it.
        mechanism: The answer of the nation's mechanism where rules of the
            place or the year are missing; never to be issued. None where
            there are rules, and while nobody stands there.
        in_general: The same for somebody ordinary, while nobody stands there.
    """

    draft: Draft
    on: date
    person: TypedPerson
    echoes: tuple[Echo, ...]
    problems: tuple[Problem, ...]
    facts: Facts | None
    assessment: Assessment | None
    options: tuple[Option, ...]
    chosen: Option | None
    banner: str
    can_issue: bool
    blocked_by: str
    season: str = ""
    mechanism: Assessment | None = None
    in_general: Assessment | None = None

    @property
    def shown(self) -> Assessment | None:
        """The assessment to show and to issue: the chosen option's."""
        return self.chosen.assessment if self.chosen else self.assessment

    @property
    def on_screen(self) -> Assessment | None:
        """The assessment on screen: the one to issue, else the mechanism's."""
        return self.shown or self.mechanism

    @property
    def basis(self) -> Basis:
        """The day and the rules it was computed with."""
        return Basis(self.on, self.shown.stamp.sha256 if self.shown else "")

    def problem_at(self, field: str) -> Problem | None:
        """Return the first problem of a field or of anything inside it."""
        inside = f"{field}."
        return next(
            (p for p in self.problems if p.field == field or p.field.startswith(inside)), None
        )

    def echo_at(self, field: str) -> str:
        """Return how a field was understood; empty when there is nothing to say."""
        return next((text for name, text in self.echoes if name == field), "")
