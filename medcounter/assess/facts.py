"""The facts of a resident, as checked records; no I/O, no clock.

The records of the contract's facts table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medcounter.rules.case import AnswerValue

# What every page and sentence calls each fact; the keys are those of the facts table.
FACT_LABELS = {
    "region": "参保地",
    "scheme": "险种",
    "benefit_year": "待遇年度",
    "payment_date": "缴费日期",
    "birth_date": "出生日期",
    "categories": "身份",
    "events": "特殊情形",
    "insured_years": "已参保年度",
    "repair_years": "修复年数",
    "answers": "其他情况",
}
RESIDENT = "resident"
FLEXIBLE = "flexible"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the resident on a day."""

    kind: str
    date: date


@dataclass(frozen=True, slots=True)
class Facts:
    """A resident, a benefit year and a payment day.

    Attributes:
        region: Six-digit code.
        benefit_year: The year insured.
        payment_date: The day the money is credited.
        scheme: ``resident`` or ``flexible``.
        birth_date: None when not known: no rule by age is asked then.
        categories: Identity codes; empty means ordinary.
        events: In the order given.
        insured_years: None means nothing known against continuity; empty
            means insured in none.
        repair_years: Lapsed years the resident offers to pay for, ≥ 0.
        answers: Pairs of code and value, sorted by code.
    """

    region: str
    benefit_year: int
    payment_date: date
    scheme: str = RESIDENT
    birth_date: date | None = None
    categories: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    insured_years: tuple[int, ...] | None = None
    repair_years: int = 0
    answers: tuple[tuple[str, AnswerValue], ...] = ()


@dataclass(frozen=True, slots=True)
class UncheckedFacts:
    """What was said of a resident, as values that are not checked yet.

    Attributes are those of :class:`Facts`; the first three are None when
    nobody said them.
    """

    region: str | None
    benefit_year: int | None
    payment_date: date | None
    scheme: str = RESIDENT
    birth_date: date | None = None
    categories: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    insured_years: tuple[int, ...] | None = None
    repair_years: int = 0
    answers: tuple[tuple[str, AnswerValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the facts.

    Attributes:
        field: The facts key, dotted inside lists and objects.
        code: One of the contract's error codes.
        text: One Chinese sentence naming the field and the value.
    """

    field: str
    code: str
    text: str
