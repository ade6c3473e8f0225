"""Derive the insured years from the number of years without insurance.

Pure; says nothing about how many lapsed years the rules count.
"""

from __future__ import annotations

from datetime import date

_YEARS_BACK = 6


def first_listed(benefit_year: int, unpaid: int) -> int:
    """Return the earliest year that is listed as insured.

    Args:
        benefit_year: The year to be insured.
        unpaid: How many of the years just before it were not insured.
    """
    return benefit_year - max(_YEARS_BACK, unpaid + 1)


def insured_before(benefit_year: int, unpaid: int, birth: date | None) -> tuple[int, ...]:
    """Return the years insured when the last ones before a benefit year were not.

    Source: docs/contract.md, key ``lapsed_years``: the birth year and earlier never count.

    Args:
        benefit_year: The year to be insured.
        unpaid: How many of the years just before it were not insured.
        birth: The year of it and those before are not listed; None when unknown.

    Returns:
        The years before the gap, from six years back; of a longer gap the one
        year just before it. None where the birth year leaves no room.
    """
    first = first_listed(benefit_year, unpaid)
    if birth is not None:
        first = max(first, birth.year + 1)
    return tuple(range(first, benefit_year - unpaid))
