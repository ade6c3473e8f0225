"""Assess a list: each combination of facts once, however many share it.

Returns figures. ``assess`` with one resident's facts gives the same figures
with their whole derivation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from medcounter.assess.assessing import Decided, assess, decide_facts
from medcounter.assess.assessment import Assessment
from medcounter.assess.engine.case_building import find_rules, make_case
from medcounter.assess.engine.compiled import Compiled, turning_days_of
from medcounter.assess.engine.day_sweep import StableInterval, sweep_days
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.readings import open_choices
from medcounter.assess.facts import Facts, Problem
from medcounter.roster.answering.answer_line import Answer, Gain, Line
from medcounter.roster.answering.equivalence import Representatives

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")
# So that a list in which nobody is like another cannot fill the memory.
MOST_KEPT = 200_000


class _Person(NamedTuple):
    """One combination on all its days: where rules turn, and the stretches."""

    turning_days: tuple[date, ...]
    stretches: dict[int, StableInterval]


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
        self._lines: dict[Facts, Answer] = {}

    def decision(self, facts: Facts) -> Decision | tuple[Problem, ...]:
        """Decide; the same as ``decide_facts``, most of it remembered."""
        compiled = find_rules(facts, self._book)
        if isinstance(compiled, Problem):
            return (compiled,)
        return self._on_its_day(self._alike(facts, compiled), compiled)

    def line(self, facts: Facts) -> Answer:
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

    def _alike(self, facts: Facts, compiled: Compiled) -> Facts:
        if facts.birth_date is None:
            return facts
        programmes = compiled.resolved.programmes
        if programmes not in self._stand_ins:
            self._stand_ins[programmes] = Representatives(compiled)
        return self._stand_ins[programmes].stand_in(facts)

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
            days = turning_days_of(compiled, make_case(facts, compiled, date.max))
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


def _line(facts: Facts, book: RuleBook) -> Answer:
    answer = assess(facts, book)
    if not isinstance(answer, Assessment):
        return answer
    return Line(
        payable=bool(answer.payable),
        window=answer.window,
        category=answer.category,
        exemption=answer.exemption,
        lapsed_years=answer.lapsed_years,
        fee=answer.fee,
        wait=answer.wait,
        coverage=answer.coverage,
        loses_year=bool(answer.payable) and answer.coverage is None,
        gain=_gain(facts, answer, book),
        assumed=_in_doubt(answer, "assumed"),
        unsettled=_in_doubt(answer, "unsettled"),
        warnings=tuple(remark.code for remark in answer.remarks if remark.level == "warning"),
    )


def _in_doubt(answer: Assessment, status: str) -> tuple[str, ...]:
    return tuple(doubt.field for doubt in answer.doubts if doubt.status == status)


def _gain(facts: Facts, answer: Assessment, book: RuleBook) -> Gain | None:
    """Work out what the most useful repair brings against the facts as given.

    Source: 国办发〔2024〕38号, on repairing lapsed years.
    """
    decided = decide_facts(facts, book)
    if not isinstance(decided, Decided) or answer.wait is None or decided.decision.lengths is None:
        return None
    years = decided.decision.lengths.useful_repair
    if years <= facts.repair_years:
        return None
    repaired = decide_facts(replace(facts, repair_years=years), book)
    if not isinstance(repaired, Decided):
        return None
    days = _days(repaired.decision) - (answer.coverage.days if answer.coverage else 0)
    old, new = answer.fee, repaired.decision.fee
    unknown = old is None or new is None or old.total is None or new.total is None
    cost = None if unknown or old is None or new is None else (new.total or 0) - (old.total or 0)
    return Gain(years, cost, days) if days > 0 else None


def _days(decision: Decision) -> int:
    return decision.coverage.days if decision.coverage else 0
