"""Formulas over atoms: what has to be true of a case, written from conditions.

An atom looks at the payment day and at most one further fact, such as the
birth date. A rule's reading is an atom too. Nothing is
searched here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import Case
from medcounter.rules.predicate import Test

ChosenReadings = Mapping[str, int]
Truth = bool | None
Truths = frozenset[bool | None]
TRUE: Truths = frozenset({True})
FALSE: Truths = frozenset({False})
_ANY: Truths = frozenset({True, False, None})


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """One condition on the payment day and at most one further fact.

    Attributes:
        axis: The further fact, such as ``birth`` or ``event:graduated``; empty
            where the payment day alone decides.
        test: Its truth for a case that has this fact; None is unknown.
        cuts: Where its truth may turn.
    """

    axis: str
    test: Test
    cuts: Breakpoints = field(default_factory=Breakpoints)

    def truth(self, case: Case, _readings: ChosenReadings) -> bool | None:
        """Ask the condition."""
        return self.test(case)


@dataclass(frozen=True, slots=True, eq=False)
class ReadAs:
    """A rule is read in one way, the first being its own.

    Attributes:
        axis: ``reading:`` and the rule, or ``assumed``, where only one may be
            read otherwise.
    """

    axis: str
    rule: str
    reading: int
    cuts: Breakpoints = field(default_factory=Breakpoints, init=False)

    def truth(self, _case: Case, readings: ChosenReadings) -> bool:
        """Say whether the rule is read in this way."""
        return readings.get(self.rule, 0) == self.reading


AnyAtom = Atom | ReadAs


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """An atom has one of these truths."""

    atom: AnyAtom
    truths: Truths = TRUE


@dataclass(frozen=True, slots=True, eq=False)
class Both:
    """Every part is true; without parts it always is."""

    parts: tuple[ProofFormula, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """At least one part is true; without parts it never is."""

    parts: tuple[ProofFormula, ...]


ProofFormula = Literal | Both | Either
ALWAYS = Both(())
NEVER = Either(())


def both(*parts: ProofFormula) -> ProofFormula:
    """Join parts that all have to be true, leaving out those that always are."""
    kept = tuple(part for part in parts if part is not ALWAYS)
    if any(part is NEVER for part in kept):
        return NEVER
    if len(kept) == 1:
        return kept[0]
    return Both(kept) if kept else ALWAYS


def either(*parts: ProofFormula) -> ProofFormula:
    """Join parts of which one has to be true, leaving out those that never are."""
    kept = tuple(part for part in parts if part is not NEVER)
    if any(part is ALWAYS for part in kept):
        return ALWAYS
    if len(kept) == 1:
        return kept[0]
    return Either(kept) if kept else NEVER


class Negations:
    """Writes the opposite of formulas; what is shared stays shared."""

    def __init__(self) -> None:
        self._known: dict[ProofFormula, ProofFormula] = {ALWAYS: NEVER, NEVER: ALWAYS}

    def of(self, formula: ProofFormula) -> ProofFormula:
        """Return the formula that is true wherever this one is not."""
        if formula not in self._known:
            opposite: ProofFormula
            if isinstance(formula, Literal):
                opposite = Literal(formula.atom, _ANY - formula.truths)
            elif isinstance(formula, Both):
                opposite = Either(tuple(self.of(part) for part in formula.parts))
            else:
                opposite = Both(tuple(self.of(part) for part in formula.parts))
            self._known[formula] = opposite
            self._known[opposite] = formula
        return self._known[formula]


def atoms_of(*formulas: ProofFormula) -> frozenset[AnyAtom]:
    """Name every atom of some formulas."""
    found: set[AnyAtom] = set()
    seen: set[ProofFormula] = set()
    todo = [*formulas]
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        if isinstance(current, Literal):
            found.add(current.atom)
        else:
            todo.extend(current.parts)
    return frozenset(found)
