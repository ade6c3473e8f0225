"""Prove one question of a programme: where rules clash, and which never apply.

What is found is a case for which the engine itself is asked before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from medcounter.assess.engine.ask_rules import standing_entries, verdict_of
from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.assess.prove.case_axes import case_of
from medcounter.assess.prove.case_grid import CaseGrid, ReadingSets
from medcounter.assess.prove.formula import (
    FALSE,
    AnyAtom,
    Atom,
    Literal,
    ProofFormula,
    ReadAs,
    atoms_of,
    both,
    either,
)
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.assess.prove.rule_formulas import (
    ASSUMED,
    BEFORE_WINDOW,
    LAPSED,
    UNSETTLED,
    WINDOW,
    ProgrammeAtoms,
    RuleFormulas,
    reading_axis,
)
from medcounter.assess.prove.search import Found, Search, SearchedGrid
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.questions import QUESTION
from medcounter.rules.rule import Reading


class Meeting(NamedTuple):
    """A case in which a question has not the one rule that it should have.

    Attributes:
        case: The facts, the window noted on it.
        readings: Rules read otherwise than they are by themselves.
        standing: Ids of the rules that stand; none where there is a gap.
        ground: The ground they stand for; empty in mode *one*.
    """

    case: Case
    readings: dict[str, int]
    standing: tuple[str, ...]
    ground: str


class QuestionProof:
    """The proof of one question: all its formulas over one grid."""

    def __init__(self, programme: ProgrammeAtoms, payment: PaymentDays, question: str) -> None:
        """Write the formulas and lay out the grid; nothing is searched yet.

        Args:
            programme: The programme and the atoms its questions share.
            payment: Its payment days.
            question: Code of the question.
        """
        compiled = programme.compiled
        self._compiled = compiled
        self._question = QUESTION[question]
        self._rules = compiled.rules(question)
        self._formulas = RuleFormulas(programme, question)
        self._asked = self._formulas.asked()
        self._whole = both(self._asked, self._formulas.asks_no_birth())
        self._gap = both(self._whole, self._formulas.gap())
        self._stands = {entry.rule.id: self._for_whom(entry) for entry in self._rules}
        stands = (formula for one in self._stands.values() for formula in one.values())
        written = atoms_of(self._gap, self._asked, self._whole, *stands)
        self._links = _links(written, compiled.resolved.benefit_year)
        linked = atoms_of(*(link for _, link in self._links))
        self._grid = CaseGrid(compiled, payment, written | linked, self._reading_sets(written))
        self._searched = SearchedGrid(self._grid)

    def meetings(self) -> Iterator[Meeting | None]:
        """Yield one case for each pair of rules that meet, and one without any rule.

        None after each search that found nobody.
        """
        mode = self._question.mode
        if mode == "one":
            yield self._met(self._gap, "")
        for one, other in combinations(self._rules, 2) if mode != "all" else ():
            if one.rule.id in other.defeats or other.rule.id in one.defeats:
                continue
            first, second = self._stands[one.rule.id], self._stands[other.rule.id]
            for ground in [ground for ground in first if ground in second]:
                together = both(self._whole, first[ground], second[ground])
                yield self._met(together, ground, (one.rule.id, other.rule.id))

    def standing(self) -> Iterator[str | None]:
        """Yield for each rule its id if it ever stands, else None."""
        for name, stands in self._stands.items():
            found = self._search(both(self._asked, either(*stands.values())))
            yield None if found is None else name

    def _for_whom(self, entry: CompiledRule) -> dict[str, ProofFormula]:
        """Map each ground of a rule to where the rule stands for it."""
        stands, spared = self._formulas.stands(entry), self._formulas.spared
        if not entry.rule.grounds:
            return {"": stands}
        return {ground: both(stands, spared(entry, ground)) for ground in entry.rule.grounds}

    def _search(self, formula: ProofFormula) -> Found | None:
        axes = self._searched.axes_of(formula)
        linked = (link for names, link in self._links if names <= axes)
        return Search(self._searched, both(formula, *linked)).found()

    def _met(
        self, formula: ProofFormula, ground: str, pair: tuple[str, ...] = ()
    ) -> Meeting | None:
        """Search a case; where one rule is asked for, the engine says which stand there."""
        found = self._search(formula)
        if found is None:
            return None
        readings: dict[str, int] = {}
        for axis in found.settings.keys() & self._grid.readings:
            readings |= found.settings[axis]
        case = case_of(self._compiled, found.day, found.settings)
        if self._question.code not in BEFORE_WINDOW:
            (window,), _ = standing_entries(self._compiled, WINDOW, case, readings)
            kind = verdict_of(window, readings).answer.kind
            case = case._replace(window_kind=kind, window_rule=window.rule.id)
        entries, _ = standing_entries(self._compiled, self._question.code, case, readings)
        names = pair if ground else tuple(entry.rule.id for entry in entries)
        return Meeting(case, readings, names, ground)

    def _reading_sets(self, atoms: frozenset[AnyAtom]) -> ReadingSets:
        """List the readings to try on each axis, the rules' own first.

        Of the assumed rules one is read otherwise at a time, with those that rest on
        the same doubt.
        """
        named = {atom.rule for atom in atoms if isinstance(atom, ReadAs)}
        sets: ReadingSets = {}
        alike: dict[tuple[str | None, str], dict[str, int]] = {}
        entries = (*self._compiled.rules(WINDOW), *self._rules)
        rules = {entry.rule.id: entry.rule for entry in entries if entry.rule.id in named}
        for rule in rules.values():
            tried = sets.setdefault(reading_axis(rule), [{}])
            readings: tuple[Reading[Any], ...] = rule.readings
            for number, reading in enumerate(readings, start=1):
                tried.append({rule.id: number})
                if rule.status != UNSETTLED:
                    alike.setdefault((rule.doubt, reading.text), {})[rule.id] = number
        for together in alike.values():
            if len(together) > 1:
                sets[ASSUMED].append(together)
        return sets


def _links(atoms: frozenset[AnyAtom], year: int) -> list[tuple[frozenset[str], ProofFormula]]:
    """Exclude insurance in lapsed years, and birth after them.

    Source: docs/contract.md, key ``lapsed_years``: they are counted back from the benefit year
    and never reach the birth year. That they are not counted before some year is left
    out: rules that come out right only for it would be wrong a year later.

    Returns:
        The two axes, and what has to be true where a formula looks at both.
    """
    axes = {atom.axis for atom in atoms}
    if LAPSED not in axes:
        return []
    insured = {int(axis.partition(":")[2]) for axis in axes if axis.startswith("insured:")}
    lapses = {number for atom in atoms if isinstance(atom, Atom) for number in atom.cuts.lapses}
    links = []
    for number in sorted((lapses | insured) - {0}):
        lapsed = Atom(LAPSED, partial(_lapsed, number), Breakpoints(lapses={number}))
        fewer = Literal(lapsed, FALSE)
        if number in insured:
            axis = f"insured:{number}"
            year_insured = Atom(axis, partial(_insured, year - number))
            links.append((frozenset({LAPSED, axis}), either(fewer, Literal(year_insured, FALSE))))
        if BIRTH in axes:
            turn = Breakpoints(births={date(year - number, 1, 1)})
            born = Atom(BIRTH, partial(_born_before, year - number), turn)
            links.append((frozenset({LAPSED, BIRTH}), either(fewer, Literal(born))))
    return links


def _lapsed(number: int, case: Case) -> bool:
    return case.lapsed >= number


def _insured(year: int, case: Case) -> bool:
    return case.insured_years is not None and year in case.insured_years


def _born_before(year: int, case: Case) -> bool:
    return case.birth is None or case.birth.year < year
