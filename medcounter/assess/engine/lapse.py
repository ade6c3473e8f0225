"""Count the lapsed years in a row before the benefit year.

Source: docs/contract.md, key ``lapsed_years``; 国办发〔2024〕38号, on lapsed years.
"""

from __future__ import annotations

from typing import NamedTuple

from medcounter.rules.answers import LapseAnswer
from medcounter.rules.case import Case


class Lapse(NamedTuple):
    """The count, and whether the first counted year cut it short.

    Attributes:
        years: Lapsed years in a row, ≥ 0.
        cut: The year before the first counted one was missing too, so the
            reading that earlier gaps never count made a difference.
    """

    years: int
    cut: bool


def count_lapse(case: Case, answer: LapseAnswer) -> tuple[Lapse, Case]:
    """Count the lapsed years; return also the case with what counts as insured."""
    if answer.also_insured and case.insured_years is not None:
        more = {case.benefit_year - back for back in answer.also_insured}
        case = case.as_counted(case.insured_years | more, case.lapsed)
    lapse = _count(case, answer.from_year)
    if lapse.years == case.lapsed:
        return lapse, case
    return lapse, case.as_counted(case.insured_years, lapse.years)


def _count(case: Case, from_year: int) -> Lapse:
    """Count the years before the benefit year that are not insured.

    The count stops at the first insured year, never goes before
    ``from_year`` and never reaches the birth year. Nothing known against
    continuity (None) is 0.
    """
    if case.insured_years is None:
        return Lapse(0, cut=False)
    first = from_year
    if case.birth is not None:
        first = max(first, case.birth.year + 1)
    year = case.benefit_year - 1
    while year >= first and year not in case.insured_years:
        year -= 1
    missing_before = year < first and first == from_year and year not in case.insured_years
    too_young = case.birth is not None and case.birth.year >= year
    return Lapse(case.benefit_year - 1 - year, cut=missing_before and not too_young)
