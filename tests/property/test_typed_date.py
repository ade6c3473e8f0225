"""Any text typed into a box gives a value or one Chinese sentence."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medcounter.dates import DateUnreadableError
from medcounter.identity.id_number import IdFault, IdNumber, mask, read_id
from medcounter.identity.names import read_name
from medcounter.typed.typed_date import read_typed_date, show_date

days = st.dates(date(1800, 1, 1), date(2100, 12, 31))
todays = st.dates(date(2020, 1, 1), date(2090, 12, 31))
near_dates = st.text("0123456789 -./年月日号今天去明.9!?", max_size=14)
near_numbers = st.text("0123456789Xx×X -!", max_size=22)
HAN = re.compile(r"[\u4e00-\u9fff]")


def is_one_chinese_sentence(text: str) -> bool:
    return bool(HAN.search(text)) and text.endswith("。") and "\n" not in text and len(text) < 150


def day_or_sentence(text: str, on: date) -> date | str:
    try:
        return read_typed_date(text, on)
    except DateUnreadableError as error:
        return error.text


@given(st.text() | near_dates, todays)
def test_any_text_is_a_date_or_a_sentence(text: str, on: date) -> None:
    read = day_or_sentence(text, on)
    if isinstance(read, str):
        assert is_one_chinese_sentence(read)
    else:
        assert 1800 <= read.year <= 2100


@given(days, todays)
def test_every_way_of_writing_a_day_reads_back_as_that_day(day: date, on: date) -> None:
    written = [
        f"{day:%Y%m%d}",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        show_date(day),
    ]
    assert [read_typed_date(text, on) for text in written] == [day] * len(written)


@given(todays)
def test_a_day_of_this_year_needs_no_year(day: date) -> None:
    on = date(day.year, 7, 1)
    assert read_typed_date(f"{day.month}月{day.day}日", on) == day
    assert read_typed_date(f"{day:%m%d}", on) == day


@given(st.text() | near_numbers)
def test_any_text_is_a_number_or_a_sentence_or_nothing(text: str) -> None:
    read = read_id(text)
    if isinstance(read, IdFault):
        assert is_one_chinese_sentence(read.text)
    if isinstance(read, IdNumber):
        assert all(is_one_chinese_sentence(note) for note in read.notes)


@given(st.text("0123456789X", min_size=1, max_size=40))
def test_a_masked_number_is_as_long_and_hides_at_least_a_third(number: str) -> None:
    masked = mask(number, date(2026, 11, 29))
    assert len(masked) == len(number)
    assert masked.count("*") * 3 >= len(number)


@given(st.text())
def test_a_read_name_reads_as_itself(text: str) -> None:
    name = read_name(text).text
    assert read_name(name).text == name
