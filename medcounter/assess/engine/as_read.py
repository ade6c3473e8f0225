"""Decide one case in one reading of its rules after another.

What only moves wait and cover leaves the fee as it was, so that is decided once.
"""

from __future__ import annotations

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.decision import ABOUT_COVER, Decision, cover_again, decide
from medcounter.rules.case import Case


class AsRead:
    """One case, and what its rules' own readings make of it once that was asked."""

    def __init__(self, compiled: Compiled, order: dict[str, str], case: Case) -> None:
        """Begin with nothing decided.

        Args:
            compiled: The programme.
            order: Identity codes in the order that breaks ties, with labels.
            case: The facts.
        """
        self._compiled = compiled
        self._order = order
        self._case = case
        self._plain: Decision | None = None

    def decide(self, readings: dict[str, int]) -> Decision:
        """Decide with these readings; without any, by every rule's own.

        Raises:
            MissingFactsError: The outcome depends on a fact not given.
            RulesIncompleteError: The programme has a gap or a conflict.
        """
        plain, questions = self._plain, self._compiled.question_of
        other_ways = [name for name, number in readings.items() if number]
        if plain is not None and plain.payable:
            if not other_ways:
                return plain
            if all(questions[name] in ABOUT_COVER for name in other_ways):
                return cover_again(self._compiled, plain, self._case.paid, self._order, readings)
        decision = decide(self._compiled, self._case, self._order, readings)
        if not other_ways:
            self._plain = decision
        return decision
