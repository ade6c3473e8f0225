"""Enumerate the readings of an ambiguous source.

A rule that applies may give another answer, and a rejected rule may apply in
another reading, so both sides of a limit depend on the same open question.
Source: docs/contract.md, key ``doubts``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice, product
from math import prod

from medcounter.assess.engine.ask_rules import unknown_facts
from medcounter.assess.engine.compiled import NO_COVER, Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule, asks_for_birth, held_grounds
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.stretches import on_stretch
from medcounter.rules.case import Case
from medcounter.rules.fees.answer_reach import missing_in
from medcounter.rules.questions import FEE_QUESTIONS, QUESTION, Rule

Decide = Callable[[dict[str, int]], Decision]
# Combinations of readings that are tried for one case; the proof refuses rules with more.
MOST_READINGS = 1024
_CLOSED_ASKS = frozenset({"window", "lapse"})


def latest_cover(compiled: Compiled, decide: Decide) -> tuple[Decision, dict[str, int]]:
    """Decide with the readings of unsettled rules that bring the later cover.

    No cover at all is the latest, and then the longer wait. Nobody is promised cover too early. A
    reading may bring up a question that is open itself: it is tried as well.

    Returns:
        The decision, and the readings it used; none where each rule's own
        reading is used.
    """
    best = decide({})
    if not on_stretch(compiled, best.case.paid).may_delay:
        return best, {}
    choices = open_choices(compiled, best)
    if not choices:
        return best, {}
    chosen: dict[str, int] = {}
    tried: set[frozenset[tuple[str, int]]] = {frozenset()}
    known = 0
    while len(choices) > known:
        known = len(choices)
        further: dict[str, tuple[int, ...]] = {}
        for combination in islice(product(*choices.values()), MOST_READINGS):
            readings = dict(zip(choices, combination, strict=True))
            other_ways = frozenset(item for item in readings.items() if item[1])
            if other_ways in tried:
                continue
            tried.add(other_ways)
            other = decide(readings)
            further |= open_choices(compiled, other)
            if _first_cover(other) > _first_cover(best):
                best, chosen = other, readings
        choices |= {name: numbers for name, numbers in further.items() if name not in choices}
    return best, chosen


def open_choices(compiled: Compiled, decision: Decision) -> dict[str, tuple[int, ...]]:
    """Name the unsettled rules that may move cover, with the readings to try."""
    choices = {
        verdict.name: tuple(range(len(verdict.rule.readings) + 1))
        for verdict in decision.verdicts
        if verdict.is_open and _may_delay(compiled, verdict.rule, decision.case)
    }
    if compiled.unsettled:
        for entry, numbers in might_stand(compiled.unsettled, decision):
            if _may_delay(compiled, entry.rule, decision.case):
                choices[entry.rule.id] = (0, *numbers)
    return choices


def count_readings(compiled: Compiled) -> tuple[int, tuple[CompiledRule, ...]]:
    """Count the combinations of readings that one case may have at most.

    Returns:
        Their number, and the unsettled rules that they are readings of.
    """
    swayed = {entry.name for entry in compiled.unsettled}
    count, found = 1, []
    for question, rules in compiled.by_question.items():
        unsettled = [entry for entry in rules if entry.plain.is_open and question not in NO_COVER]
        single = QUESTION[question].mode == "one"
        # Of the rules of such a question that hold as they do in their own reading, one stands.
        alone = [entry for entry in unsettled if single and entry.name not in swayed]
        count *= max((_ways(entry) for entry in alone), default=1)
        count *= prod(_ways(entry) for entry in unsettled if entry not in alone)
        found += unsettled
    return count, tuple(found)


def _ways(entry: CompiledRule) -> int:
    return len(entry.read) + 1


def might_stand(
    rules: tuple[CompiledRule, ...], decision: Decision
) -> Iterator[tuple[CompiledRule, tuple[int, ...]]]:
    """List those rules that were rejected and might decide in another reading.

    Args:
        rules: Some that may, whoever pays.
        decision: What was decided without them.

    Yields:
        The rule and the readings in which it would hold, or would if a fact
        that is not given were known.
    """
    case, payable = decision.case, decision.payable
    used = {verdict.name for verdict in decision.verdicts} if rules else ()
    for entry in rules:
        rule, question = entry.rule, entry.heading[0]
        if entry.name in used or not (payable or question in _CLOSED_ASKS):
            continue
        if QUESTION[question].mode == "best" and not held_grounds(rule, case):
            continue
        numbers = tuple(
            number
            for number in range(1, len(rule.readings) + 1)
            if (test := entry.test_in(number)) is None or test(case) is not False
        )
        if numbers:
            yield entry, numbers


def _may_delay(compiled: Compiled, rule: Rule, case: Case) -> bool:
    """Return whether another reading may bring later cover or need a fact."""
    if rule.question in NO_COVER:
        return False
    asking = asks_for_birth(rule, compiled.format)
    return rule.question not in FEE_QUESTIONS or any(
        _asks(rule, number, case, asking=asking) for number in range(1, len(rule.readings) + 1)
    )


def _asks(rule: Rule, reading: int, case: Case, *, asking: bool) -> bool:
    """Return whether a fee rule asks in a reading for a fact that is not given."""
    waits = unknown_facts(rule, reading, case, asking=asking)
    return bool(waits) or missing_in(rule.answer_in(reading), case)


def _first_cover(decision: Decision) -> tuple[date, date]:
    """Say when cover begins, to compare by; without any, when the wait ends."""
    if decision.payable and decision.coverage is None:
        return date.max, decision.wait.end if decision.wait else date.min
    return decision.coverage.start if decision.coverage else date.min, date.min
