"""From typed texts to values for the rules.

Answers with values for ``check_facts``, with how dates were read and with
what could not be read. Judges nothing by the rules.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from medcounter.assess.facts import FACT_LABELS, Event, Problem, UncheckedFacts
from medcounter.dates import DateUnreadableError
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.typed_person import Echo
from medcounter.rules.case import AnswerValue
from medcounter.typed.typed_answers import AnswerUnreadableError, read_answer, read_count
from medcounter.typed.typed_date import read_typed_date, show_date

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook


class TypedFacts(NamedTuple):
    """What was typed as values, and what was noticed while parsing it.

    Attributes:
        unchecked: Without what could not be read.
        echoes: How dates were read.
        problems: What could not be read.
        event_rows: The draft's row of each event in ``unchecked``.
    """

    unchecked: UncheckedFacts
    echoes: tuple[Echo, ...]
    problems: tuple[Problem, ...]
    event_rows: tuple[int, ...]

    def draft_field(self, field: str) -> str:
        """Name the draft field a problem of the facts belongs to."""
        head, _, rest = field.partition(".")
        if head != "events" or not rest:
            return field
        row, _, part = rest.partition(".")
        place = str(self.event_rows[int(row)])
        return ".".join(filter(None, (head, place, part)))


def typed_facts(draft: Draft, birth: date | None, on: date, book: RuleBook) -> TypedFacts:
    """Read a draft's texts into values.

    Args:
        draft: As typed.
        birth: The birth date already read from field or number.
        on: The day at the counter, and of payment when none was typed.
        book: Knows the labels of events and the questions of the place.
    """
    reading = _Reading(on)
    paid = reading.day("payment_date", "缴费日期", draft.payment_date)
    if paid is None and not reading.problems:
        paid = on
    events, rows = reading.events(draft, book)
    repair = 0
    if draft.repair_years.strip():
        repair = reading.count("repair_years", FACT_LABELS["repair_years"], draft.repair_years)
    unchecked = UncheckedFacts(
        region=draft.region or None,
        benefit_year=draft.benefit_year or None,
        payment_date=paid,
        scheme=draft.scheme,
        birth_date=birth,
        categories=draft.categories,
        events=events,
        insured_years=draft.insured_years,
        repair_years=repair,
        answers=reading.answers(draft, book),
    )
    return TypedFacts(unchecked, tuple(reading.echoes), tuple(reading.problems), rows)


class _Reading:
    """Collects echoes and problems while the texts are read."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.echoes: list[Echo] = []
        self.problems: list[Problem] = []

    def day(self, field: str, label: str, text: str) -> date | None:
        """Read one date box; None when empty or not readable."""
        if not text.strip():
            return None
        try:
            day = read_typed_date(text, self.on)
        except DateUnreadableError as err:
            self.problems.append(Problem(field, "not-a-date", f"{label}：{err.text}"))
            return None
        self.echoes.append(Echo(field, show_date(day)))
        return day

    def events(self, draft: Draft, book: RuleBook) -> tuple[tuple[Event, ...], tuple[int, ...]]:
        """Read the event rows; a row that cannot be read is left out."""
        labels = {term.code: term.label for term in book.events()}
        events, rows = [], []
        for row, (kind, text) in enumerate(draft.events):
            field, label = f"events.{row}.date", labels.get(kind, "特殊情形")
            day = self.day(field, f"{label}日期", text)
            if day is not None:
                events.append(Event(kind, day))
                rows.append(row)
            elif not text.strip():
                self.problems.append(
                    Problem(field, "missing", f"请填写“{label}”的日期，不填不能按这一情形计算。")
                )
        return tuple(events), tuple(rows)

    def count(self, field: str, label: str, text: str) -> int:
        """Read a whole number; 0 and a problem when it is none."""
        try:
            return read_count(label, text)
        except AnswerUnreadableError as err:
            self.problems.append(Problem(field, "not-a-number", err.text))
            return 0

    def answers(self, draft: Draft, book: RuleBook) -> tuple[tuple[str, AnswerValue], ...]:
        """Read the answers this place asks for; others are left out."""
        read: list[tuple[str, AnswerValue]] = []
        for asked in book.questions_for(draft.region, draft.scheme, draft.benefit_year):
            text = draft.answer(asked.code)
            field = f"answers.{asked.code}"
            if not text.strip():
                continue
            if asked.kind == "date":
                day = self.day(field, asked.label, text)
                read += [] if day is None else [(asked.code, day.isoformat())]
                continue
            try:
                read.append((asked.code, read_answer(asked.kind, asked.label, text)))
            except AnswerUnreadableError as err:
                self.problems.append(Problem(field, "wrong-type", err.text))
        return tuple(read)
