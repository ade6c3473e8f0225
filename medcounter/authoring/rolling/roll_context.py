"""The state of a roll: what is known, and the questions met so far.

A question is asked once, however often its value occurs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from medcounter.authoring.rolling.asked_days import AskedDays, asked_days, day_part
from medcounter.authoring.rolling.roll_records import (
    AskedKind,
    QuestionPart,
    RollOffer,
    RollQuestion,
)
from medcounter.money import show_yuan

_AID_KEYS = frozenset({"pays", "aid"})


class ValueRuling(NamedTuple):
    """The decision about one value: kept, shifted or asked.

    Attributes:
        offer: Keep, shift or ask.
        why: The reason in Chinese.
        question: Key of the question that decides it; or empty.
        part: Which of its parts.
        days: How many days after the part it lies.
    """

    offer: RollOffer
    why: str
    question: str = ""
    part: int = 0
    days: int = 0


@dataclass(slots=True)
class OwnFigures:
    """The days, years and amounts of one rule, so that its sentences follow them."""

    days: dict[date, ValueRuling] = field(default_factory=dict)
    years: dict[int, ValueRuling] = field(default_factory=dict)
    amounts: dict[int, ValueRuling] = field(default_factory=dict)


@dataclass(slots=True)
class RollContext:
    """One programme on its way to a later year.

    Attributes:
        programme: Last year's.
        year: Its benefit year; the last one where it holds for several.
        step: How many benefit years later.
        asked: Its periods' days.
        questions: All questions met so far, by key.
        fees: Amounts that are paid, in fen, to the key of their question.
    """

    programme: Mapping[str, Any]
    year: int
    step: int
    asked: AskedDays
    questions: dict[str, RollQuestion] = field(default_factory=dict)
    fees: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, programme: Mapping[str, Any], to_year: int) -> RollContext:
        """Begin with a programme."""
        year = programme["benefit_years"]["to"]
        step = to_year - year
        asked = asked_days(programme, step)
        return cls(programme, year, step, asked, dict(asked.questions))

    def is_year_end(self, day: date) -> bool:
        """Return whether a day is where the benefit year begins or ends, or next to it."""
        ends = ((self.year - 1, 12, 31), (self.year, 1, 1), (self.year, 12, 31))
        return (day.year, day.month, day.day) in {*ends, (self.year + 1, 1, 1)}

    def on_day(self, day: date) -> ValueRuling | None:
        """Return what becomes of a day of a period, or of its neighbour."""
        found = self.asked.near(day)
        if found is None:
            return None
        why = "与缴费时段的起止日相连，随新通知的时段定。"
        return ValueRuling(RollOffer.ASK, why, found.question, found.part, found.days)

    def on_own_day(self, day: date, words: str, why: str, key: str = "day") -> ValueRuling:
        """Ask for a day that belongs to no period."""
        name = f"{key}-{day}"
        if name not in self.questions:
            part = day_part("", day, self.step)
            leap = "（推后一年是二月 28 日还是最后一天，要另外写明）" if part.leap else ""
            text = f"{words} {day}：照旧，推后一年（{part.shifted}），还是另有日子？{leap}"
            fixed = key != "day"
            self.questions[name] = RollQuestion(
                name, AskedKind.DAY, text, why, (part,), fixed=fixed
            )
        return ValueRuling(RollOffer.ASK, why, name)

    def on_year(self, year: int, key: str, words: str, why: str) -> ValueRuling:
        """Ask for a year."""
        name = f"{key}-{year}"
        if name not in self.questions:
            later = str(year + self.step)
            text = f"{words} {year}：照旧，还是改为 {later} 或别的年份？"
            part = QuestionPart("", str(year), later)
            self.questions[name] = RollQuestion(
                name, AskedKind.YEAR, text, why, (part,), fixed=True
            )
        return ValueRuling(RollOffer.ASK, why, name)

    def on_amount(self, fen: int, key: str, words: str) -> ValueRuling:
        """Ask for an amount that is paid.

        Args:
            fen: Last year's.
            key: Key of the answer it stands under.
            words: What it is.
        """
        family = "aid" if key in _AID_KEYS else "amount"
        name = f"{family}-{show_yuan(fen)}"
        why = "金额每年由通知规定，没有核对不能算作新年度的数。"
        if name not in self.questions:
            text = f"{words} {show_yuan(fen)} 元：新通知是多少？"
            part = QuestionPart("", show_yuan(fen), None)
            self.questions[name] = RollQuestion(name, AskedKind.AMOUNT, text, why, (part,))
        if key not in _AID_KEYS or fen not in self.fees:
            self.fees[fen] = name
        return ValueRuling(RollOffer.ASK, why, name)

    def on_leap_day(self, written: str) -> ValueRuling:
        """Ask whether a 28 February of every year means the last day of February."""
        name = f"leap-{written}"
        why = "两个年度中只有一个有 2 月 29 日，写 28 日会空出一天。"
        if name not in self.questions:
            text = f"{written}：仍是 28 日，还是二月的最后一天？"
            last = written.removesuffix("28") + "last"
            part = QuestionPart("", written, last)
            self.questions[name] = RollQuestion(name, AskedKind.LEAP_DAY, text, why, (part,))
        return ValueRuling(RollOffer.ASK, why, name)
