"""Calendar arithmetic of our own, for speed, against dateutil's."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from medcounter.dates import add_months, add_years, full_years

# Leap days, the days around them, month ends, and years that are no leap years by rule.
FEBRUARY = [date(year, 2, 26) for year in (1899, 1900, 2000, 2023, 2024)]
BIRTHS = [
    *(day + timedelta(step) for day in FEBRUARY for step in range(6)),
    *(date(1990, month, 1) - timedelta(1) for month in range(1, 13)),
]


@pytest.mark.parametrize("birth", BIRTHS, ids=str)
def test_birthdays_are_reached_on_the_days_dateutil_names(birth: date) -> None:
    days = (birth + timedelta(step) for step in (*range(-800, 2000), *range(20_000, 23_000)))
    assert [day for day in days if full_years(birth, day) != relativedelta(day, birth).years] == []


@pytest.mark.parametrize("start", BIRTHS, ids=str)
def test_months_and_years_end_where_dateutil_clamps_them(start: date) -> None:
    for months in range(-100, 400):
        assert add_months(start, months) == start + relativedelta(months=months)
        assert add_years(start, months) == start + relativedelta(years=months)
