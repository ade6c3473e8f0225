"""The manners of the date box."""

from datetime import date

import pytest

from medcounter.dates import DateUnreadableError
from medcounter.typed.typed_date import read_typed_date, show_date

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20260901", date(2026, 9, 1)),
        ("260901", date(2026, 9, 1)),
        ("0901", date(2026, 9, 1)),
        ("2026-9-1", date(2026, 9, 1)),
        ("2026-09-01", date(2026, 9, 1)),
        ("26.9.1", date(2026, 9, 1)),
        ("2026/9/1", date(2026, 9, 1)),
        ("2026 9 1", date(2026, 9, 1)),
        ("2026。9。1", date(2026, 9, 1)),
        ("2026—9—1", date(2026, 9, 1)),
        ("9-1", date(2026, 9, 1)),
        ("9月1日", date(2026, 9, 1)),
        ("9月1号", date(2026, 9, 1)),
        ("2026年9月1日", date(2026, 9, 1)),
        ("26年 9月 1日", date(2026, 9, 1)),
        ("２０２６０９０１", date(2026, 9, 1)),
        ("２０２６－９－１", date(2026, 9, 1)),
        ("２０２６／９／１", date(2026, 9, 1)),
        (" 2026-9-1\n", date(2026, 9, 1)),
        ("今天", date(2026, 11, 21)),
        ("今日", date(2026, 11, 21)),
        ("昨天", date(2026, 11, 20)),
        ("前天", date(2026, 11, 19)),
        ("明天", date(2026, 11, 22)),
        ("后天", date(2026, 11, 23)),
        ("去年9月1日", date(2025, 9, 1)),
        ("明年 1-5", date(2027, 1, 5)),
        ("2026年9月1日 星期二", date(2026, 9, 1)),
        ("2026-9-1（周二）", date(2026, 9, 1)),
        ("2024-2-29", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_the_way_clerks_type_it(typed: str, day: date) -> None:
    assert read_typed_date(typed, ON) == day


@pytest.mark.parametrize(
    ("typed", "year"), [("26-1-1", 2026), ("31-1-1", 2031), ("32-1-1", 1932), ("99-1-1", 1999)]
)
def test_two_digits_name_a_year_at_most_five_years_ahead(typed: str, year: int) -> None:
    assert read_typed_date(typed, ON).year == year


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "没有填"),
        ("  ", "没有填"),
        ("2025-02-30", "2025年2月没有 30 日，该月为 1 日至 28 日"),
        ("0229", "2026年2月没有 29 日"),
        ("2025-13-1", "没有 13 月"),
        ("2025-0-1", "没有 0 月"),
        ("9月0日", "没有 0 日"),
        ("1799-1-1", "年份 1799 不在"),
        ("2101-1-1", "年份 2101 不在"),
        ("0000-1-1", "年份 0 不在"),
        ("202613", "没有 26 月"),
        ("9", "没有读懂"),
        ("20260901001", "没有读懂"),
        ("明天见", "没有读懂"),
        ("去年2025-9-1", "没有读懂"),
        ("2026-9-1-1", "没有读懂"),
        ("١/٢", "没有读懂"),
        ("-1-1", "没有读懂"),
    ],
)
def test_what_is_no_date_is_said_in_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(DateUnreadableError) as caught:
        read_typed_date(typed, ON)
    assert sentence in caught.value.text


def test_a_long_text_is_quoted_short() -> None:
    with pytest.raises(DateUnreadableError) as caught:
        read_typed_date("九月一日\n" * 1000, ON)
    assert len(caught.value.text) < 90
    assert "\n" not in caught.value.text


def test_a_day_is_shown_with_its_weekday() -> None:
    assert show_date(date(2025, 3, 5)) == "2025年3月5日 星期三"
    assert show_date(date(2025, 3, 9)) == "2025年3月9日 星期日"
