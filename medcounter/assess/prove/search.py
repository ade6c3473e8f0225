"""Search a case that makes a formula true, over all payment days at once.

One axis is settled after the other. What is not settled yet counts as possible;
where a formula is possible on no day, nothing further is tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from medcounter.assess.prove.case_grid import PAID, CaseGrid, Stretch
from medcounter.assess.prove.formula import AnyAtom, Both, Formula, Literal, Truths, atoms_of

Settled = Mapping[str, Stretch]


class Found(NamedTuple):
    """A case: its payment day, and the value on each axis that matters."""

    day: date
    settings: dict[str, Any]


class Search:
    """Answers whether a formula can be true, and for whom."""

    def __init__(self, grid: CaseGrid, formula: Formula) -> None:
        """Lay out the stretches of the axes that the formula looks at."""
        self._grid = grid
        self._formula = formula
        atoms: dict[str, list[AnyAtom]] = {}
        for atom in sorted(atoms_of(formula), key=lambda atom: atom.axis):
            atoms.setdefault(atom.axis, []).append(atom)
        atoms.pop(PAID, None)
        self._stretches = {axis: grid.stretches(axis, alike) for axis, alike in atoms.items()}
        self._axes = sorted(self._stretches, key=lambda axis: len(self._stretches[axis]))
        self._open: dict[tuple[AnyAtom, Truths], int] = {}

    def found(self) -> Found | None:
        """Find the first case that makes the formula true; None where there is none."""
        settled = self._settle({}, self._grid.every)
        if settled is None:
            return None
        stretches, days = settled
        place = self._grid.days[(days & -days).bit_length() - 1]
        values = {
            axis: self._grid.value(axis, place, stretch.truths)
            for axis, stretch in stretches.items()
        }
        return Found(self._grid.day(place), values)

    def _settle(self, settled: Settled, days: int) -> tuple[Settled, int] | None:
        """Settle the axes that are left; return the stretches, and the days they share."""
        days &= self._possible(self._formula, settled, {})
        if not days or len(settled) == len(self._axes):
            return (settled, days) if days else None
        axis = self._axes[len(settled)]
        for stretch in self._stretches[axis]:
            deeper = self._settle({**settled, axis: stretch}, days & stretch.days)
            if deeper is not None:
                return deeper
        return None

    def _possible(self, formula: Formula, settled: Settled, known: dict[Formula, int]) -> int:
        """Name the days on which a formula can still be true."""
        if isinstance(formula, Literal):
            return self._literal(formula, settled)
        if formula in known:
            return known[formula]
        every = self._grid.every
        if isinstance(formula, Both):
            days = every
            for part in formula.parts:
                days &= self._possible(part, settled, known)
                if not days:
                    break
        else:
            days = 0
            for part in formula.parts:
                days |= self._possible(part, settled, known)
                if days == every:
                    break
        known[formula] = days
        return days

    def _literal(self, literal: Literal, settled: Settled) -> int:
        atom, truths = literal.atom, literal.truths
        if atom.axis == PAID:
            return self._grid.paid(atom, truths)
        if atom.axis in settled:
            return self._grid.every if settled[atom.axis].truths[atom] in truths else 0
        if (atom, truths) not in self._open:
            days = 0
            for stretch in self._stretches[atom.axis]:
                if stretch.truths[atom] in truths:
                    days |= stretch.days
            self._open[atom, truths] = days
        return self._open[atom, truths]
