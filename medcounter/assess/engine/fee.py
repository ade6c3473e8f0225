"""Compute the fee: standard, aid, subsidy, repair, other years.

Source: docs/contract.md, key ``fee``. Amounts are whole fen; None means no source gives it.
"""

from __future__ import annotations

from typing import NamedTuple

from medcounter.assess.assessment import Fee, FeeLine
from medcounter.assess.engine.amounts import plain_amount, total_of
from medcounter.assess.engine.ask_rules import ask_one
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.engine.other_years import ask_other_years, price_of_a_year
from medcounter.assess.engine.standard_charge import charge_standard
from medcounter.rules.case import Case
from medcounter.rules.fees.fee_answers import SubsidyAnswer


class Charged(NamedTuple):
    """The fee, the identity that counted, and the verdicts behind it."""

    fee: Fee
    category: str
    verdicts: tuple[Verdict, ...]


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
    own = charge_standard(compiled, case, order, readings)
    charge = own.charge
    verdicts = [own.asked] if charge.verdict is None else [own.asked, charge.verdict]
    subsidy = None
    if compiled.by_question["subsidy"]:
        given = ask_one(compiled, "subsidy", case, readings)
        verdicts.append(given)
        plain = given.answer.amount
        # An amount written out needs no working out, which is the usual case.
        subsidy = (
            plain if isinstance(plain, int) else subsidy_amount(given.answer, charge.standard, case)
        )
    lines = list(own.lines)
    repair: int | None = 0
    if case.repair_years:
        price, more = price_of_a_year(compiled, case, own, order, readings)
        repair = None if price is None else price * case.repair_years
        verdicts += more
        lines.append(FeeLine("repair", f"缴费修复 {case.repair_years} 年", repair))
    if compiled.by_question["other-year"]:
        others, more = ask_other_years(compiled, case, charge, readings)
        verdicts += more
        lines += others
    total = total_of([line.amount for line in lines])
    own_part = (charge.standard, charge.aid, charge.contribution)
    fee = tuple.__new__(Fee, (total, *own_part, repair, subsidy, tuple(lines)))
    return tuple.__new__(Charged, (fee, own.category, tuple(verdicts)))


def subsidy_amount(answer: SubsidyAnswer, standard: int | None, case: Case) -> int | None:
    """Work out the subsidy: an amount, or what the standard leaves of a total.

    Source: docs/rules.md, 六: the total that is raised less what a person pays.
    """
    if answer.remainder_of is None:
        return plain_amount(answer.amount, case)
    total = plain_amount(answer.remainder_of, case)
    return None if total is None or standard is None else max(0, total - standard)
