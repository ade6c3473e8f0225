"""One representative for each cell between the breakpoints of a question.

The payment days fall into groups of days on which the same conditions can be
true together: limits that move with the payment day pass fixed limits, and
each other at month ends, between two groups. On a day the axes do not touch, so
that a cell is a value on each axis, and the days on which there is such a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove.case_axes import DayAxis, case_of, values_around
from medcounter.assess.prove.formula import AnyAtom, Truth, Truths
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH, Case
from medcounter.rules.values import answer_in

ReadingSets = dict[str, list[dict[str, int]]]
PAID = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the atoms of one axis say for one value, and on which groups of days.

    Attributes:
        truths: Each atom's truth.
        days: One bit for each group of payment days.
    """

    truths: dict[AnyAtom, Truth]
    days: int


class CaseGrid:
    """All cells of a question: groups of payment days, and stretches on each axis.

    Attributes:
        days: The first payment day of each group, by its place among all.
        every: All groups, as bits.
        readings: Axis of readings to those that are tried.
    """

    def __init__(
        self,
        compiled: Compiled,
        payment: PaymentDays,
        atoms: Iterable[AnyAtom],
        readings: ReadingSets,
    ) -> None:
        """Group the payment days and find the stretches on each axis.

        Args:
            compiled: The programme.
            payment: Its payment days.
            atoms: All atoms of the question's formulas.
            readings: Axis of readings to those that are tried, the rules' own first.
        """
        self._compiled = compiled
        self._payment = payment
        self.readings = readings
        self._atoms: dict[str, list[AnyAtom]] = {PAID: []}
        for atom in atoms:
            self._atoms.setdefault(atom.axis, []).append(atom)
        self._cuts = {
            axis: Breakpoints().merged(atom.cuts for atom in alike)
            for axis, alike in self._atoms.items()
            if axis not in readings
        }
        self._days = {
            axis: DayAxis(axis, cuts, payment)
            for axis, cuts in self._cuts.items()
            if axis == BIRTH or axis.startswith("event:")
        }
        self.days, self._paid = self._grouped()
        self.every = (1 << len(self.days)) - 1
        self._stretches = {axis: self._stretched(axis) for axis in self._atoms if axis != PAID}

    def paid(self, atom: AnyAtom, truths: Truths) -> int:
        """Return the groups of days on which an atom of the payment day has a truth."""
        held = self._paid[atom]
        return held if True in truths else self.every & ~held

    def stretches(self, axis: str, atoms: Iterable[AnyAtom]) -> list[Stretch]:
        """List what some atoms of one axis can say together."""
        named = tuple(atoms)
        days: dict[tuple[Truth, ...], int] = {}
        for stretch in self._stretches[axis]:
            row = tuple(stretch.truths[atom] for atom in named)
            days[row] = days.get(row, 0) | stretch.days
        return [Stretch(dict(zip(named, row, strict=True)), mask) for row, mask in days.items()]

    def value(self, axis: str, place: int, truths: dict[AnyAtom, Truth]) -> Any:  # noqa: ANN401 -- the axis fixes the type
        """Find the first value of an axis for which atoms have these truths on a day."""
        fitting = [
            value
            for value, case, readings in self._tried(axis, place)
            if all(atom.truth(case, readings) is truth for atom, truth in truths.items())
        ]
        return fitting[0]

    def day(self, place: int) -> date:
        """Name a payment day by its place among all."""
        return self._payment.days[place]

    def _grouped(self) -> tuple[list[int], dict[AnyAtom, int]]:
        """Group the payment days; name each group's first, and where atoms hold."""
        atoms = self._atoms[PAID]
        held = [self._payment.truths(atom) for atom in atoms]
        axes = tuple(self._days.values())
        begins = {0}.union(
            *(self._payment.changes(atom) for atom in atoms), *(axis.reordered() for axis in axes)
        )
        groups: dict[tuple[object, ...], int] = {}
        # From one of these to the next every day belongs to the same group.
        for place in sorted(begins & set(range(len(self._payment.days)))):
            key = (*[truths[place] for truths in held], *[axis.order(place) for axis in axes])
            groups.setdefault(key, place)
        days = list(groups.values())
        paid = {
            atom: sum(truths[place] << number for number, place in enumerate(days))
            for atom, truths in zip(atoms, held, strict=True)
        }
        return days, paid

    def _stretched(self, axis: str) -> list[Stretch]:
        atoms = self._atoms[axis]
        found: dict[tuple[Truth, ...], int] = {}
        # Only days of births and events lie otherwise on other payment days.
        daily = axis in self._days
        for number, place in enumerate(self.days if daily else self.days[:1]):
            bits = 1 << number if daily else self.every
            for _, case, readings in self._tried(axis, place):
                row = tuple([atom.truth(case, readings) for atom in atoms])
                found[row] = found.get(row, 0) | bits
        return [Stretch(dict(zip(atoms, row, strict=True)), days) for row, days in found.items()]

    def _tried(self, axis: str, place: int) -> Iterator[tuple[Any, Case, dict[str, int]]]:
        """Yield each value of an axis as a case, or as the readings that it is."""
        day = self.day(place)
        for value in self._values(axis, place):
            if axis in self.readings:
                yield value, case_of(self._compiled, day, {}), value
            else:
                yield value, case_of(self._compiled, day, {axis: value}), {}

    def _values(self, axis: str, place: int) -> list[Any]:
        if axis in self.readings:
            return self.readings[axis]
        kind, _, code = axis.partition(":")
        if axis in self._days:
            values = self._days[axis].values(place)
            asked = answer_in(code)
            # A dated answer that may not be left out is asked for before anything is decided.
            must = asked is not None and asked not in self._compiled.defaults
            return values[1:] if must else [*values]
        cuts = self._cuts[axis]
        if kind == "answer":
            return list(values_around(self._compiled, code, cuts.answers[code]))
        if kind in {"lapsed", "repair"}:
            return sorted({0, *cuts.lapses, *cuts.repairs})
        return [False, True]
