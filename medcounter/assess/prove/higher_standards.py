"""Find aid that puts one standard in the place of a higher one without saying so.

``standard`` of a concession takes the place of the whole bill: that of a late payment and
of a dearer tier too, unless its condition looks at what the bills hang on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule
from medcounter.money import show_yuan
from medcounter.rules.fees.fee_answers import ConcessionAnswer, StandardAnswer
from medcounter.rules.rule import Reading
from medcounter.rules.values import ANSWER_PREFIX

_PAID = "payment_date"


class HigherStandard(NamedTuple):
    """Aid whose standard takes the place of a higher one.

    Attributes:
        rule: Id of the rule that gives the aid.
        text: What it does, to whom.
    """

    rule: str
    text: str


class _Bill(NamedTuple):
    """What a rule asks of those it is for, in fen.

    Attributes:
        rule: Id of the rule.
        hangs_on: The payment day, and answers, that decide whether it is asked.
    """

    rule: str
    amount: int
    hangs_on: frozenset[str]


def higher_standards(compiled: Compiled) -> Iterator[HigherStandard]:
    """Yield the rules that take a higher standard's place.

    Either of the two is the place's own.

    Args:
        compiled: The programme with all it inherits.
    """
    for entry in compiled.rules("concession"):
        answer: ConcessionAnswer = entry.plain.answer
        forms = [(answer.standard, None), *((part.standard, part.items) for part in answer.parts)]
        for standard, items in forms:
            text = None if standard is None else _slip(compiled, entry, standard, items)
            if text is not None:
                yield HigherStandard(entry.rule.id, text)
                break


def _slip(
    compiled: Compiled, entry: CompiledRule, standard: int, items: Collection[str] | None
) -> str | None:
    """Say which higher bill an aid's standard replaces without looking at it.

    The lowest bill above it is the one that is meant.
    """
    above = [bill for bill in _bills(compiled, items) if bill.amount > standard]
    meant = min((bill.amount for bill in above), default=0)
    own, looked_at = compiled.resolved.own, _hangs_on(entry)
    for bill in above:
        unseen = bill.hangs_on - looked_at
        if bill.amount > meant and unseen and not own.isdisjoint({entry.rule.id, bill.rule}):
            what = "、".join(_word(name) for name in sorted(unseen))
            return (
                f"规则“{entry.rule.id}”把标准换成 {show_yuan(standard)} 元，条件里没有写{what}，"
                f"“{bill.rule}”的 {show_yuan(bill.amount)} 元也换成这么多。"
            )
    return None


def _word(name: str) -> str:
    if name == _PAID:
        return "缴费时段"
    return f"补充问题“{name.removeprefix(ANSWER_PREFIX)}”的回答"


def _bills(compiled: Compiled, codes: Collection[str] | None) -> Iterator[_Bill]:
    """Yield what is asked where amounts are written out.

    Each optional item adds a bill with it.

    Args:
        compiled: The programme.
        codes: The items that count; None counts all.
    """
    rules = compiled.rules("standard")
    for entry in rules:
        beaten_by = (other for other in rules if entry.rule.id in other.defeats)
        hangs_on = _hangs_on(entry).union(*map(_hangs_on, beaten_by))
        answer: StandardAnswer = entry.plain.answer
        items = [item for item in answer.items if codes is None or item.code in codes]
        always = [item.amount for item in items if item.when is None]
        fixed = [amount for amount in always if isinstance(amount, int)]
        if not items or len(fixed) < len(always):
            continue
        yield _Bill(entry.rule.id, sum(fixed), hangs_on)
        for item in items:
            if item.when is not None and isinstance(item.amount, int):
                needs = hangs_on | _deciding(item.when.needs())
                yield _Bill(entry.rule.id, sum(fixed) + item.amount, needs)


def _hangs_on(entry: CompiledRule) -> frozenset[str]:
    """Name what of the payment decides whether a rule stands, in any reading."""
    rule = entry.rule
    readings: tuple[Reading[Any], ...] = rule.readings
    conditions = (rule.when, *(reading.when for reading in readings))
    needed = frozenset[str]().union(*(one.needs() for one in conditions if one is not None))
    return _deciding(needed) | (frozenset() if rule.valid is None else {_PAID})


def _deciding(needs: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in needs if name == _PAID or name.startswith(ANSWER_PREFIX))
