"""The values a rule is written with: what is read, what is refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from medcounter.rules import values
from medcounter.rules.values import Span, resolve_day


def read(kind: Any, value: object) -> Any:  # noqa: ANN401 -- whatever the kind reads
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("written", "fen"), [("400.00", 40000), ("0.00", 0), ("0.05", 5), ("6052.32", 605232)]
)
def test_money_is_read_as_whole_fen(written: str, fen: int) -> None:
    assert read(values.Money, written) == fen


@pytest.mark.parametrize(
    "written", ["400", "400.0", "400.000", "4e2", "-1.00", " 1.00", 400, 1.5, None]
)
def test_money_written_in_any_other_way_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="金额"):
        read(values.Money, written)


@pytest.mark.parametrize("kind", [values.Day, values.YearDay])
@pytest.mark.parametrize("written", ["2025-02-29", "2025-13-01", "2025-3-5", "20250305", 20250305])
def test_a_day_that_does_not_exist_is_refused(kind: object, written: object) -> None:
    with pytest.raises(ValidationError, match="2025"):
        read(kind, written)


@pytest.mark.parametrize(
    ("written", "year", "day"),
    [
        ("2025-03-05", 2030, date(2025, 3, 5)),
        ("2024-02-29", 2030, date(2024, 2, 29)),
        ("B:12-31", 2026, date(2026, 12, 31)),
        ("B-1:10-15", 2026, date(2025, 10, 15)),
        ("B+1:02-28", 2026, date(2027, 2, 28)),
    ],
)
def test_a_day_may_be_told_from_the_benefit_year(written: str, year: int, day: date) -> None:
    assert resolve_day(read(values.YearDay, written), year) == day


@pytest.mark.parametrize(
    "written", ["B:02-29", "B:04-31", "B12-31", "B-12:01-01", "b:01-01", "12-31", 1]
)
def test_a_day_that_some_year_lacks_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="日期"):
        read(values.YearDay, written)


@pytest.mark.parametrize("written", ["0", "1", "0.045", "0.000001"])
def test_a_share_is_exact(written: str) -> None:
    assert read(values.Share, written) == Decimal(written)


@pytest.mark.parametrize("written", ["1.1", "-0.1", "50%", "0.0000001", ".5", 0.5, 1, None])
def test_a_share_beyond_nought_and_one_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="比例"):
        read(values.Share, written)


@pytest.mark.parametrize(
    ("written", "rate"),
    [("1/12", Fraction(1, 12)), ("5/12", Fraction(5, 12)), ("2/24", Fraction(1, 12))],
)
def test_a_rate_may_be_a_fraction_that_no_decimal_ends_for(written: str, rate: Fraction) -> None:
    assert read(values.Rate, written) == rate
    assert read(values.Rate, "0.045") == Decimal("0.045")


@pytest.mark.parametrize(
    ("written", "why"),
    [("13/12", "大于 1"), ("1/0", "六位"), ("0.0833333", "1/12"), ("12%", "比例"), (0.5, "比例")],
)
def test_a_rate_that_is_no_share_is_refused_and_says_how_a_twelfth_is_written(
    written: object, why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        read(values.Rate, written)


@pytest.mark.parametrize(
    ("span", "label"),
    [({"days": 90}, "90 天"), ({"months": 3}, "3 个月"), ({"years": 1}, "1 年")],
)
def test_a_span_says_itself(span: dict[str, int], label: str) -> None:
    assert Span(**span).label == label


@pytest.mark.parametrize("code", ["low-income", "4.5", "a", "city-2025.1"])
def test_a_code_is_lower_case_with_hyphens(code: str) -> None:
    assert read(values.Code, code) == code


@pytest.mark.parametrize("code", ["", "Low", "low_income", "-a", "a-", "低保", "a" * 61, 4])
def test_any_other_code_is_refused(code: object) -> None:
    with pytest.raises(ValidationError):
        read(values.Code, code)


@pytest.mark.parametrize("number", [True, 1.0, "1", -1, 10000])
def test_a_whole_number_is_neither_text_nor_truth_nor_below_nought(number: object) -> None:
    with pytest.raises(ValidationError):
        read(values.Whole, number)
