"""Derive the insured years from the number of years without payment.

Pure; says nothing about how many lapsed years the rules count.
"""

from __future__ import annotations

_YEARS_BACK = 6


def insured_before(benefit_year: int, unpaid_years: int, birth_year: int | None) -> tuple[int, ...]:
    """Return the years insured when the last ones before a benefit year were not.

    Args:
        benefit_year: The year to be insured.
        unpaid_years: How many of the years just before it were not paid.
        birth_year: No year up to this one can have been insured; None when
            unknown.

    Returns:
        At least one insured year before the gap, as far back as six years,
        where the birth year leaves room.
    """
    first = benefit_year - max(_YEARS_BACK, unpaid_years + 1)
    if birth_year is not None:
        first = max(first, birth_year + 1)
    return tuple(range(first, benefit_year - unpaid_years))
