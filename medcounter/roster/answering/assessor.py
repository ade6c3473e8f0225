"""Assess a list: each combination of facts once, however many share it.

Returns figures. ``assess`` with one resident's facts gives the same figures
with their whole derivation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from typing import NamedTuple, TypeVar

from medcounter.assess.assessing import Decided, Weighed, decide_facts, weigh
from medcounter.assess.engine.case_building import ever_happened, find_rules
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.day_sweep import StableInterval, sweep_days
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.readings import open_choices
from medcounter.assess.explain.remarks import find_remarks
from medcounter.assess.facts import Facts, Problem
from medcounter.roster.answering.answer_line import Gain, Line, LineAnswer
from medcounter.roster.answering.equivalence import Representatives
from medcounter.roster.reading.findings import Listed, PlainRows

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")
# So that a list in which nobody is like another cannot fill the memory.
MOST_KEPT = 200_000


class _Person(NamedTuple):
    """One combination on all its days: where rules turn, and the stretches."""

    turning_days: tuple[date, ...]
    stretches: dict[int, StableInterval]


@dataclass(slots=True)
class _SharedAnswers:
    """Facts of which the list says that many share them, all but the birth date.

    Attributes:
        facts: Kept, so that no others have their place in memory.
        turns: Birth dates at which the answer may change, rising.
        answers: By the place between two turns, or by the birth date itself.
    """

    facts: Facts
    turns: tuple[date, ...]
    answers: dict[int | date, LineAnswer] = field(default_factory=dict)

    def key(self, born: date) -> int | date:
        """Name the answer for a birth date; two that are alike have one name."""
        place = bisect_right(self.turns, born)
        return place if not self.turns or 0 < place < len(self.turns) else born


_NOT_MET = _SharedAnswers(Facts("", 0, date.min), ())


class Assessor:
    """Assesses resident after resident under one rule book."""

    def __init__(self, book: RuleBook) -> None:
        """Begin with nothing known.

        Args:
            book: The rules, proven and compiled.
        """
        self._book = book
        self._stand_ins: dict[tuple[str, ...], Representatives] = {}
        self._people: dict[tuple[object, ...], _Person] = {}
        self._lines: dict[Facts, LineAnswer] = {}
        self._shared: dict[int, _SharedAnswers] = {}
        self._kept = 0

    def decision(self, facts: Facts) -> Decision | tuple[Problem, ...]:
        """Decide; the same as ``decide_facts``, most of it remembered."""
        compiled = find_rules(facts, self._book)
        if isinstance(compiled, Problem):
            return (compiled,)
        return self._on_its_day(self._alike(facts, compiled), compiled)

    def line(self, facts: Facts) -> LineAnswer:
        """Return the figures for one resident, or what keeps them from being."""
        compiled = find_rules(facts, self._book)
        if isinstance(compiled, Problem):
            return (compiled,)
        alike = self._alike(facts, compiled)
        found = self._lines.get(alike)
        if found is None:
            found = _line(alike, self._book)
            _keep(self._lines, alike, found)
        return found

    def answer(self, person: Listed) -> LineAnswer:
        """Return what ``line`` does for a person of a list, most of it remembered."""
        if person.born is None:
            return self.line(person.shared_facts)
        shared = self._shared.get(id(person.shared_facts))
        if shared is None:
            shared = self._shared[id(person.shared_facts)] = _SharedAnswers(
                person.shared_facts, self.turns(person.shared_facts)
            )
        key = shared.key(person.born)
        answer = shared.answers.get(key)
        if answer is None:
            if self._kept >= MOST_KEPT:
                self._shared, self._kept = {}, 0
            self._kept += 1
            answer = shared.answers[key] = self.line(person.facts)
        return answer

    def answers(self, people: PlainRows) -> list[LineAnswer]:
        """Return what ``answer`` does for each of many people."""
        known = map(self._shared.get, map(id, people.shared_facts), repeat(_NOT_MET))
        # A birth date that stands for itself has no place, and is not found.
        found = [
            shared.answers.get(bisect_right(shared.turns, born))
            for shared, born in zip(known, people.births, strict=False)
        ]
        answers = [one for one in found if one is not None]
        if len(answers) == len(found):
            return answers
        everyone = zip(found, people.people(), strict=True)
        return [self.answer(person) if one is None else one for one, person in everyone]

    def turns(self, facts: Facts) -> tuple[date, ...]:
        """List the birth dates at which the answer to facts may change, rising.

        Before the first and from the last on each has its own answer; where
        none are listed, all have the same.
        """
        compiled = find_rules(facts, self._book)
        if isinstance(compiled, Problem):
            return ()
        return self._representatives(compiled).turns(facts.payment_date)

    def _alike(self, facts: Facts, compiled: Compiled) -> Facts:
        if facts.birth_date is None:
            return facts
        return self._representatives(compiled).stand_in(facts)

    def _representatives(self, compiled: Compiled) -> Representatives:
        programmes = compiled.resolved.programmes
        if programmes not in self._stand_ins:
            self._stand_ins[programmes] = Representatives(compiled)
        return self._stand_ins[programmes]

    def _on_its_day(self, facts: Facts, compiled: Compiled) -> Decision | tuple[Problem, ...]:
        person = (
            facts.region,
            facts.scheme,
            facts.benefit_year,
            facts.birth_date,
            facts.categories,
            facts.events,
            facts.insured_years,
            facts.repair_years,
            facts.answers,
        )
        known = self._people.get(person)
        if known is None:
            happened = ever_happened(facts, compiled)
            days = compiled.turns.of_person(facts.birth_date, happened)
            known = _Person(days, {})
            _keep(self._people, person, known)
        place = bisect_right(known.turning_days, facts.payment_date)
        stretch = known.stretches.get(place)
        if stretch is not None:
            return stretch.on(facts.payment_date)
        decided = decide_facts(facts, self._book)
        if not isinstance(decided, Decided):
            return decided
        if not decided.readings and not open_choices(compiled, decided.decision):
            known.stretches[place] = sweep_days(compiled, decided.decision, self._book.order)
        return decided.decision


class Remembered(dict[Key, Found]):
    """A cache of a pure function's results.

    A dictionary, so that looking up a row costs no call of Python's.
    """

    def __init__(self, answer: Callable[[Key], Found]) -> None:
        """Begin with nothing known.

        Args:
            answer: Gives the answer to a key, such as the fields of a row
                that rules look at; pure.
        """
        super().__init__()
        self._answer = answer

    def __missing__(self, key: Key) -> Found:
        """Override dict.__missing__: work a new key out."""
        found = self._answer(key)
        _keep(self, key, found)
        return found


def _keep(known: dict[Key, Found], key: Key, found: Found) -> None:
    if len(known) >= MOST_KEPT:
        known.clear()
    known[key] = found


def _line(facts: Facts, book: RuleBook) -> LineAnswer:
    """Work out the figures as ``assess`` does, without a sentence."""
    decided = decide_facts(facts, book)
    if not isinstance(decided, Decided):
        return decided
    weighed, answer = weigh(decided), decided.decision
    return Line(
        payable=answer.payable,
        window=answer.window,
        category=answer.category,
        exemption=answer.exemption,
        lapsed_years=answer.lapsed,
        fee=answer.fee,
        wait=answer.wait,
        coverage=answer.coverage,
        loses_year=answer.payable and answer.coverage is None,
        gain=_gain(decided, book),
        assumed=_in_doubt(weighed, "assumed"),
        unsettled=_in_doubt(weighed, "unsettled"),
        warnings=_warnings(weighed.decision, decided.compiled, book),
    )


def _in_doubt(answer: Weighed, status: str) -> tuple[str, ...]:
    return tuple(doubt.field for doubt in answer.doubts if doubt.status == status)


def _warnings(decision: Decision, compiled: Compiled, book: RuleBook) -> tuple[str, ...]:
    remarks = find_remarks(decision, compiled, book)
    return tuple(remark.code for remark in remarks if remark.level == "warning")


def _gain(decided: Decided, book: RuleBook) -> Gain | None:
    """Work out what the most useful repair brings against the facts as given.

    Source: 国办发〔2024〕38号, on repairing lapsed years.
    """
    facts, answer = decided.facts, decided.decision
    if answer.wait is None or answer.lengths is None:
        return None
    years = answer.lengths.useful_repair
    if years <= facts.repair_years:
        return None
    repaired = decide_facts(replace(facts, repair_years=years), book)
    if not isinstance(repaired, Decided):
        return None
    days = _days(repaired.decision) - _days(answer)
    old, new = answer.fee, repaired.decision.fee
    unknown = old is None or new is None or old.total is None or new.total is None
    cost = None if unknown or old is None or new is None else (new.total or 0) - (old.total or 0)
    return Gain(years, cost, days) if days > 0 else None


def _days(decision: Decision) -> int:
    return decision.coverage.days if decision.coverage else 0
