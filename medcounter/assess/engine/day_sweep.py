"""Evaluate one person on many days, recomputing only wait and cover.

Between two days on which one of the person's rules may turn, the same rules
apply. Only the wait and the cover then depend on the day, and the fee where it
grows by the day. Gives the same decision as ``decide``, to the byte.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from medcounter.assess.engine.ask_rules import standing_entries
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule, grows_daily
from medcounter.assess.engine.decision import Decision, cover, covered_as, decide
from medcounter.assess.engine.wait import Lengths, ask_lengths
from medcounter.rules.case import Case


@dataclass(frozen=True, slots=True)
class StableInterval:
    """A decision, and how to move it to other days of the same interval.

    Attributes:
        compiled: The programme with only the rules that stand here.
        decision: For some day of the stretch.
        daily: Whether the fee changes from day to day.
        order: Identity codes in the order that breaks ties, with labels.
        lengths: The parts of the wait; None while nothing can be paid.
    """

    compiled: Compiled
    decision: Decision
    daily: bool
    order: dict[str, str]
    lengths: Lengths | None

    def on(self, day: date) -> Decision:
        """Decide the same case for another payment day of the stretch.

        Args:
            day: Between the same two turning days of this person's rules.

        Raises:
            MissingFactsError: The outcome depends on a fact not given.
        """
        known = self.decision
        case = known.case.on_day(day, known.case.events)
        if self.daily:
            return decide(self.compiled, case, self.order, {})
        if not known.payable:
            return known._replace(case=case)
        return covered_as(known, cover(self.compiled, case, self.order, {}, self.lengths))


def sweep_days(compiled: Compiled, decision: Decision, order: dict[str, str]) -> StableInterval:
    """Keep of a programme what stands for a decided case on days like its own.

    Args:
        compiled: The programme that gave the decision.
        decision: With every rule in its own reading.
        order: Identity codes in the order that breaks ties, with labels.
    """
    case = decision.case
    kept = {code: _standing(compiled, code, case) for code in compiled.by_question}
    daily = any(grows_daily(entry.rule) for entry in kept["standard"])
    # What a late fee grows on may be a repaired year, priced by the rules of another window.
    narrowed = compiled if daily else replace(compiled, by_question=kept, whole=compiled)
    lengths = ask_lengths(narrowed, case, {}) if decision.payable else None
    return StableInterval(narrowed, decision, daily, order, lengths)


def _standing(compiled: Compiled, question: str, case: Case) -> tuple[CompiledRule, ...]:
    """Return the rules that answer here without a test, and those in doubt with it.

    A rule of several grounds keeps its test: it is asked for each ground alone.
    """
    standing, unknown = standing_entries(compiled, question, case, {})
    plain = [
        replace(entry, test=None, tests=(), defeats=frozenset())
        if len(entry.rule.grounds) <= 1
        else entry
        for entry in standing
    ]
    return (*plain, *unknown)
