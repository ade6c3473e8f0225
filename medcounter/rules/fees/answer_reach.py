"""What an answer itself still asks: the conditions and formulas inside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from medcounter.dates import add_months
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import Case
from medcounter.rules.conditions import Condition
from medcounter.rules.fees.fee_answers import (
    OtherYearAnswer,
    StandardAnswer,
    SubsidyAnswer,
    YearsAnswered,
)
from medcounter.rules.fees.formulas import Counted, Formula, LateFee, Monthly, MonthsLeft, Rated

# The months of the year before and of the benefit year.
_MONTHS_PAID_IN = 24


def formulas_in(answer: object) -> Iterator[Formula]:
    """List the amounts of an answer that are worked out."""
    amounts: tuple[object, ...] = ()
    if isinstance(answer, StandardAnswer):
        amounts = tuple(item.amount for item in answer.items)
    elif isinstance(answer, SubsidyAnswer):
        amounts = (answer.amount, answer.remainder_of)
    elif isinstance(answer, OtherYearAnswer):
        amounts = (answer.amount,)
    for amount in amounts:
        if isinstance(amount, Rated | Monthly | Counted | LateFee):
            yield amount


def conditions_in(answer: object) -> Iterator[Condition]:
    """List the conditions of single items."""
    if isinstance(answer, StandardAnswer):
        for item in answer.items:
            if item.when is not None:
                yield item.when


def counted_in(answer: object) -> frozenset[str]:
    """Name the answers to free questions that an answer counts by."""
    codes = {formula.by for formula in formulas_in(answer) if isinstance(formula, Counted)}
    if isinstance(answer, OtherYearAnswer) and isinstance(answer.years, YearsAnswered):
        codes.add(answer.years.by)
    return frozenset(codes)


def asked_in(answer: object) -> frozenset[str]:
    """Name the facts keys that an answer reads."""
    keys = {f"answers.{code}" for code in counted_in(answer)}
    return frozenset(keys).union(*(when.needs() for when in conditions_in(answer)))


def missing_in(answer: object, case: Case) -> bool:
    """Return whether an answer asks for a fact that is not given."""
    if any(case.answers.get(code) is None for code in counted_in(answer)):
        return True
    year = case.benefit_year
    return any(when.compile_asking(year)(case) is None for when in conditions_in(answer))


def cuts_in(answer: object, year: int) -> Breakpoints:
    """Name where an answer's own figures may turn, for one benefit year."""
    cuts = Breakpoints().merged(when.cuts(year) for when in conditions_in(answer))
    if any(_moves_by_month(formula) for formula in formulas_in(answer)):
        first = date(year - 1, 1, 1)
        cuts.days.update(add_months(first, month) for month in range(_MONTHS_PAID_IN))
    return cuts


def _moves_by_month(formula: Formula) -> bool:
    if not isinstance(formula, Rated | Monthly) or not isinstance(formula.months, MonthsLeft):
        return False
    return "payment" in formula.months.start.anchor
