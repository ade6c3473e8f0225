"""Ask for one person's standard by item, and for the identity that counts."""

from __future__ import annotations

from typing import NamedTuple

from medcounter.assess.assessment import FeeLine
from medcounter.assess.engine.amounts import charged_items, item_amounts, total_of
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.concession import Asked, Charge, best_charge
from medcounter.assess.engine.verdict import Verdict, ask_one
from medcounter.rules.case import Case


class Standard(NamedTuple):
    """The standard as asked of one person, before repair and other years.

    Attributes:
        asked: The rule that gave it.
        parts: Its components as they are charged, before aid.
        charge: What the best identity makes of it.
        category: The identity with the lowest contribution.
    """

    asked: Verdict
    parts: tuple[FeeLine, ...]
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
    items = charged_items(verdict.answer, case)
    amounts = item_amounts(items, case)
    year = str(case.benefit_year)
    lines = tuple(
        [
            FeeLine(item.code, item.label.replace("{benefit_year}", year), amount)
            for item, amount in zip(items, amounts, strict=True)
        ]
    )
    asked = Asked(lines, total_of(amounts))
    charge, category = best_charge(compiled, case, asked, tuple(order), readings)
    parts = lines if charge.verdict is None else _parts(asked, charge)
    return Standard(verdict, parts, charge, category)


def _parts(asked: Asked, charge: Charge) -> tuple[FeeLine, ...]:
    """Write what is charged before aid, where an identity has another standard."""
    named, items = asked.amounts, charge.items
    if items is not None:
        return tuple(
            FeeLine(line.code, line.label, items[line.code]) for line in named if line.code in items
        )
    if charge.standard != asked.total:
        return (FeeLine(named[0].code, named[0].label, charge.standard),)
    return named
