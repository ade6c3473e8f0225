"""Parts of a fen become whole fen in one way, however they are written."""

from decimal import Decimal
from fractions import Fraction

import pytest

from medcounter.money import round_half_up


@pytest.mark.parametrize(
    ("part", "whole"),
    [("0", 0), ("0.49", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.49", 0), ("-0.5", -1)],
)
def test_a_half_goes_away_from_zero_as_decimal_and_as_fraction(part: str, whole: int) -> None:
    assert round_half_up(Decimal(part)) == whole
    assert round_half_up(Fraction(part)) == whole


def test_a_part_that_no_decimal_ends_for_is_exact() -> None:
    # 43000 × 3 ÷ 12 = 10750 fen; ÷ 100 a half.
    assert round_half_up(Fraction(1, 12) * 43000 * 3) == 10750
    assert round_half_up(Fraction(1, 12) * 43000 * 3 / 100) == 108
