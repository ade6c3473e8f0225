"""The insured years that a number of unpaid years stands for."""

from datetime import date

import pytest

from medcounter.assess.insured_years import insured_before


@pytest.mark.parametrize(
    ("unpaid", "years"),
    [
        (0, (2020, 2021, 2022, 2023, 2024, 2025)),
        (1, (2020, 2021, 2022, 2023, 2024)),
        (5, (2020,)),
        (9, (2016,)),
    ],
)
def test_the_last_years_are_left_out_and_one_before_them_is_insured(
    unpaid: int, years: tuple[int, ...]
) -> None:
    assert years == insured_before(2026, unpaid, None)


def test_no_year_up_to_the_birth_year_was_insured() -> None:
    assert insured_before(2026, 0, date(2023, 12, 31)) == (2024, 2025)


def test_a_gap_longer_than_the_life_leaves_no_insured_year() -> None:
    assert insured_before(2026, 4, date(2023, 1, 1)) == ()
