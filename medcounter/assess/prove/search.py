"""Search a case that makes a formula true, over all payment days at once.

One axis is settled after the other, always one that the formula still hangs on.
Where a formula is possible on no day, nothing further is tried; where it is
certain on some day, nothing further has to be settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from medcounter.assess.prove.case_grid import PAID, CaseGrid, Stretch
from medcounter.assess.prove.formula import (
    AnyAtom,
    Both,
    Either,
    Literal,
    ProofFormula,
    Truths,
    atoms_of,
)

Settled = Mapping[str, Stretch]


class Found(NamedTuple):
    """A case: its payment day, and the value on each axis that matters."""

    day: date
    settings: dict[str, Any]


class Chance(NamedTuple):
    """The days on which a formula can be true, and those on which it must be."""

    possible: int
    certain: int


@dataclass(slots=True)
class SearchedGrid:
    """A grid, and what all searches over it share, most formulas being the same.

    Attributes:
        unsettled: What can be true while no axis is settled.
        axes: The axes that formulas look at, the payment day aside.
        lone: What can be true of an atom while its axis is not settled.
    """

    grid: CaseGrid
    unsettled: dict[ProofFormula, Chance] = field(default_factory=dict)
    axes: dict[ProofFormula, frozenset[str]] = field(default_factory=dict)
    lone: dict[tuple[AnyAtom, Truths], Chance] = field(default_factory=dict)

    def axes_of(self, formula: ProofFormula) -> frozenset[str]:
        """Name the axes that a formula looks at, the payment day aside."""
        found = self.axes.get(formula)
        if found is None:
            if isinstance(formula, Literal):
                found = frozenset({formula.atom.axis}) - {PAID}
            else:
                found = frozenset[str]().union(*map(self.axes_of, formula.parts))
            self.axes[formula] = found
        return found


class Search:
    """Answers whether a formula can be true, and for whom."""

    def __init__(self, searched: SearchedGrid, formula: ProofFormula) -> None:
        """Lay out the stretches of the axes that the formula looks at."""
        self._searched = searched
        self._grid = grid = searched.grid
        self._formula = formula
        atoms: dict[str, list[AnyAtom]] = {}
        for atom in sorted(atoms_of(formula), key=lambda atom: atom.axis):
            atoms.setdefault(atom.axis, []).append(atom)
        atoms.pop(PAID, None)
        self._stretches = {axis: grid.stretches(axis, alike) for axis, alike in atoms.items()}

    def found(self) -> Found | None:
        """Find a case that makes the formula true; None where there is none."""
        settled = self._settle({}, self._grid.every, self._searched.unsettled)
        if settled is None:
            return None
        stretches, days = settled
        number = (days & -days).bit_length() - 1
        place = self._grid.days[number]
        there = {
            axis: [one for one in found if one.days >> number & 1]
            for axis, found in self._stretches.items()
        }
        # Where nothing hangs on an axis, whatever there is on the day will do.
        whole = {axis: stretches.get(axis, found[0]) for axis, found in there.items()}
        for axis, found in there.items():
            # The first value says least: what need not be said is not said.
            plainer = {**whole, axis: found[0]}
            if self._chance(self._formula, plainer, {}).certain >> number & 1:
                whole = plainer
        values = {
            axis: self._grid.value(axis, place, stretch.truths) for axis, stretch in whole.items()
        }
        return Found(self._grid.day(place), values)

    def _settle(
        self, settled: Settled, days: int, known: dict[ProofFormula, Chance]
    ) -> tuple[Settled, int] | None:
        """Settle the axes it hangs on; return the stretches, and the days they share."""
        chance = self._chance(self._formula, settled, known)
        days &= chance.possible
        if days & chance.certain or not days:
            return (settled, days & chance.certain) if days else None
        literal = self._undecided(self._formula, days, settled, known)
        axis = literal.atom.axis
        first = sorted(
            self._stretches[axis],
            key=lambda stretch: stretch.truths[literal.atom] not in literal.truths,
        )
        # What does not look at the axis stays as it is.
        axes = self._searched.axes_of
        same = {part: one for part, one in known.items() if axis not in axes(part)}
        for stretch in first:
            deeper = self._settle({**settled, axis: stretch}, days & stretch.days, {**same})
            if deeper is not None:
                return deeper
        return None

    def _undecided(
        self, formula: ProofFormula, days: int, settled: Settled, known: dict[ProofFormula, Chance]
    ) -> Literal:
        """Find a literal that a formula hangs on, possible and not certain."""
        while not isinstance(formula, Literal):
            chances = ((part, self._chance(part, settled, known)) for part in formula.parts)
            hanging = [(part, days & one.possible & ~one.certain) for part, one in chances]
            formula, days = max(hanging, key=lambda item: item[1] != 0)
        return formula

    def _chance(
        self, formula: ProofFormula, settled: Settled, known: dict[ProofFormula, Chance]
    ) -> Chance:
        """Name the days on which a formula can be true, and on which it must be."""
        if isinstance(formula, Literal):
            return self._literal(formula, settled)
        found = known.get(formula)
        if found is None:
            all_true = isinstance(formula, Both)
            found = known[formula] = (self._all if all_true else self._any)(formula, settled, known)
        return found

    def _all(
        self, formula: Both | Either, settled: Settled, known: dict[ProofFormula, Chance]
    ) -> Chance:
        possible = certain = self._grid.every
        for part in formula.parts:
            one = self._chance(part, settled, known)
            possible &= one.possible
            certain &= one.certain
            if not possible:
                break
        return Chance(possible, certain)

    def _any(
        self, formula: Both | Either, settled: Settled, known: dict[ProofFormula, Chance]
    ) -> Chance:
        possible = certain = 0
        for part in formula.parts:
            one = self._chance(part, settled, known)
            possible |= one.possible
            certain |= one.certain
            if certain == self._grid.every:
                break
        return Chance(possible, certain)

    def _literal(self, literal: Literal, settled: Settled) -> Chance:
        atom, truths = literal.atom, literal.truths
        if atom.axis == PAID:
            days = self._grid.paid(atom, truths)
            return Chance(days, days)
        if atom.axis in settled:
            days = self._grid.every if settled[atom.axis].truths[atom] in truths else 0
            return Chance(days, days)
        lone = self._searched.lone
        if (atom, truths) not in lone:
            true = false = 0
            for stretch in self._stretches[atom.axis]:
                if stretch.truths[atom] in truths:
                    true |= stretch.days
                else:
                    false |= stretch.days
            lone[atom, truths] = Chance(true, true & ~false)
        return lone[atom, truths]
