"""Decide one case in one reading of its rules after another.

What only moves wait and cover leaves the fee as it was, so that is decided once.
"""

from __future__ import annotations

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.decision import ABOUT_COVER, Decision, cover_again, decide
from medcounter.rules.case import Case


class AsRead:
    """One case, and what its rules' own readings make of it once that was asked.

    Attributes:
        plain: What they make of it; None until that is known.
    """

    def __init__(
        self,
        compiled: Compiled,
        order: dict[str, str],
        case: Case,
        near: Decision | None = None,
    ) -> None:
        """Begin with what is known.

        Args:
            compiled: The programme.
            order: Identity codes in the order that breaks ties, with labels.
            case: The facts.
            near: A payable decision of the same facts, in every rule's own reading, between
                the same two days of ``Compiled.fee_turns``, if there is one.
        """
        self._compiled = compiled
        self._order = order
        self._case = case
        self._near = near
        self.plain: Decision | None = None

    def decide(self, readings: dict[str, int]) -> Decision:
        """Decide with these readings; without any, by every rule's own.

        Raises:
            MissingFactsError: The outcome depends on a fact not given.
            RulesIncompleteError: The programme has a gap or a conflict.
        """
        other_ways = readings and [name for name, number in readings.items() if number]
        if not other_ways:
            if self.plain is None:
                self.plain = self._decide(self._near, {})
            return self.plain
        known, rules = self.plain or self._near, self._compiled.named
        if not all(rules[name].rule.question in ABOUT_COVER for name in other_ways):
            known = None
        return self._decide(known, readings)

    def _decide(self, known: Decision | None, readings: dict[str, int]) -> Decision:
        if known is None or not known.payable:
            return decide(self._compiled, self._case, self._order, readings)
        return cover_again(self._compiled, known, self._case, self._order, readings)
