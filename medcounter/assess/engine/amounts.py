"""Work out the amounts of an answer: formulas, the items charged, their sum.

Amounts are whole fen; None means that no source gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from medcounter.assess.engine.ask_rules import MissingFactsError
from medcounter.assess.engine.start_day import resolve_start
from medcounter.money import FEN_IN_YUAN, round_half_up
from medcounter.rules.case import Case
from medcounter.rules.fees.fee_answers import Item, StandardAnswer
from medcounter.rules.fees.formulas import Counted, Formula, Monthly, MonthsLeft, Rated
from medcounter.rules.values import resolve_day

_MONTHS_IN_YEAR = 12


def formula_amount(amount: Formula, case: Case, before: int | None) -> int | None:
    """Work out one amount that is written as a formula, in fen.

    Args:
        amount: The formula.
        case: For answers counted by, and for the days that months hang on.
        before: Sum of the components above it, the base of a late fee.

    Raises:
        MissingFactsError: It counts by an answer that is not given.
    """
    if isinstance(amount, Rated):
        return _rated(amount, months_of(amount.months, case))
    if isinstance(amount, Monthly):
        return amount.amount * months_of(amount.months, case)
    if isinstance(amount, Counted):
        given = case.answers.get(amount.by)
        if not isinstance(given, int):
            raise MissingFactsError((f"answers.{amount.by}",))
        return amount.amount * given
    days = (case.paid - resolve_day(amount.after, case.benefit_year)).days
    return None if before is None else round_half_up(before * amount.rate * max(0, days))


def _rated(amount: Rated, months: int) -> int:
    unit = FEN_IN_YUAN if amount.round_to == "yuan" else 1
    month = amount.rate * amount.base / unit
    if amount.round == "month":
        found = round_half_up(month) * months * unit
    else:
        found = round_half_up(month * months) * unit
    return found if amount.at_least is None else max(found, amount.at_least)


def months_of(months: int | MonthsLeft, case: Case) -> int:
    """Count months: a fixed number, or from one day's month to another's.

    Both months count; none where the end lies before, and never more than 12.
    """
    if isinstance(months, int):
        return months
    start = resolve_start(months.start, case)
    end = resolve_day(months.end, case.benefit_year)
    count = (end.year - start.year) * _MONTHS_IN_YEAR + end.month - start.month + 1
    return max(0, min(_MONTHS_IN_YEAR, count))


def plain_amount(amount: int | Formula | None, case: Case) -> int | None:
    """Work out an amount that stands alone, in fen."""
    if amount is None or isinstance(amount, int):
        return amount
    return formula_amount(amount, case, None)


def charged_items(standard: StandardAnswer, case: Case) -> Sequence[Item]:
    """List the items of a standard that this person is charged.

    Raises:
        MissingFactsError: Whether one is charged hangs on a fact not given.
    """
    items = standard.items
    # Of most standards every item is charged, which is told without a function's call.
    for item in items:
        if item.when is not None:
            return [one for one in items if _is_charged(one, case)]
    return items


def _is_charged(item: Item, case: Case) -> bool:
    if item.when is None:
        return True
    truth = item.when.compile_asking(case.benefit_year)(case)
    if truth is None:
        raise MissingFactsError(tuple(sorted(item.when.missing(case))))
    return truth


def is_same_for_all(standard: StandardAnswer) -> bool:
    """Return whether everybody is charged the same amounts, written out."""
    return all(
        item.when is None and (item.amount is None or isinstance(item.amount, int))
        for item in standard.items
    )


def item_amounts(items: Sequence[Item], case: Case) -> list[int | None]:
    """Work out the amounts of items, in order, in fen."""
    amounts: list[int | None] = []
    for item in items:
        given = item.amount
        if given is None or isinstance(given, int):
            amounts.append(given)
        else:
            amounts.append(formula_amount(given, case, total_of(amounts)))
    return amounts


def total_of(amounts: Iterable[int | None]) -> int | None:
    """Add amounts up, in fen; None where one of them is not given."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total
