"""Days as authors of rules type them: with a year, with 上年 or 次年, or without.

An announcement for benefit year 2026 speaks of "9 月 1 日 to 2 月底" and means 2025 and
2026: a day without a year is placed by what it is a day of. Reads no clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from medcounter.authoring.form.reading.refusals import DayFarAwayError, DayNotReadError
from medcounter.rules.values import resolve_day
from medcounter.typed.typed_text import plain

# In a season that spans New Year the later months are those of the year before.
_FIRST_MONTH_OF_SEASON = 7
_FEBRUARY = 2
_LEAP_DAY = 29
_MOST_YEARS_AWAY = 3
_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TEN = "十"
# The longer of two that begin alike stands first.
_WORDS = {
    "上一年度": -1,
    "上一年": -1,
    "上年度": -1,
    "上年": -1,
    "前一年度": -1,
    "前一年": -1,
    "次年度": 1,
    "次年": 1,
    "下一年度": 1,
    "下一年": 1,
    "下年度": 1,
    "下年": 1,
    "后一年度": 1,
    "后一年": 1,
    "当年度": 0,
    "当年": 0,
    "本年度": 0,
    "本年": 0,
    "待遇年度": 0,
    "前年": -2,
    "后年": 2,
}
_DASHES = str.maketrans(
    dict.fromkeys("~,\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212、。", "-")
)
_YEAR = r"(?P<year>\d{4})"
_SEPARATED = re.compile(rf"(?:{_YEAR}[-./年])?(?P<month>\d{{1,2}})[-./月](?P<day>\d{{1,2}})[日号]?")
_PACKED = re.compile(rf"{_YEAR}?(?P<month>\d{{2}})(?P<day>\d{{2}})")
_MONTH_END = re.compile(rf"(?:{_YEAR}年)?(?P<month>\d{{1,2}})月(?:底|末|最后[一1][天日])")
_YEAR_END = re.compile(rf"(?:{_YEAR}年)?年?底")
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class DaySense:
    """How a day without a year is understood.

    Attributes:
        year: First benefit year of the rules; 0 where a day must say its year.
        lasting: Whether the rules hold for more than one year, so that days hang
            on the benefit year.
        not_before: The day it ends a stretch from, if one is known.
        own_year: Whether it lies in the benefit year whatever its month: a day
            of a period after the season.
    """

    year: int
    lasting: bool = False
    not_before: date | None = None
    own_year: bool = False


class _Typed(NamedTuple):
    """A day as typed: its year or offset where one is said, its month and day.

    ``day`` is None for the last of the month.
    """

    year: int | None
    offset: int | None
    month: int
    day: int | None


def read_year_day(label: str, text: str, sense: DaySense) -> str:
    """Read a day of a rule.

    Args:
        label: Of the field, for the sentence of a refusal.
        text: What was typed.
        sense: What it is a day of.

    Returns:
        An ISO date; ``B-1:09-01`` where it was said by 上年 or 次年, where the
        rules hold for several years, or for the last of February.

    Raises:
        DayNotReadError: It is no day.
        DayFarAwayError: Its year is too far from the benefit year.
    """
    typed = _typed(label, text)
    _refuse_placeless(label, text, typed, sense)
    offset = typed.offset
    if offset is None and typed.year is None:
        offset = _placed(label, text, typed, sense)
    year = typed.year if typed.year is not None else sense.year + (offset or 0)
    if abs(year - sense.year) > _MOST_YEARS_AWAY:
        raise DayFarAwayError(label, text, f"离 {sense.year} 年度太远，没有改动；请核对年份")
    hangs = typed.year is None and (typed.offset is not None or sense.lasting)
    if hangs or _is_february_end(typed):
        return _relative(label, text, year - sense.year, typed)
    return _date_of(label, text, typed, year).isoformat()


def read_day(label: str, text: str, sense: DaySense) -> str:
    """Read a day of a calendar: a birth, a publication, a payment of an example.

    Raises:
        DayNotReadError: It is no day.
    """
    typed = _typed(label, text)
    if typed.year is not None:
        return _date_of(label, text, typed, typed.year).isoformat()
    _refuse_placeless(label, text, typed, sense)
    offset = typed.offset
    if offset is None:
        offset = _placed(label, text, typed, sense)
    return _date_of(label, text, typed, sense.year + offset).isoformat()


def _refuse_placeless(label: str, text: str, typed: _Typed, sense: DaySense) -> None:
    """Refuse a day without a year where nothing says which year is meant.

    Raises:
        DayNotReadError: It is one.
    """
    if typed.year is None and not sense.year:
        raise DayNotReadError(label, text, "没有写年份，没有改动；请连年份一起写，如 2026-09-01")


def _typed(label: str, text: str) -> _Typed:
    """Split a typed day into year, month and day.

    Raises:
        DayNotReadError: It says no month and day.
    """
    folded = re.sub(r"\s+", "", plain(text))
    offset = None
    for word, by in _WORDS.items():
        if folded.startswith(word):
            offset, folded = by, folded.removeprefix(word).lstrip("的")
            break
    digits = _in_digits(folded).translate(_DASHES)
    end = _MONTH_END.fullmatch(digits)
    match = end or _SEPARATED.fullmatch(digits) or _PACKED.fullmatch(digits)
    if match is None and (whole := _YEAR_END.fullmatch(digits)):
        year = whole["year"]
        return _checked(label, text, _Typed(int(year) if year else None, offset, _DECEMBER, None))
    if match is None or (offset is not None and match["year"]):
        raise DayNotReadError(label, text)
    year = int(match["year"]) if match["year"] else None
    day = None if end else int(match["day"])
    return _checked(label, text, _Typed(year, offset, int(match["month"]), day))


def _checked(label: str, text: str, typed: _Typed) -> _Typed:
    """Refuse a month or day that no year has.

    Raises:
        DayNotReadError: There is none.
    """
    leap = 2028
    if not 1 <= typed.month <= _DECEMBER:
        raise DayNotReadError(label, text)
    if typed.day is not None and not 1 <= typed.day <= monthrange(leap, typed.month)[1]:
        raise DayNotReadError(label, text)
    return typed


def _in_digits(text: str) -> str:
    """Turn numerals up to 31 into digits: 九月八日, 十二月三十一日."""

    def number(match: re.Match[str]) -> str:
        numeral = match[0]
        if _TEN not in numeral:
            return "".join(str(_NUMERALS[one]) for one in numeral)
        tens, _, ones = numeral.partition(_TEN)
        return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))

    return re.sub(
        r"[〇零一二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二三四五六七八九]+", number, text
    )


def _placed(label: str, text: str, typed: _Typed, sense: DaySense) -> int:
    """Find the year of a day without one, as an offset from the benefit year."""
    if sense.not_before is not None:
        for offset in (-1, 0, 1):
            year = sense.year + offset
            if not _lies_in(typed, year):
                continue
            if _date_of(label, text, typed, year) >= sense.not_before:
                return offset
    if sense.own_year:
        return 0
    return -1 if typed.month >= _FIRST_MONTH_OF_SEASON else 0


def _lies_in(typed: _Typed, year: int) -> bool:
    return typed.day is None or typed.day <= monthrange(year, typed.month)[1]


def _is_february_end(typed: _Typed) -> bool:
    return typed.month == _FEBRUARY and typed.day is None


def _relative(label: str, text: str, offset: int, typed: _Typed) -> str:
    """Write a day that hangs on the benefit year.

    Raises:
        DayNotReadError: Not every year has it.
    """
    if typed.month == _FEBRUARY and typed.day == _LEAP_DAY:
        advice = "不是每年都有这一天，没有改动；二月的最后一天请写“2月底”"
        raise DayNotReadError(label, text, advice)
    sign = "" if offset == 0 else f"{offset:+d}"
    day = "last" if typed.day is None else f"{typed.day:02d}"
    return f"B{sign}:{typed.month:02d}-{day}"


def _date_of(label: str, text: str, typed: _Typed, year: int) -> date:
    last = monthrange(year, typed.month)[1]
    if not _lies_in(typed, year):
        raise DayNotReadError(label, text, f"没有这一天（{year} 年 2 月只有 {last} 天），没有改动")
    return date(year, typed.month, typed.day or last)


def resolved(text: object, year: int) -> date | None:
    """Turn a day as written into a date; None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        return resolve_day(text, year)
    except ValueError:
        return None
