"""What a draft comes to: the answer, the problems, and what may be issued.

Pure: the same draft, rule book and day give the same outcome. Never raises
for any typed text; never touches a disk, a clock or a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from medcounter.assess.assessment import Assessment
from medcounter.assess.facts import Facts, Problem
from medcounter.desk.draft import Draft

if TYPE_CHECKING:
    from medcounter.assess.options import Option


class Echo(NamedTuple):
    """How a typed text was read, to be shown beside its field.

    Attributes:
        field: A draft field, dotted for events: ``events.0.date``.
        text: For example ``2025年3月5日 星期三``.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands at the counter, as far as the texts tell.

    Attributes:
        name: Trimmed; may be empty.
        id_number: Cleaned number; empty when none was typed.
        id_masked: The same with all but the ends starred.
        birth_date: From its field, else from the number; None if unknown.
        sex: ``男``, ``女`` or empty.
        age: Full years on the day at the counter; None if unknown.
        area: Name of the province in the number; empty if unknown.
        line: All that in one line: ``男 · 36 岁 · 江西省``; may be empty.
        notes: Sentences the clerk should see; none of them blocks.
    """

    name: str
    id_number: str
    id_masked: str
    birth_date: date | None
    sex: str
    age: int | None
    area: str
    line: str
    notes: tuple[str, ...]


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
        assessment: For the facts as typed; None without facts or rules.
        options: The choices, ``pay-now`` first; empty without assessment.
        chosen: The option the notice will carry; None without options.
        banner: Where in the window the day lies and what changes after it;
            empty while region and year are not covered.
        can_issue: Whether a notice may be issued now.
        blocked_by: Why not, one sentence; empty when it may.
    """

    draft: Draft
    on: date
    person: Person
    echoes: tuple[Echo, ...]
    problems: tuple[Problem, ...]
    facts: Facts | None
    assessment: Assessment | None
    options: tuple[Option, ...]
    chosen: Option | None
    banner: str
    can_issue: bool
    blocked_by: str

    @property
    def shown(self) -> Assessment | None:
        """The assessment to show and to issue: the chosen option's."""
        return self.chosen.assessment if self.chosen else self.assessment

    def problem_at(self, field: str) -> Problem | None:
        """Give the first problem of a field or of anything inside it."""
        inside = f"{field}."
        return next(
            (p for p in self.problems if p.field == field or p.field.startswith(inside)), None
        )

    def echo_at(self, field: str) -> str:
        """Give how a field was read; empty when there is nothing to say."""
        return next((text for name, text in self.echoes if name == field), "")
