"""Decide which days of a programme are asked, and in which question.

The two days of a period are one question; a day that follows from another
period's, such as the first day after its end, is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from medcounter.authoring.rolling.figure_writing import later_value
from medcounter.authoring.rolling.roll_records import (
    AskedKind,
    QuestionPart,
    RollQuestion,
)
from medcounter.dates import DateUnreadableError, add_years, month_end, read_iso
from medcounter.rules.checking.derived_days import payment_span
from medcounter.rules.values import resolve_day

_FEBRUARY = 2
_FIRST, _LAST = "第一天", "最后一天"


@dataclass(frozen=True, slots=True)
class AskedDay:
    """Where a day belongs: to which part of which question, and how far from it."""

    question: str
    part: int
    days: int


@dataclass(slots=True)
class AskedDays:
    """The days of a programme that only the new announcement can tell.

    Attributes:
        step: How many benefit years later.
        questions: Those asked, by key, in order.
        days: Day to where it belongs; so are the days before and after one.
    """

    step: int
    questions: dict[str, RollQuestion] = field(default_factory=dict)
    days: dict[date, AskedDay] = field(default_factory=dict)

    def near(self, day: date) -> AskedDay | None:
        """Return where a day belongs, itself or as the neighbour of one asked."""
        for days in (0, 1, -1):
            found = self.days.get(day - timedelta(days=days))
            if found is not None and found.days == 0:
                return AskedDay(found.question, found.part, days)
        return self.days.get(day)

    def ask(self, question: RollQuestion) -> None:
        """Ask for the days of a question that are not asked yet."""
        self.questions[question.key] = question
        for number, part in enumerate(question.parts):
            self.days.setdefault(read_iso(part.old), AskedDay(question.key, number, 0))


def is_leap_choice(day: date, step: int) -> bool:
    """Return whether a day a year later may be the 28th or the last of February."""
    later = add_years(day, step)
    return day.month == _FEBRUARY and day == month_end(day) and later != month_end(later)


def day_part(label: str, day: date, step: int) -> QuestionPart:
    """Return a part of a question that asks for a day."""
    old = day.isoformat()
    return QuestionPart(label, old, later_value(old, step), is_leap_choice(day, step))


def asked_days(programme: Mapping[str, Any], step: int) -> AskedDays:
    """Find the days of the periods of a programme."""
    asked = AskedDays(step)
    for label, span in _periods(programme):
        first, last = _day(span[0]), _day(span[1])
        parts = tuple(
            day_part(words, day, step)
            for words, day, neighbour in ((_FIRST, first, -1), (_LAST, last, 1))
            if day is not None and not _follows(asked, day, neighbour)
        )
        if parts:
            asked.ask(_period_question(label, span, parts))
    return asked


def _follows(asked: AskedDays, day: date, neighbour: int) -> bool:
    """Return whether a day is asked already, or is next to one asked."""
    if day in asked.days:
        return True
    beside = asked.days.get(day + timedelta(days=neighbour))
    if beside is None:
        return False
    asked.days[day] = AskedDay(beside.question, beside.part, beside.days - neighbour)
    return True


def _period_question(
    label: str, span: tuple[str | None, str | None], parts: tuple[QuestionPart, ...]
) -> RollQuestion:
    period = " 至 ".join(
        "（没有写）" if end is None else end if _day(end) else "（随年度走）" for end in span
    )
    later = "、".join(
        f"{part.label} {part.old} → {part.shifted}{'（或二月最后一天）' if part.leap else ''}"
        for part in parts
    )
    return RollQuestion(
        f"period-{parts[0].old}",
        AskedKind.PERIOD,
        f"“{label}”上一年度是 {period}，新通知是哪天到哪天？推后一年是：{later}。",
        "缴费时段每年由通知规定，推后一年只是建议，要与新通知核对。",
        parts,
    )


def _periods(programme: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """List the periods with dates of their own: main ones first, as people ask."""
    found: dict[tuple[str | None, str | None], str] = {}
    rules = [one for one in programme.get("rules", ()) if one.get("question") == "window"]
    rules.sort(key=lambda one: one.get("answer", {}).get("kind") != "main")
    for rule in rules:
        label = rule.get("answer", {}).get("label", "")
        readings = rule.get("readings", ())
        whens = [rule.get("when"), *(one["when"] for one in readings if "when" in one)]
        answers = [rule.get("answer", {}), *(one.get("answer", {}) for one in readings)]
        for when in whens:
            span = payment_span(when)
            found.setdefault((span.start, span.end), label)
        for answer in answers:
            found.setdefault((answer.get("from"), answer.get("to")), label)
    for ends, label in found.items():
        if any(_day(end) is not None for end in ends):
            yield label, ends


def _day(text: object) -> date | None:
    """Read a day with a year; one that moves with the benefit year is none."""
    try:
        return read_iso(text) if isinstance(text, str) else None
    except DateUnreadableError:
        return None


def period_days(programme: Mapping[str, Any], year: int) -> Iterator[date]:
    """Yield the first and last days of a programme's periods in a benefit year."""
    for rule in programme.get("rules", ()):
        if rule.get("question") == "window" and rule.get("answer", {}).get("kind") != "closed":
            for end in payment_span(rule.get("when")):
                if end is not None:
                    yield resolve_day(end, year)
