"""Ask for one person's standard by item, and for the identity that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from medcounter.assess.assessment import FeeLine
from medcounter.assess.engine.amounts import charged_items, is_same_for_all, item_amounts, total_of
from medcounter.assess.engine.ask_rules import ask_one
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.engine.concession import Asked, ByItem, Charge, best_charge
from medcounter.rules.case import Case
from medcounter.rules.fees.fee_answers import StandardAnswer
from medcounter.rules.vocabulary import NEWBORN


class Standard(NamedTuple):
    """The standard as asked of one person, before repair and other years.

    Attributes:
        asked: The rule that gave it.
        lines: Its items as they are charged, each aid after what it reduces.
        charge: What the best identity makes of it.
        category: The identity with the lowest contribution.
    """

    asked: Verdict
    lines: tuple[FeeLine, ...]
    charge: Charge
    category: str


def charge_standard(
    compiled: Compiled, case: Case, order: dict[str, str], readings: dict[str, int]
) -> Standard:
    """Ask for standard and identity, the window noted on the case.

    Args:
        compiled: The programme.
        case: The facts.
        order: Identity codes in the contract's order, with their labels.
        readings: Rule id to the reading used.

    Raises:
        MissingFactsError: The fee depends on a fact not given.
    """
    verdict = ask_one(compiled, "standard", case, readings)
    answer = verdict.answer
    key = (verdict.name, verdict.reading)
    asked = compiled.same_for_all.get(key)
    if asked is None:
        asked = _asked_of(answer, case)
        if is_same_for_all(answer):
            compiled.same_for_all[key] = asked
    charge, category = best_charge(compiled, case, asked, order, readings)
    granted, lines = charge.verdict, asked.amounts
    if granted is not None and key in compiled.same_for_all:
        by = (*key, granted.name, granted.reading, charge.ground)
        known = compiled.charged.get(by)
        if known is None:
            known = compiled.charged[by] = _charged(asked, charge, order)
        lines = known
    elif granted is not None:
        lines = _charged(asked, charge, order)
    return tuple.__new__(Standard, (verdict, lines, charge, category))


def _asked_of(answer: StandardAnswer, case: Case) -> Asked:
    items = charged_items(answer, case)
    amounts = item_amounts(items, case)
    year = str(case.benefit_year)
    lines = [
        FeeLine(item.code, item.label.replace("{benefit_year}", year), amount)
        for item, amount in zip(items, amounts, strict=True)
    ]
    return Asked(tuple(lines), total_of(amounts))


def _charged(asked: Asked, charge: Charge, order: dict[str, str]) -> tuple[FeeLine, ...]:
    """Write the items as an identity is charged them, each aid after its own."""
    named, items = asked.amounts, charge.items
    if items is not None:
        return tuple(_by_item(named, items, charge.ground, order))
    if charge.standard != asked.total:
        named = (FeeLine(named[0].code, named[0].label, charge.standard),)
    return (*named, *_aid(charge.ground, charge.aid, order))


def _by_item(
    named: tuple[FeeLine, ...], items: ByItem, ground: str, order: dict[str, str]
) -> Iterator[FeeLine]:
    for line in named:
        if line.code in items.asked:
            yield FeeLine(line.code, line.label, items.asked[line.code])
            for aid in _aid(ground, items.aids.get(line.code), order):
                # A code of its own, should the same identity aid several parts.
                code = aid.code if len(items.aids) == 1 else f"{aid.code}-{line.code}"
                yield FeeLine(code, aid.label, aid.amount)


def _aid(ground: str, aid: int | None, order: dict[str, str]) -> Iterator[FeeLine]:
    if aid:
        label = "新生儿资助" if ground == NEWBORN else f"{order[ground]}资助"
        yield FeeLine(f"aid-{ground}", label, -aid)
