"""A list with its answers: row by row, filtered, and totalled.

Computes sums and nothing else. Money is whole fen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from medcounter.assess.facts import Problem
from medcounter.roster.answering.answer_line import Line
from medcounter.roster.answering.assessor import Assessor
from medcounter.roster.reading.findings import STOPS, CellPlace, Examined, Finding, Listed


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


def _finding(problem: Problem, person: Listed) -> Finding:
    return Finding(CellPlace(person.sheet, person.row), problem.code, STOPS, problem.text)


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

    def add(self, line: Line, people: int = 1) -> None:
        """Count one more, or several who have the same answer."""
        self.people += people
        if line.fee is None or line.fee.total is None:
            self.unknown += people
        else:
            self.known += line.fee.total * people


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

    def counting(self, results: Iterable[Result]) -> Iterator[Result]:
        """Count rows that pass through; all are counted once the last has passed."""
        alike: dict[tuple[int, date], tuple[Line, date, list[int]]] = {}
        for result in results:
            if result.findings:
                self.notes += sum(finding.level != STOPS for finding in result.findings)
            line, person = result.line, result.person
            if line is None or person is None:
                self.by_filter.update(filters_of(None))
            else:
                self._add_place(line, person)
                paid = person.shared_facts.payment_date
                known = alike.get((id(line), paid))
                if known is None:
                    known = alike[id(line), paid] = (line, paid, [0])
                known[2][0] += 1
            yield result
        for line, paid, (people,) in alike.values():
            self._add_alike(line, paid, people)

    def _add_place(self, line: Line, person: Listed) -> None:
        self.by_sheet[person.sheet] += 1
        village = self.by_village.get(person.village)
        if village is None:
            village = self.by_village[person.village] = Sum()
        village.add(line)

    def _add_alike(self, line: Line, paid: date, people: int) -> None:
        """Count people of one answer who pay on one day."""
        for one in filters_of(line):
            self.by_filter[one] += people
        self.whole.add(line, people)
        self.by_identity.setdefault(line.category, Sum()).add(line, people)
        self.by_fee[line.total] += people
        if line.payable:
            self.by_days_left[_days_left(line, paid)] += people


def _days_left(line: Line, paid: date) -> int | None:
    return None if line.window.end is None else (line.window.end - paid).days
