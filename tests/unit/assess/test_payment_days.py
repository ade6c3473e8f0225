"""What moves with the payment day: first days that a span still reaches, and ages.

Each turn is held against its own meaning, tried on the day and on the one before.
"""

from __future__ import annotations

from datetime import date

import pytest

from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.dates import ONE_DAY, add_months, full_years
from tests.support.rules.rule_samples import (
    PROVINCE,
    book_of,
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)

# February of a leap year and of a common one, and all ends of months between.
ALL = [
    window("main", "2023-12-01", "2025-03-31"),
    rule("subsidy", "subsidy", {"amount": "700.00"}),
    standard("400.00"),
]


@pytest.fixture
def paid() -> PaymentDays:
    """The payment days of a programme that is paid over sixteen months."""
    compiled = book_of(bundle_of(nation(), programme(ALL))).programme(PROVINCE, "resident", 2026)
    assert compiled is not None
    return PaymentDays(compiled)


def test_a_span_of_days_reaches_as_far_back_as_it_has_days(paid: PaymentDays) -> None:
    """Of 4,321 days the first is the day of the event itself, or the day after."""
    counted_from_it = paid.first_reaching(("days", 4321, 1))
    counted_after_it = paid.first_reaching(("days", 4321, 0))
    for place, day in enumerate(paid.days):
        assert (day - date.fromordinal(counted_from_it.turns[place])).days == 4320
        assert (day - date.fromordinal(counted_after_it.turns[place])).days == 4321
    assert counted_from_it.held_up == frozenset()


@pytest.mark.parametrize(("unit", "months"), [("months", 37), ("years", 228)])
def test_a_span_of_months_ends_with_the_same_day_number_or_the_month(
    paid: PaymentDays, unit: str, months: int
) -> None:
    number = months if unit == "months" else months // 12
    found = paid.first_reaching((unit, number, 0))
    for place, day in enumerate(paid.days):
        begin = date.fromordinal(found.turns[place])
        assert add_months(begin, months) >= day
        assert add_months(begin - ONE_DAY, months) < day
    pairs = zip(found.turns, found.turns[1:], strict=False)
    moved = [after - before for before, after in pairs]
    assert {place for place, step in enumerate(moved, 1) if step != 1} == found.held_up
    assert found.held_up


@pytest.mark.parametrize("age", [0, 17, 83])
def test_who_has_not_reached_an_age_was_born_on_the_turn_or_later(
    paid: PaymentDays, age: int
) -> None:
    found = paid.first_younger(age)
    for place, day in enumerate(paid.days):
        first = date.fromordinal(found.turns[place])
        # Who is not born yet has no age; nobody born is younger than nought.
        younger = age and full_years(first, day) < age
        assert younger or (age == 0 and first > day)
        assert age == 0 or full_years(first - ONE_DAY, day) >= age


def test_nobody_is_older_than_the_calendar(paid: PaymentDays) -> None:
    assert set(paid.first_younger(3000).turns) == {date.min.toordinal()}
