"""Choose the best single identity, and what it makes of the standard.

Source: docs/rules.md, 五, "best": the best single identity, never stacked.
Amounts are whole fen; None means no source gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from medcounter.assess.assessment import FeeLine
from medcounter.assess.engine.amounts import total_of
from medcounter.assess.engine.ask_rules import (
    MissingFactsError,
    missing_facts,
    standing_among,
    verdict_of,
)
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import CompiledRule, Verdict
from medcounter.money import round_half_up
from medcounter.rules.case import Case
from medcounter.rules.fees.fee_answers import Concession, ConcessionAnswer
from medcounter.rules.vocabulary import NEWBORN, ORDINARY


class Asked(NamedTuple):
    """What is asked of one person before aid, by item, in fen."""

    amounts: tuple[FeeLine, ...]
    total: int | None


class ByItem(NamedTuple):
    """What an identity makes of single items, in fen.

    Attributes:
        asked: What is asked for each item before aid, by code.
        aids: The aid on each part, by the code of its last item.
    """

    asked: dict[str, int | None]
    aids: dict[str, int | None]


class Charge(NamedTuple):
    """The standard, aid and contribution of one identity, in fen.

    Attributes:
        items: The same item by item, where the identity says so.
    """

    ground: str
    standard: int | None
    aid: int | None
    contribution: int | None
    verdict: Verdict | None
    items: ByItem | None = None


def conceded(answer: Concession, standard: int | None) -> tuple[int | None, int | None]:
    """Apply one identity's concession to the standard, or to some items of it.

    Returns:
        The standard and the aid, in fen; aid never exceeds the standard.
        None where no source gives it.
    """
    if answer.unknown:
        return None, None
    if answer.standard is not None:
        standard = answer.standard
        if not answer.aided:
            return standard, 0
    if standard is None:
        return (None, None) if answer.pays is None else (answer.pays, 0)
    if answer.pays is not None:
        return standard, max(0, standard - answer.pays)
    if answer.aid is not None:
        return standard, min(standard, answer.aid)
    return standard, round_half_up(standard * (answer.aid_share or Decimal(0)))


def conceded_by_part(answer: ConcessionAnswer, amounts: dict[str, int | None]) -> ByItem:
    """Apply the concessions on single items; the other items are paid in full."""
    left = dict(amounts)
    aids: dict[str, int | None] = {}
    for part in answer.parts:
        named = [code for code in amounts if code in part.items]
        if not named:
            continue
        asked = total_of(left[code] for code in named)
        own, aid = conceded(part, asked)
        if own != asked or own is None:
            for code in named[:-1]:
                del left[code]
            left[named[-1]] = own
        aids[named[-1]] = aid
    return ByItem(left, aids)


def _charge(entry: CompiledRule, ground: str, asked: Asked, readings: dict[str, int]) -> Charge:
    verdict = verdict_of(entry, readings)
    items: ByItem | None = None
    if verdict.answer.parts:
        amounts = {line.code: line.amount for line in asked.amounts}
        items = conceded_by_part(verdict.answer, amounts)
        standard, aid = total_of(items.asked.values()), total_of(items.aids.values())
    else:
        standard, aid = conceded(verdict.answer, asked.total)
    contribution = None if standard is None or aid is None else standard - aid
    return tuple.__new__(Charge, (ground, standard, aid, contribution, verdict, items))


def best_charge(
    compiled: Compiled, case: Case, asked: Asked, order: Iterable[str], readings: dict[str, int]
) -> tuple[Charge, str]:
    """Choose the ground with the lowest contribution.

    Ties go by the contract's order; an amount that no source gives loses to
    a known concession and wins against the ordinary fee.

    Returns:
        The charge, and the identity with the lowest contribution: another
        one where the resident pays less as a newborn.

    Raises:
        MissingFactsError: A concession that would be lower lacks a fact.
    """
    held = compiled.by_grounds["concession"].held_by(case)
    standing, unknown = standing_among(held.rules, case, readings)
    total = asked.total
    ordinary = Charge(ORDINARY, total, None if total is None else 0, total, None)
    if not standing and not unknown:
        return ordinary, ORDINARY
    charges = [
        _charge(entry, ground, asked, readings)
        for entry in standing
        for ground in held.grounds[entry.name]
    ]
    lower = [charge for charge in charges if not _dearer(charge, ordinary)]
    if not lower and not unknown:
        return ordinary, ORDINARY
    if len(lower) == 1 and not unknown:
        ground = lower[0].ground
        return lower[0], ORDINARY if ground == NEWBORN else ground
    rank = _rank(order)
    best = min([*lower, ordinary], key=rank)
    named = (charge for charge in lower if charge.ground != NEWBORN)
    identity = min([*named, ordinary], key=rank).ground
    for entry in unknown:
        for ground in held.grounds[entry.name]:
            would_be = _charge(entry, ground, asked, readings)
            if rank(would_be)[:2] < rank(best)[:2]:
                raise MissingFactsError(missing_facts(entry, case, readings))
    return best, identity


def _dearer(charge: Charge, ordinary: Charge) -> bool:
    if charge.contribution is None or ordinary.contribution is None:
        return False
    return charge.contribution > ordinary.contribution


def _rank(order: Iterable[str]) -> Callable[[Charge], tuple[int, int, int]]:
    places = {code: place for place, code in enumerate(order)}

    def rank(charge: Charge) -> tuple[int, int, int]:
        place = places.get(charge.ground, len(places))
        if charge.ground == ORDINARY:
            return (2, charge.contribution or 0, place)
        return (1, 0, place) if charge.contribution is None else (0, charge.contribution, place)

    return rank
