"""Find parts of a wait that cannot be added: days beside months.

Conditions are compared as they are written: one that is part of another's ``all``
holds wherever that one does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.assess.engine.wait import variable_length
from medcounter.rules.conditions import All, Condition
from medcounter.rules.payment_conditions import Lapsed
from medcounter.wording.terms import UNITS


class UnlikeUnits(NamedTuple):
    """Two rules that stand together and count otherwise, and what to do about it."""

    question: str
    rules: tuple[str, str]
    text: str


def unlike_units(compiled: Compiled) -> Iterator[UnlikeUnits]:
    """Yield rules that count days beside months of a variable wait, or vice versa.

    Months of both kinds add up: they are counted as those of the fixed wait are.
    """
    year = compiled.resolved.benefit_year
    counted = [entry.plain.answer.from_year for entry in compiled.rules("lapse")]
    reach = max((year - first for first in counted), default=0)
    for variable in compiled.rules("variable-wait"):
        adding = [one for one in _answers(variable) if variable_length(one, reach)]
        for fixed in compiled.rules("fixed-wait"):
            lengths = [one for one in _answers(fixed) if one.length]
            if _differ(adding, lengths) and _may_meet(fixed, variable, compiled):
                text = (
                    f"固定等待期“{fixed.name}”的单位是{_units(lengths)}，变动等待期“{variable.name}”的"
                    f"是{_units(adding)}，单位不同，无法相加；请取代（replaces）或不沿用（drops）"
                    "其中一条，使两条用同一单位。"
                )
                yield UnlikeUnits("variable-wait", (fixed.name, variable.name), text)
        for repair in compiled.rules("repair") if compiled.format > 1 else ():
            off = [one for one in _answers(repair) if one.per_year]
            if _differ(adding, off) and _may_meet(repair, variable, compiled):
                text = (
                    f"变动等待期“{variable.name}”的单位是{_units(adding)}，缴费修复“{repair.name}”的"
                    f"是{_units(off)}，单位不同，无法相减；请写本地的 repair 规则取代（replaces）"
                    f"它，unit 写 {adding[0].unit}，数字按{_units(adding)}写。"
                )
                yield UnlikeUnits("repair", (variable.name, repair.name), text)


def _answers(entry: CompiledRule) -> list[Any]:
    """List what a rule answers in each of its readings."""
    return [entry.plain.answer, *(verdict.answer for verdict in entry.read)]


def _differ(some: list[Any], others: list[Any]) -> bool:
    """Return whether of two answers one counts days and the other months."""
    return any((one.unit == "day") != (other.unit == "day") for one in some for other in others)


def _units(answers: list[Any]) -> str:
    return "、".join(dict.fromkeys(UNITS[one.unit] for one in answers))


def _may_meet(one: CompiledRule, variable: CompiledRule, compiled: Compiled) -> bool:
    """Return whether both may stand where the variable part is more than none."""
    held = [*_surely(one), *_surely(variable)]
    adding = variable.plain.answer.free_years + 1
    return not any(
        _displaced(entry, held, adding, compiled.rules(entry.rule.question))
        for entry in (one, variable)
    )


def _surely(entry: CompiledRule) -> list[Condition]:
    """List conditions that hold wherever a rule stands, however it is read."""
    readings = [number for number in range(len(entry.rule.readings) + 1) if _stands(entry, number)]
    own, *others = [_parts(entry.rule.when_in(number)) for number in readings]
    return [part for part in own if all(part in other for other in others)]


def _stands(entry: CompiledRule, reading: int) -> bool:
    return not reading or entry.rule.readings[reading - 1].stands


def _parts(when: Condition | None) -> list[Condition]:
    if when is None:
        return []
    return [when, *when.of] if isinstance(when, All) else [when]


def _displaced(
    entry: CompiledRule, held: list[Condition], lapsed: int, rules: tuple[CompiledRule, ...]
) -> bool:
    """Return whether an exception to a rule stands where these conditions hold.

    Args:
        entry: The rule.
        held: The conditions.
        lapsed: How many years somebody has lapsed there at least.
        rules: All of its question.
    """
    for rival in rules:
        certain = entry.name in rival.defeats and not rival.tests and rival.rule.valid is None
        above = [other for other in rules if rival.name in other.defeats]
        if certain and all(entry.name in other.defeats for other in above):
            parts = rival.rule.when
            if parts is None or _holds(parts, held, lapsed):
                return True
    return False


def _holds(when: Condition, held: list[Condition], lapsed: int) -> bool:
    if when in held:
        return True
    if isinstance(when, All):
        return all(_holds(part, held, lapsed) for part in when.of)
    return isinstance(when, Lapsed) and when.high is None and (when.low or 0) <= lapsed
