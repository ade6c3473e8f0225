"""A resident's facts as the conditions of rules see them.

Holds values and the answers given so far; decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from medcounter.rules.values import answer_in

AnswerValue = bool | str | int | tuple[int, ...]

# What a day of birth is called among events.
BIRTH = "birth"
_NOTHING: Mapping[str, Any] = {}


class Case(NamedTuple):
    """One resident, one programme, one payment day, with the answers so far.

    A tuple: each answered question makes another case, and a frozen dataclass
    takes four times as long to copy.

    Attributes:
        benefit_year: The year insured.
        paid: The payment day.
        birth: None when not known.
        identities: Identity codes held; never ``ordinary``.
        events: The latest day of each kind of event, and of each dated
            answer as ``answers.<code>``.
        insured_years: None means nothing known against continuity.
        repair_years: Lapsed years offered for repair.
        answers: Answers to free questions, defaults filled in.
        lapsed: Lapsed years in a row before the benefit year, once counted.
        window_kind: Answer of the window question, once given.
        window_rule: Id of the rule that gave it.
        event_day_counts: Whether to try the other way of counting: the event
            day as day 1 wherever the source does not say how to count.
        words: Labels to tell a reason with: of questions by their code, of
            choices by ``code=value``. Asked by no condition.
        exempt: Whether an exemption stands, once known.
        waits: Whether benefits are withheld, once known.
    """

    benefit_year: int
    paid: date
    birth: date | None = None
    identities: frozenset[str] = frozenset()
    events: Mapping[str, date] = _NOTHING
    insured_years: frozenset[int] | None = None
    repair_years: int = 0
    answers: Mapping[str, AnswerValue] = _NOTHING
    lapsed: int = 0
    window_kind: str = ""
    window_rule: str = ""
    event_day_counts: bool = False
    words: Mapping[str, str] = _NOTHING
    exempt: bool = False
    waits: bool = False

    def with_outcome(self, *, exempt: bool, waits: bool) -> Case:
        """Return the case with what came of the wait; asked of every case."""
        # The last two: replacing them by name takes twice as long.
        return tuple.__new__(Case, (*self[:-2], exempt, waits))

    def in_window(self, kind: str, rule: str) -> Case:
        """Return the case with the window's answer; asked of every case."""
        return tuple.__new__(Case, (*self[:9], kind, rule, *self[11:]))

    def as_counted(self, insured: frozenset[int] | None, lapsed: int) -> Case:
        """Return the case with the lapsed years and what counts as insured."""
        return tuple.__new__(Case, (*self[:5], insured, *self[6:8], lapsed, *self[9:]))

    def on_day(self, day: date, events: Mapping[str, date]) -> Case:
        """Return a decided case for another day, before wait and cover are asked.

        Args:
            day: The payment day.
            events: What is known to have happened by then.
        """
        rest = (*self[5:13], False, False)
        return tuple.__new__(Case, (self[0], day, self[2], self[3], events, *rest))

    def held(self) -> frozenset[str]:
        """Name the identities, the kinds of events, and ``birth`` where it is known."""
        names = (*self.identities, *self.events)
        return frozenset(names if self.birth is None else (*names, BIRTH))

    def awaits(self, name: str) -> bool:
        """Return whether a day is that of a dated answer still to be given."""
        code = answer_in(name)
        return code is not None and name not in self.events and self.answers.get(code) is None
