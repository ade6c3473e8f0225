"""List each field that rests on an assumed or unsettled figure.

The alternative reading is computed, not described: the case is decided again
with it, and every field that differs is listed with both values.
Source: docs/contract.md, key ``doubts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

from medcounter.assess.assessment import Doubt
from medcounter.assess.engine.ask_rules import MissingFactsError, RulesIncompleteError
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.engine.decision import Decision
from medcounter.assess.explain.readings import Decide, might_stand
from medcounter.money import show_yuan
from medcounter.rules.questions import QUESTION, Rule

Readings = dict[str, int]
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
_AMOUNTS, _LENGTHS, _DAYS = (
    attrgetter(*names)
    for names in (
        ("total", "standard", "aid", "contribution", "repair", "subsidy"),
        ("start", "end", "fixed", "variable", "repaired", "total"),
        ("start", "end"),
    )
)
_MONEY = frozenset({"total", "standard", "aid", "contribution", "repair", "subsidy"})
_PARTS = frozenset({"window", "fee", "wait", "coverage"})
# What the contract calls otherwise than the records do.
_PLAIN = {"lapsed_years": "lapsed", "category": "category", "exemption": "exemption"}
_ENDS = {"from": "start", "to": "end"}


def field_value(decision: Decision, field: str) -> str | None:
    """Write one field of a decision as the contract does; None when null."""
    top, _, name = field.partition(".")
    if top not in _PARTS:
        value = getattr(decision, _PLAIN.get(top, ""), None)
        return None if value is None else str(value)
    part = getattr(decision, top)
    if part is None:
        return None
    if not name or name == "lines":
        return _whole(decision, top)
    value = getattr(part, _ENDS.get(name, name), None)
    if value is None:
        return None
    return show_yuan(value) if top == "fee" and name in _MONEY else str(value)


def leaf_values(decision: Decision) -> dict[str, str | None]:
    """Write all of ``LEAVES`` as ``field_value`` does, at once."""
    texts: dict[str, str | None] = {}
    for field, value in zip(LEAVES, _leaves(decision), strict=True):
        if value is None:
            texts[field] = None
        else:
            texts[field] = show_yuan(value) if field.startswith("fee.") else str(value)
    return texts


def touches(field: str, doubtful: Iterable[str]) -> bool:
    """Return whether a field, a part of it or the whole of it is in doubt."""
    return any(
        name == field or name.startswith(f"{field}.") or field.startswith(f"{name}.")
        for name in doubtful
    )


def _leaves(decision: Decision) -> tuple[Any, ...]:
    """Return what is behind each of ``LEAVES``; None where its part is null."""
    window, fee, wait, cover = decision.window, decision.fee, decision.wait, decision.coverage
    return (
        *(window.kind, window.start, window.end),
        *(decision.category, decision.exemption, decision.lapsed),
        *((None,) * 6 if fee is None else _AMOUNTS(fee)),
        *((None,) * 6 if wait is None else _LENGTHS(wait)),
        *((None,) * 2 if cover is None else _DAYS(cover)),
    )


def _whole(decision: Decision, top: str) -> str | None:
    if top == "fee":
        return field_value(decision, "fee.total")
    if top == "window":
        return decision.window.kind
    start, end = field_value(decision, f"{top}.from"), field_value(decision, f"{top}.to")
    return f"{start}/{end}"


def find_doubts(
    compiled: Compiled, decision: Decision, readings: Readings, decide: Decide
) -> tuple[Doubt, ...]:
    """Name every field in doubt, with the value used and the other one.

    Args:
        compiled: The programme.
        decision: The answer, with ``readings``.
        readings: Rule id to the reading used.
        decide: Decides the same case with other readings.
    """
    doubts: dict[str, Doubt] = {}
    for doubt in _all_doubts(compiled, decision, readings, decide):
        kept = doubts.get(doubt.field)
        if kept is None or _weight(doubt) > _weight(kept):
            doubts[doubt.field] = doubt
    return tuple(doubts.values())


def _all_doubts(
    compiled: Compiled, decision: Decision, readings: Readings, decide: Decide
) -> Iterator[Doubt]:
    for verdict in _asked(decision, readings, decide):
        if verdict.is_settled or not _matters(verdict, decision):
            continue
        tried = list(_tried(compiled, verdict, decision, readings, decide))
        yield from _doubts_of(verdict, decision, tried)
    for entry, numbers in might_stand(compiled.swayed, decision):
        tried = [
            other
            for number in numbers
            for other in _read(compiled, entry.rule, number, readings, decide)
        ]
        yield from _doubts_of_rejected(entry.rule, decision, tried)


def _asked(decision: Decision, readings: Readings, decide: Decide) -> Iterator[Verdict]:
    """List the verdicts, and those that the readings used have set aside.

    An open exemption leaves no verdict where the reading used gives none.
    """
    yield from decision.verdicts
    if not readings:
        return
    used = {verdict.name for verdict in decision.verdicts}
    for verdict in decide({}).verdicts:
        if verdict.name in readings and verdict.name not in used:
            reading = readings[verdict.name]
            answer = verdict.rule.answer_in(reading)
            yield replace(verdict, reading=reading, answer=answer)


def _weight(doubt: Doubt) -> tuple[bool, bool]:
    """Rank doubts on one field: open questions first, then computed readings."""
    return doubt.status == "unsettled", doubt.other is not None


def _matters(verdict: Verdict, decision: Decision) -> bool:
    return verdict.question != "lapse" or decision.lapse_cut


def _tried(
    compiled: Compiled, verdict: Verdict, decision: Decision, readings: Readings, decide: Decide
) -> Iterator[Decision | None]:
    """Decide with each other reading of a rule that stands; None lacks a fact.

    A reading in which it stands all the same, with the same answer, needs no
    deciding.
    """
    rule = verdict.rule
    own = _stands(compiled, rule, verdict.reading, decision)
    for reading in range(len(rule.readings) + 1):
        if reading == verdict.reading:
            continue
        alike = own and rule.answer_in(reading) == verdict.answer
        if alike and _stands(compiled, rule, reading, decision):
            yield decision
        else:
            yield from _read(compiled, rule, reading, readings, decide)


def _read(
    compiled: Compiled, rule: Rule, number: int, readings: Readings, decide: Decide
) -> Iterator[Decision | None]:
    """Decide with a rule read in one way, first with all that are read alike.

    Rules of one doubt whose readings say the same rest on one assumption: who is spared as
    low-income and as a graduate is spared by neither where the spared aren't spared.
    """
    alike = {
        entry.rule.id: other
        for entry in (compiled.swayed if number else ())
        for other in range(1, len(entry.rule.readings) + 1)
        if entry.rule.doubt == rule.doubt
        and entry.rule.readings[other - 1].text == rule.readings[number - 1].text
    }
    if len(alike) > 1:
        yield from _decided({**readings, **alike}, decide)
    yield from _decided({**readings, rule.id: number}, decide)


def _stands(compiled: Compiled, rule: Rule, reading: int, decision: Decision) -> bool:
    """Return whether a rule's condition holds in one of its readings."""
    tests = compiled.named[rule.id].tests
    return not tests or (test := tests[reading]) is None or test(decision.case) is True


def _decided(readings: Readings, decide: Decide) -> Iterator[Decision | None]:
    """Decide; None where a fact is missing, nothing where no rules are given."""
    try:
        yield decide(readings)
    except MissingFactsError:
        yield None
    except RulesIncompleteError:
        return


def _changed(decision: Decision, others: list[Decision], fields: Iterable[str]) -> list[str]:
    others = [other for other in others if other is not decision]
    if not others:
        return []
    if fields is LEAVES:
        found = zip(LEAVES, _leaves(decision), *map(_leaves, others), strict=True)
        return [field for field, value, *values in found if any(one != value for one in values)]
    values = {field: field_value(decision, field) for field in fields}
    return [
        field
        for field, value in values.items()
        if any(field_value(other, field) != value for other in others)
    ]


def _doubts_of(
    verdict: Verdict, decision: Decision, tried: list[Decision | None]
) -> Iterator[Doubt]:
    rule = verdict.rule
    fields = list(rule.concerns or QUESTION[verdict.question].concerns)
    others = [other for other in tried if other is not None]
    changed = _changed(decision, others, LEAVES)
    carried = verdict.question == "carry-over"
    # What a wait past 31 December becomes shows in the next year's answer only.
    if others and len(others) == len(tried) and not changed and not carried:
        return
    # That it leaves this year without cover hangs on the same open question.
    rests = {"coverage"} if carried and decision.coverage is None else set[str]()
    for field in dict.fromkeys([*fields, *changed, *rests]):
        if _absent(decision, field) and field not in changed and field not in rests:
            continue
        yield _doubt(rule, field, decision, others)


def _doubts_of_rejected(
    rule: Rule, decision: Decision, tried: list[Decision | None]
) -> Iterator[Doubt]:
    """Name what a rejected rule would change if it stood as otherwise read."""
    others = [other for other in tried if other is not None]
    fields = QUESTION[rule.question].concerns
    named = fields if len(others) < len(tried) else _changed(decision, others, fields)
    for field in dict.fromkeys([*named, *_changed(decision, others, LEAVES)]):
        yield _doubt(rule, field, decision, others)


def _doubt(rule: Rule, field: str, decision: Decision, others: list[Decision]) -> Doubt:
    value, differing = field_value(decision, field), None
    for other in others:
        differing = field_value(other, field)
        if differing != value:
            break
        differing = None
    return Doubt(field, rule.status, str(rule.doubt), value, differing, rule.id)


def _absent(decision: Decision, field: str) -> bool:
    """Return whether a whole part is null, so that nothing of it is in doubt."""
    top = field.partition(".")[0]
    return top in {"wait", "coverage"} and getattr(decision, top) is None


def doubt_the_count(
    doubts: tuple[Doubt, ...], decision: Decision, other: Decision | None
) -> tuple[Doubt, ...]:
    """Add what would come out if the event day were day 1, not day 0.

    Asked on the last day of a span only. Source: bundle source
    ``national-default``, on terms of days.

    Args:
        doubts: Those found so far; an open question stays before this one.
        decision: The answer, the event day counted as day 0.
        other: The same with the other count; None where it cannot be told.
    """
    if other is None:
        return doubts
    kept = {doubt.field: doubt for doubt in doubts}
    used = {verdict.name for verdict in other.verdicts}
    rule = next((v.name for v in decision.verdicts if v.name not in used), "")
    for field in LEAVES:
        value, otherwise = field_value(decision, field), field_value(other, field)
        if value != otherwise and (field not in kept or kept[field].other is None):
            kept[field] = Doubt(field, "assumed", _LAST_DAY, value, otherwise, rule)
    return tuple(kept.values())
