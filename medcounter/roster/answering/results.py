"""A list with its answers: row by row, filtered, and totalled.

Computes sums and nothing else. Money is whole fen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple, TypeVar

from medcounter.assess.facts import Problem
from medcounter.roster.answering.answer_line import Line
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.reading.findings import (
    STOPS,
    CellPlace,
    Examined,
    Finding,
    Listed,
    PlainRows,
)


class Result(NamedTuple):
    """One row of a list, answered or with every reason why not.

    Attributes:
        row: Number of the row in its sheet.
        person: None where the row could not be read.
        line: None where there is no answer.
        findings: Faults and notes; one that stops where there is no answer.
    """

    row: int
    person: Listed | None
    line: Line | None
    findings: tuple[Finding, ...]


class Filter(Enum):
    """Which people to show; the value is the Chinese name."""

    ALL = "全部"
    WAITS = "有等待期"
    LOSES = "本年度没有待遇"
    GAINS = "修复有好处"
    UNSETTLED = "有存疑"
    FAULTY = "有问题未测算"

    def holds(self, result: Result) -> bool:
        """Return whether a row belongs here."""
        return self in filters_of(result.line)


def filters_of(line: Line | None) -> tuple[Filter, ...]:
    """List where an answer belongs; None is a row without one."""
    if line is None:
        return (Filter.ALL, Filter.FAULTY)
    held = (
        (Filter.ALL, True),
        (Filter.WAITS, line.wait is not None),
        (Filter.LOSES, line.coverage is None),
        (Filter.GAINS, line.gain is not None),
        (Filter.UNSETTLED, bool(line.unsettled)),
    )
    return tuple(one for one, holds in held if holds)


def answer_all(examined: Iterable[Examined], assessor: Assessor) -> Iterator[Result]:
    """Assess every row that could be read, in order."""
    for row, person, findings in examined:
        if person is None:
            yield Result(row, None, None, findings)
            continue
        answer = assessor.answer(person)
        if isinstance(answer, Line):
            yield Result(row, person, answer, findings)
        else:
            found = tuple(_finding(problem, person) for problem in answer)
            yield Result(row, person, None, (*findings, *found))


class AnsweredRows(NamedTuple):
    """People in columns, each with an answer.

    Attributes:
        people: Of whom nothing is to be remarked.
        lines: As many, in their order.
    """

    people: PlainRows
    lines: Sequence[Line]

    def results(self) -> Iterator[Result]:
        """Yield one row after another."""
        for person, line in zip(self.people.people(), self.lines, strict=True):
            yield Result(person.row, person, line, ())


def answer_by_columns(
    parts: Iterable[Examined | PlainRows], assessor: Assessor
) -> Iterator[Result | AnsweredRows]:
    """Assess what ``answer_all`` does, people in columns by columns."""
    for part in parts:
        if isinstance(part, Examined):
            yield from answer_all((part,), assessor)
            continue
        answers = assessor.answers(part)
        lines = [one for one in answers if isinstance(one, Line)]
        if len(lines) == len(answers):
            yield AnsweredRows(part, lines)
        else:
            yield from answer_all((Examined(one.row, one, ()) for one in part.people()), assessor)


def _finding(problem: Problem, person: Listed) -> Finding:
    return Finding(CellPlace(person.sheet, person.row), problem.code, STOPS, problem.text)


Counted = TypeVar("Counted", bound=Result | AnsweredRows)


@dataclass(slots=True)
class Sum:
    """People of one kind and what they pay.

    Attributes:
        people: How many.
        known: Fen, of those whose fee is known.
        unknown: How many have a fee that no source gives, or pay nothing now.
    """

    people: int = 0
    known: int = 0
    unknown: int = 0

    def add(self, total: int | None, people: int) -> None:
        """Count people who pay so many fen each; None where it is not known."""
        self.people += people
        if total is None:
            self.unknown += people
        else:
            self.known += total * people


@dataclass(slots=True)
class Totals:
    """The totals of a list; grows with villages and fees, not with people.

    Attributes:
        by_days_left: Days from payment to the end of its window, to people;
            where no source dates the window, None.
    """

    whole: Sum = field(default_factory=Sum)
    by_sheet: Counter[str] = field(default_factory=Counter)
    by_village: dict[str, Sum] = field(default_factory=dict)
    by_identity: dict[str, Sum] = field(default_factory=dict)
    by_fee: Counter[int | None] = field(default_factory=Counter)
    by_days_left: Counter[int | None] = field(default_factory=Counter)
    by_filter: Counter[Filter] = field(default_factory=Counter)
    notes: int = 0

    def add(self, result: Result) -> None:
        """Count one more row."""
        for _ in self.counting([result]):
            pass

    def counting(self, results: Iterable[Counted]) -> Iterator[Counted]:
        """Count rows that pass through; all are counted once the last has passed."""
        counted = _Counted()
        for result in results:
            if isinstance(result, AnsweredRows):
                counted.add_all(result)
            else:
                self.notes += sum(finding.level != STOPS for finding in result.findings)
                if result.line is None or result.person is None:
                    self.by_filter.update(filters_of(None))
                else:
                    counted.add(result.line, result.person)
            yield result
        self.by_sheet.update(counted.sheets)
        for (village, total), people in counted.places.items():
            self.by_village.setdefault(village, Sum()).add(total, people)
        for (line, paid), people in counted.alike():
            self._add_alike(line, paid, people)

    def _add_alike(self, line: Line, paid: date, people: int) -> None:
        """Count people of one answer who pay on one day."""
        for one in filters_of(line):
            self.by_filter[one] += people
        self.whole.add(line.total, people)
        self.by_identity.setdefault(line.category, Sum()).add(line.total, people)
        self.by_fee[line.total] += people
        if line.payable:
            self.by_days_left[_days_left(line, paid)] += people


class _Counted:
    """People counted by what many share, which is added up once for all."""

    def __init__(self) -> None:
        self.sheets: Counter[str] = Counter()
        self.places: Counter[tuple[str, int | None]] = Counter()
        self._paid: Counter[tuple[int, date]] = Counter()
        # Kept, so that no other has its place in memory.
        self._lines: dict[int, Line] = {}

    def add(self, line: Line, person: Listed) -> None:
        """Count one person."""
        self.sheets[person.sheet] += 1
        self.places[person.village, line.total] += 1
        self._paid[id(line), person.shared_facts.payment_date] += 1
        self._lines[id(line)] = line

    def add_all(self, rows: AnsweredRows) -> None:
        """Count people in columns."""
        people, lines = rows
        places = [id(line) for line in lines]
        self.sheets[people.sheet] += len(lines)
        self.places.update(zip(people.villages, [line.total for line in lines], strict=True))
        paid = [facts.payment_date for facts in people.shared_facts]
        self._paid.update(zip(places, paid, strict=True))
        self._lines.update(zip(places, lines, strict=True))

    def alike(self) -> Iterator[tuple[tuple[Line, date], int]]:
        """Yield each answer with a payment day, and how many people have both."""
        for (place, paid), people in self._paid.items():
            yield (self._lines[place], paid), people


def _days_left(line: Line, paid: date) -> int | None:
    return None if line.window.end is None else (line.window.end - paid).days
