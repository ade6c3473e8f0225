"""Parse typed text into the raw facts of the contract.

Returns a plain object for ``read_facts``, how dates were understood, and what
could not be parsed. Applies no rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from medcounter.assess.facts import Problem
from medcounter.dates import DateUnreadableError
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.typed_person import Echo
from medcounter.identity.typed_answers import AnswerUnreadableError, read_answer, read_count
from medcounter.identity.typed_date import read_typed_date, show_date

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook


class TypedFacts(NamedTuple):
    """The raw facts, and what was noticed while parsing them.

    Attributes:
        raw: In the contract's shape, without what could not be read.
        echoes: How dates were read.
        problems: What could not be read.
        event_rows: The draft's row of each event in ``raw``.
    """

    raw: Mapping[str, Any]
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
    """Read a draft's texts into raw facts.

    Args:
        draft: As typed.
        birth: The birth date already read from field or number.
        on: The day at the counter, and of payment when none was typed.
        book: Knows the labels of events and the questions of the place.
    """
    reading = _Reading(on)
    raw: dict[str, Any] = {
        "scheme": draft.scheme,
        "birth_date": birth.isoformat() if birth else None,
        "categories": list(draft.categories),
        "insured_years": None if draft.insured_years is None else list(draft.insured_years),
    }
    if draft.region:
        raw["region"] = draft.region
    if draft.benefit_year:
        raw["benefit_year"] = draft.benefit_year
    paid = reading.day("payment_date", "缴费日期", draft.payment_date) or (
        None if reading.problems else on
    )
    if paid is not None:
        raw["payment_date"] = paid.isoformat()
    raw["events"], rows = reading.events(draft, book)
    if draft.repair_years.strip():
        raw["repair_years"] = reading.count("repair_years", "修复年数", draft.repair_years)
    raw["answers"] = reading.answers(draft, book)
    return TypedFacts(raw, tuple(reading.echoes), tuple(reading.problems), rows)


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

    def events(self, draft: Draft, book: RuleBook) -> tuple[list[dict[str, str]], tuple[int, ...]]:
        """Read the event rows; a row that cannot be read is left out."""
        labels = {term.code: term.label for term in book.events()}
        raw, rows = [], []
        for row, (kind, text) in enumerate(draft.events):
            field, label = f"events.{row}.date", labels.get(kind, "特殊情形")
            day = self.day(field, f"{label}日期", text)
            if day is not None:
                raw.append({"kind": kind, "date": day.isoformat()})
                rows.append(row)
            elif not text.strip():
                self.problems.append(
                    Problem(field, "missing", f"请填写“{label}”的日期，不填不能按这一情形计算。")
                )
        return raw, tuple(rows)

    def count(self, field: str, label: str, text: str) -> int:
        """Read a whole number; 0 and a problem when it is none."""
        try:
            return read_count(label, text)
        except AnswerUnreadableError as err:
            self.problems.append(Problem(field, "not-a-number", err.text))
            return 0

    def answers(self, draft: Draft, book: RuleBook) -> dict[str, Any]:
        """Read the answers this place asks for; others are left out."""
        read: dict[str, Any] = {}
        for asked in book.questions_for(draft.region, draft.scheme, draft.benefit_year):
            text = draft.answer(asked.code)
            if not text.strip():
                continue
            try:
                value = read_answer(asked.kind, asked.label, text)
            except AnswerUnreadableError as err:
                self.problems.append(Problem(f"answers.{asked.code}", "wrong-type", err.text))
            else:
                read[asked.code] = list(value) if isinstance(value, tuple) else value
        return read
