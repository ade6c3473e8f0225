"""Price other years: repaired ones, and those paid with this one.

Source: docs/contract.md, key ``fee``; 国办发〔2024〕38号, on repair. Amounts are
whole fen; None means no source gives it.
"""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.assess.assessment import FeeLine
from medcounter.assess.engine.amounts import plain_amount, total_of
from medcounter.assess.engine.ask_rules import (
    MissingFactsError,
    ask_one,
    missing_facts,
    standing_entries,
    verdict_of,
)
from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.compiled_rule import Verdict
from medcounter.assess.engine.concession import Charge
from medcounter.assess.engine.standard_charge import Standard, charge_standard
from medcounter.rules.case import Case
from medcounter.rules.fees.fee_answers import OtherYearAnswer, YearsAnswered

# Windows whose payers pay the personal standard of the year.
_INSIDE = frozenset({"main", "extended"})
_MOST_OTHER_YEARS = 9


def ask_other_years(
    compiled: Compiled, case: Case, charge: Charge, readings: dict[str, int]
) -> tuple[list[FeeLine], list[Verdict]]:
    """Write the lines of the other years that are paid with this one.

    Raises:
        MissingFactsError: Whether, or how many, hangs on a fact not given.
    """
    standing, unknown = standing_entries(compiled, "other-year", case, readings)
    if unknown:
        raise MissingFactsError(missing_facts(unknown[0], case, readings))
    verdicts = [verdict_of(entry, readings) for entry in standing]
    lines = [line for verdict in verdicts for line in _lines_of(verdict.answer, case, charge)]
    return lines, verdicts


def _lines_of(answer: OtherYearAnswer, case: Case, charge: Charge) -> Iterator[FeeLine]:
    if answer.of is None:
        price = plain_amount(answer.amount, case)
    else:
        price = charge.standard if answer.of == "standard" else charge.contribution
    first = case.benefit_year + answer.first
    for year in range(first, first + _count(answer.years, case)):
        label = answer.label.replace("{benefit_year}", str(year))
        yield FeeLine(f"{answer.code}-{year}", label, price)


def _count(years: int | YearsAnswered, case: Case) -> int:
    if isinstance(years, int):
        return years
    given = case.answers.get(years.by)
    if not isinstance(given, int):
        raise MissingFactsError((f"answers.{years.by}",))
    return max(0, min(given - years.less, _MOST_OTHER_YEARS))


def price_of_a_year(
    compiled: Compiled, case: Case, own: Standard, order: dict[str, str], readings: dict[str, int]
) -> tuple[int | None, list[Verdict]]:
    """Price one repaired year, and name the rule that says so, if any.

    It is the personal standard of the year in which repair is asked, not the
    full cost that a late window may ask, unless a rule says otherwise.
    Source: 国办发〔2024〕38号, on repair; docs/contract.md, key ``fee``. A bundle of
    format 1 repairs at whatever the window asks.
    """
    if compiled.format == 1:
        return own.charge.standard, []
    if not compiled.rules("repair-price"):
        return _in_main_window(compiled, case, own, order, readings).charge.standard, []
    verdict = ask_one(compiled, "repair-price", case, readings)
    if verdict.answer.of is None:
        return verdict.answer.amount, [verdict]
    if verdict.answer.of == "main":
        own = _in_main_window(compiled, case, own, order, readings)
    wanted = verdict.answer.items
    if not wanted:
        return own.charge.standard, [verdict]
    named = [line.amount for line in own.lines if line.code in wanted]
    # A standard that has none of the items named says no price, not that it is free.
    return total_of(named) if named else None, [verdict]


def _in_main_window(
    compiled: Compiled, case: Case, own: Standard, order: dict[str, str], readings: dict[str, int]
) -> Standard:
    """Ask what the last main window before the payment asked of this person.

    Without such a window it is what is asked now.
    """
    if case.window_kind in _INSIDE:
        return own
    compiled = compiled.whole or compiled
    for day in reversed(compiled.turning_days):
        if day >= case.paid:
            continue
        events = {kind: begin for kind, begin in case.events.items() if begin <= day}
        then = case._replace(paid=day, events=events)
        window = ask_one(compiled, "window", then, readings)
        then = then._replace(window_kind=window.answer.kind, window_rule=window.rule.id)
        if then.window_kind == "main":
            return charge_standard(compiled, then, order, readings)
    return own
