"""Doubts: each field that rests on an assumed or unsettled figure.

The other reading is not described but computed: the case is decided again
with it, and what comes out otherwise is named with both values.
Source: contract, key ``doubts``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product

from medcounter.assess.assessment import Doubt
from medcounter.assess.decide import Decision
from medcounter.assess.verdict import MissingFactsError, RulesIncompleteError, Verdict
from medcounter.money import show_yuan
from medcounter.rules.questions import QUESTION

Decide = Callable[[dict[str, int]], Decision]
_MOST_READINGS = 64
# Neither moves the first day of cover, nor asks for a fact.
_NO_COVER = frozenset({"subsidy", "carry-over"})
_LAST_DAY = (
    "缴费日正好是期限的最后一天：按事件当天为第 0 天、最后一天算在内计算；"
    "当地没有写明怎样数，若当天算第 1 天，就已超过一天。"
)

LEAVES = (
    "window.kind",
    "window.from",
    "window.to",
    "category",
    "exemption",
    "lapsed_years",
    "fee.total",
    "fee.standard",
    "fee.aid",
    "fee.contribution",
    "fee.repair",
    "fee.subsidy",
    "wait.from",
    "wait.to",
    "wait.fixed",
    "wait.variable",
    "wait.repaired",
    "wait.total",
    "coverage.from",
    "coverage.to",
)
_MONEY = frozenset({"total", "standard", "aid", "contribution", "repair", "subsidy"})


def leaf(decision: Decision, field: str) -> str | None:
    """Write one field of a decision as the contract does; None when null."""
    top, _, name = field.partition(".")
    record = {"window": "window", "fee": "fee", "wait": "wait", "coverage": "coverage"}.get(top)
    if record is None:
        names = {"lapsed_years": "lapsed", "category": "category", "exemption": "exemption"}
        value = getattr(decision, names.get(top, ""), None)
        return None if value is None else str(value)
    part = getattr(decision, record)
    if part is None:
        return None
    if not name:
        return _whole(decision, top)
    value = getattr(part, {"from": "start", "to": "end"}.get(name, name), None)
    if value is None:
        return None
    return show_yuan(value) if top == "fee" and name in _MONEY else str(value)


def _whole(decision: Decision, top: str) -> str | None:
    if top == "fee":
        return leaf(decision, "fee.total")
    if top == "window":
        return decision.window.kind
    start, end = leaf(decision, f"{top}.from"), leaf(decision, f"{top}.to")
    return f"{start}/{end}"


def latest_cover(decide: Decide) -> tuple[Decision, dict[str, int]]:
    """Decide with the readings of unsettled rules that bring the later cover.

    No cover at all is the latest. Nobody is promised cover too early.
    """
    plain = decide({})
    open_rules = [verdict for verdict in plain.verdicts if _is_open(verdict)]
    if not open_rules:
        return plain, {}
    choices = [range(len(verdict.rule.readings) + 1) for verdict in open_rules]
    best, chosen = plain, dict[str, int]()
    for combination in list(product(*choices))[1:_MOST_READINGS]:
        readings = {
            verdict.rule.id: reading
            for verdict, reading in zip(open_rules, combination, strict=True)
        }
        other = decide(readings)
        if _first_cover(other) > _first_cover(best):
            best, chosen = other, readings
    return best, chosen


def _is_open(verdict: Verdict) -> bool:
    """Tell whether another reading may bring a later cover or need a fact."""
    open_rule = verdict.rule.status == "unsettled" and bool(verdict.rule.readings)
    return open_rule and verdict.question not in _NO_COVER


def _first_cover(decision: Decision) -> date:
    if decision.payable and decision.coverage is None:
        return date.max
    return decision.coverage.start if decision.coverage else date.min


def find_doubts(decision: Decision, readings: dict[str, int], decide: Decide) -> tuple[Doubt, ...]:
    """Name every field in doubt, with the value used and the other one."""
    doubts: dict[str, Doubt] = {}
    for verdict in _asked(decision, readings, decide):
        if verdict.rule.status == "confirmed" or not _matters(verdict, decision):
            continue
        others = list(_other_decisions(verdict, readings, decide))
        for doubt in _doubts_of(verdict, decision, others):
            kept = doubts.get(doubt.field)
            if kept is None or _weight(doubt) > _weight(kept):
                doubts[doubt.field] = doubt
    return tuple(doubts.values())


def _asked(decision: Decision, readings: dict[str, int], decide: Decide) -> Iterator[Verdict]:
    """List the verdicts, and those that the readings used have set aside.

    An open exemption leaves no verdict where the reading used gives none.
    """
    yield from decision.verdicts
    used = {verdict.rule.id for verdict in decision.verdicts}
    for verdict in decide({}).verdicts if readings else ():
        if verdict.rule.id in readings and verdict.rule.id not in used:
            yield replace(verdict, reading=readings[verdict.rule.id])


def _weight(doubt: Doubt) -> tuple[bool, bool]:
    """Rank doubts on one field: open questions first, then computed readings."""
    return doubt.status == "unsettled", doubt.other is not None


def _matters(verdict: Verdict, decision: Decision) -> bool:
    return verdict.question != "lapse" or decision.lapse_cut


def _other_decisions(
    verdict: Verdict, readings: dict[str, int], decide: Decide
) -> Iterator[Decision]:
    for reading in range(len(verdict.rule.readings) + 1):
        if reading == verdict.reading:
            continue
        try:
            yield decide({**readings, verdict.rule.id: reading})
        except (MissingFactsError, RulesIncompleteError):
            continue


def _doubts_of(verdict: Verdict, decision: Decision, others: list[Decision]) -> Iterator[Doubt]:
    rule = verdict.rule
    fields = list(rule.concerns or QUESTION[verdict.question].concerns)
    changed = [
        field
        for field in LEAVES
        if any(leaf(other, field) != leaf(decision, field) for other in others)
    ]
    # What a wait past 31 December becomes shows in the next year's answer only.
    if others and not changed and verdict.question != "carry-over":
        return
    for field in dict.fromkeys([*fields, *changed]):
        value = leaf(decision, field)
        top = field.partition(".")[0]
        if value is None and field not in changed and _absent(decision, top):
            continue
        other = next((leaf(o, field) for o in others if leaf(o, field) != value), None)
        yield Doubt(field, rule.status, str(rule.doubt), value, other, rule.id)


def _absent(decision: Decision, top: str) -> bool:
    """Tell whether a whole part is null, so that nothing of it is in doubt."""
    return top in {"wait", "coverage"} and getattr(decision, top) is None


def doubt_the_count(
    doubts: tuple[Doubt, ...], decision: Decision, other: Decision | None
) -> tuple[Doubt, ...]:
    """Add what would come out if the event day were day 1, not day 0.

    Asked on the last day of a span only. Source: rule book, "Counting", the
    row on days of birth, and national defaults, "within n days".

    Args:
        doubts: Those found so far; an open question stays before this one.
        decision: The answer, the event day counted as day 0.
        other: The same with the other count; None where it cannot be told.
    """
    if other is None:
        return doubts
    kept = {doubt.field: doubt for doubt in doubts}
    used = {verdict.rule.id for verdict in other.verdicts}
    rule = next((v.rule.id for v in decision.verdicts if v.rule.id not in used), "")
    for field in LEAVES:
        value, otherwise = leaf(decision, field), leaf(other, field)
        if value != otherwise and (field not in kept or kept[field].other is None):
            kept[field] = Doubt(field, "assumed", _LAST_DAY, value, otherwise, rule)
    return tuple(kept.values())
