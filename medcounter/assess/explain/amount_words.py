"""Write the amounts that a rule about money itself answers, whichever rule won."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from medcounter.assess.engine.amounts import charged_items, item_amounts, total_of
from medcounter.assess.engine.ask_rules import MissingFactsError
from medcounter.assess.engine.decision import Decision
from medcounter.assess.engine.fee import subsidy_amount
from medcounter.assess.explain.sentence_values import OPEN
from medcounter.money import show_yuan
from medcounter.rules.fees.fee_answers import (
    Concession,
    ConcessionAnswer,
    OtherYearAnswer,
    RepairPriceAnswer,
    StandardAnswer,
    SubsidyAnswer,
)
from medcounter.wording.terms import UNSETTLED_AMOUNT


def own_amounts(question: str, answer: Any, decision: Decision) -> dict[str, str]:  # noqa: ANN401 -- the question fixes the type
    """Write the values that a rule about money answers.

    Args:
        question: One of :data:`ABOUT_MONEY`.
        answer: Its answer in the reading used.
        decision: The decision; its fee may be another rule's.
    """
    try:
        amount = _AMOUNTS[question](answer, decision)
    except MissingFactsError:
        # Of a rule that does not stand, so that nobody needed to give the fact.
        amount = None
    if question != "standard":
        return {"amount": UNSETTLED_AMOUNT if amount is None else show_yuan(amount)}
    shown = OPEN if amount is None else show_yuan(amount)
    return {"amount": shown, "standard": shown}


def _standard_amount(answer: StandardAnswer, decision: Decision) -> int | None:
    case = decision.case
    return total_of(item_amounts(charged_items(answer, case), case))


def _subsidy_amount(answer: SubsidyAnswer, decision: Decision) -> int | None:
    standard = decision.fee.standard if decision.fee else None
    return subsidy_amount(answer, standard, decision.case)


def _conceded_amount(answer: ConcessionAnswer, _decision: Decision) -> int | None:
    """Name the amount a concession is about: left to pay, taken off, or asked."""
    if answer.parts:
        return total_of(_conceded_form(part) for part in answer.parts)
    return _conceded_form(answer)


def _conceded_form(answer: Concession) -> int | None:
    forms = (answer.pays, answer.aid, answer.standard)
    return next((fen for fen in forms if fen is not None), None)


def _price_of_repair(answer: RepairPriceAnswer, decision: Decision) -> int | None:
    """Name the price of one repaired year: its own, or as the decision has it."""
    fee, years = decision.fee, decision.case.repair_years
    if answer.of is None or fee is None or fee.repair is None or not years:
        return answer.amount
    return fee.repair // years


def _price_of_other_year(answer: OtherYearAnswer, decision: Decision) -> int | None:
    """Name the price of another year, as the decision has it."""
    lines = decision.fee.lines if decision.fee else ()
    return next((line.amount for line in lines if line.code.startswith(f"{answer.code}-")), None)


_AMOUNTS: dict[str, Callable[[Any, Decision], int | None]] = {
    "standard": _standard_amount,
    "subsidy": _subsidy_amount,
    "concession": _conceded_amount,
    "repair-price": _price_of_repair,
    "other-year": _price_of_other_year,
}
ABOUT_MONEY = frozenset(_AMOUNTS)
