"""The number of a notice: year, desk, six digits."""

import pytest

from medcounter.notice.content.number import NumberNotWritableError, format_number


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ((2025, "03", 127), "2025-03-000127"),
        ((2025, "03", 1), "2025-03-000001"),
        ((2026, "99", 999_999), "2026-99-999999"),
    ],
)
def test_a_number_is_year_desk_and_six_digits(parts: tuple[int, str, int], number: str) -> None:
    assert format_number(*parts) == number


@pytest.mark.parametrize("desk", ["", "3", "003", "A1", "０３", "03\n", "-3"])
def test_a_desk_that_is_not_two_digits_is_refused(desk: str) -> None:
    with pytest.raises(NumberNotWritableError, match="不是两位数字"):
        format_number(2025, desk, 1)


@pytest.mark.parametrize("sequence", [0, -1, 1_000_000])
def test_a_place_outside_the_year_s_million_is_refused(sequence: int) -> None:
    with pytest.raises(NumberNotWritableError, match="流水号"):
        format_number(2025, "03", sequence)


@pytest.mark.parametrize("year", [1999, 10000])
def test_a_year_of_a_wrong_clock_is_refused(year: int) -> None:
    with pytest.raises(NumberNotWritableError, match="核对电脑的日期"):
        format_number(year, "03", 1)
