"""Compute the fee: standard, best single identity, repair, subsidy.

Source: rule book, "best single identity when several apply (never stacked)";
contract, key ``fee``. Amounts are whole fen; None means no source gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from medcounter.assess.assessment import Fee, FeeLine
from medcounter.assess.engine.compiled import Compiled, CompiledRule
from medcounter.assess.engine.verdict import (
    MissingFactsError,
    Verdict,
    answer_of,
    ask_one,
    missing_facts,
    standing_entries,
    verdict_of,
)
from medcounter.money import round_half_up
from medcounter.rules.answers import (
    ConcessionAnswer,
    Counted,
    Formula,
    Monthly,
    Rated,
    StandardAnswer,
)
from medcounter.rules.case import Case
from medcounter.rules.questions import Rule
from medcounter.rules.values import resolve_day
from medcounter.rules.vocabulary import NEWBORN, ORDINARY


class Charge(NamedTuple):
    """The standard, aid and contribution of one identity, in fen."""

    ground: str
    standard: int | None
    aid: int | None
    contribution: int | None
    verdict: Verdict | None


class Charged(NamedTuple):
    """The fee, the identity that counted, and the verdicts behind it."""

    fee: Fee
    category: str
    verdicts: tuple[Verdict, ...]


def formula_amount(amount: Formula, case: Case, before: int | None) -> int | None:
    """Work out one component that is written as a formula, in fen.

    Args:
        amount: The formula.
        case: For answers counted by and the payment day.
        before: Sum of the components above it, the base of a late fee.
    """
    if isinstance(amount, Rated):
        month = Decimal(amount.base) * amount.rate
        if amount.round == "month":
            return round_half_up(month) * amount.months
        return round_half_up(month * amount.months)
    if isinstance(amount, Monthly):
        return amount.amount * amount.months
    if isinstance(amount, Counted):
        given = case.answers.get(amount.by)
        if not isinstance(given, int):
            raise MissingFactsError((f"answers.{amount.by}",))
        return amount.amount * given
    days = (case.paid - resolve_day(amount.after, case.benefit_year)).days
    return None if before is None else round_half_up(before * amount.rate * max(0, days))


def counted_by(compiled: Compiled) -> set[str]:
    """Name the answers that some component is counted by."""
    items = [
        item for entry in compiled.rules("standard") for item in answer_of(entry.rule, 0).items
    ]
    return {item.amount.by for item in items if isinstance(item.amount, Counted)}


def item_amounts(standard: StandardAnswer, case: Case) -> list[int | None]:
    """Work out all components of the standard, in order, in fen."""
    amounts: list[int | None] = []
    for item in standard.items:
        given = item.amount
        if given is None or isinstance(given, int):
            amounts.append(given)
        else:
            amounts.append(formula_amount(given, case, total_of(amounts)))
    return amounts


def total_of(amounts: Sequence[int | None]) -> int | None:
    """Add amounts up, in fen; None where one of them is not given."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def conceded(answer: ConcessionAnswer, standard: int | None) -> tuple[int | None, int | None]:
    """Apply one identity's concession to the standard.

    Returns:
        The standard and the aid, in fen; aid never exceeds the standard.
        None where no source gives it.
    """
    if answer.unknown:
        return None, None
    if answer.standard is not None:
        return answer.standard, 0
    if standard is None:
        return (None, None) if answer.pays is None else (answer.pays, 0)
    if answer.pays is not None:
        return standard, max(0, standard - answer.pays)
    if answer.aid is not None:
        return standard, min(standard, answer.aid)
    return standard, round_half_up(standard * (answer.aid_share or Decimal(0)))


def held_grounds(rule: Rule, case: Case) -> tuple[str, ...]:
    """List those of a rule's grounds that the resident has."""
    identities, events = case.identities, case.events
    # A list first: a generator costs more than the few grounds a rule has.
    return tuple(
        [one for one in rule.grounds if one == NEWBORN or one in identities or one in events]
    )


def _charge(
    entry: CompiledRule, ground: str, standard: int | None, readings: dict[str, int]
) -> Charge:
    verdict = verdict_of(entry, readings)
    own_standard, aid = conceded(verdict.answer, standard)
    contribution = None if own_standard is None or aid is None else own_standard - aid
    return Charge(ground, own_standard, aid, contribution, verdict)


def best_charge(
    compiled: Compiled,
    case: Case,
    standard: int | None,
    order: Sequence[str],
    readings: dict[str, int],
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
    standing, unknown = standing_entries(compiled, "concession", case, readings)
    ordinary = Charge(ORDINARY, standard, None if standard is None else 0, standard, None)
    charges = [
        _charge(entry, ground, standard, readings)
        for entry in standing
        for ground in held_grounds(entry.rule, case)
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
        for ground in held_grounds(entry.rule, case):
            would_be = _charge(entry, ground, standard, readings)
            if rank(would_be)[:2] < rank(best)[:2]:
                raise MissingFactsError(missing_facts("concession", entry, case, readings))
    return best, identity


def _dearer(charge: Charge, ordinary: Charge) -> bool:
    if charge.contribution is None or ordinary.contribution is None:
        return False
    return charge.contribution > ordinary.contribution


def _rank(order: Sequence[str]) -> Callable[[Charge], tuple[int, int, int]]:
    places = {code: place for place, code in enumerate(order)}

    def rank(charge: Charge) -> tuple[int, int, int]:
        place = places.get(charge.ground, len(places))
        if charge.ground == ORDINARY:
            return (2, charge.contribution or 0, place)
        return (1, 0, place) if charge.contribution is None else (0, charge.contribution, place)

    return rank


def charge_fee(
    compiled: Compiled, case: Case, order: dict[str, str], readings: dict[str, int]
) -> Charged:
    """Ask for standard, identity and subsidy, and write the fee's lines.

    Args:
        order: Identity codes in the contract's order, with their labels.
        readings: Rule id to the reading used.

    Raises:
        MissingFactsError: The fee depends on a fact not given.
    """
    asked = ask_one(compiled, "standard", case, readings)
    amounts = item_amounts(asked.answer, case)
    charge, category = best_charge(compiled, case, total_of(amounts), tuple(order), readings)
    verdicts = [asked] if charge.verdict is None else [asked, charge.verdict]
    subsidy = None
    if compiled.rules("subsidy"):
        given = ask_one(compiled, "subsidy", case, readings)
        verdicts.append(given)
        subsidy = given.answer.amount
    lines = _lines(asked.answer, amounts, charge, order, case)
    repair = _repair(charge, case)
    if case.repair_years:
        label = f"缴费修复 {case.repair_years} 年"
        lines.append(FeeLine("repair", label, repair))
    total = total_of([line.amount for line in lines])
    fee = Fee(
        total, charge.standard, charge.aid, charge.contribution, repair, subsidy, tuple(lines)
    )
    return Charged(fee, category, tuple(verdicts))


def _repair(charge: Charge, case: Case) -> int | None:
    """Price the repair years at the standard of the year being paid for.

    Source: rule book, national mechanism 4.
    """
    if not case.repair_years:
        return 0
    return None if charge.standard is None else charge.standard * case.repair_years


def _lines(
    standard: StandardAnswer,
    amounts: Sequence[int | None],
    charge: Charge,
    order: dict[str, str],
    case: Case,
) -> list[FeeLine]:
    year = str(case.benefit_year)
    named = [
        FeeLine(item.code, item.label.replace("{benefit_year}", year), amount)
        for item, amount in zip(standard.items, amounts, strict=True)
    ]
    if charge.standard != total_of(amounts):
        named = [FeeLine(named[0].code, named[0].label, charge.standard)]
    if charge.aid:
        label = "新生儿资助" if charge.ground == NEWBORN else f"{order[charge.ground]}资助"
        named.append(FeeLine(f"aid-{charge.ground}", label, -charge.aid))
    return named
