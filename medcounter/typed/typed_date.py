"""Parse a date the way clerks type it, relative to a given day.

Returns a day or one Chinese sentence; never reads a clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from medcounter.dates import DateUnreadableError
from medcounter.typed.typed_text import plain, quote

FIRST_YEAR = 1800
LAST_YEAR = 2100
# Of two digits: 26 typed in 2026 is 2026, 31 is 2031, 32 is 1932.
_YEARS_AHEAD = 5
_DAYS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_WEEKDAYS = "一二三四五六日"
_LAST_MONTH = 12
_PACKED = re.compile(r"(?P<year>[0-9]{4}|[0-9]{2})?(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_PARTED = re.compile(
    r"(?:(?P<year>[0-9]{4}|[0-9]{2})\s*[-./年\s]\s*)?"
    r"(?P<month>[0-9]{1,2})\s*[-./月\s]\s*(?P<day>[0-9]{1,2})\s*[日号]?"
)
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
# NFKC has made full-width signs plain; these stay as they are.
_DASHES = str.maketrans(
    dict.fromkeys("~,\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u3001\u3002", "-")
)


def read_typed_date(text: str, on: date) -> date:
    """Read a typed date.

    Takes ``20260901``, ``260901``, ``0901``, ``2026-9-1``, ``26.9.1``,
    ``9/1``, ``2026年9月1日``, ``9月1号``, ``去年9月1日``, ``今天``, in any width
    and with the weekday behind it. A date without a year lies in the year of
    ``on``; two digits name a year up to five years ahead, else behind.

    Raises:
        DateUnreadableError: It is no date, no day of the calendar, or outside
            1800 to 2100.
    """
    folded = _WEEKDAY.sub("", plain(text).translate(_DASHES))
    if not folded:
        raise DateUnreadableError("日期没有填，可写成 20260901、9月1日 或 今天。")
    if folded in _DAYS:
        return on + timedelta(days=_DAYS[folded])
    year = None
    if folded[:2] in _YEARS:
        year = on.year + _YEARS[folded[:2]]
        folded = folded[2:].strip()
    match = _PACKED.fullmatch(folded) or _PARTED.fullmatch(folded)
    if match is None or (year is not None and match["year"]):
        raise DateUnreadableError(
            f"日期{quote(text)}没有读懂，可写成 20260901、2026-9-1、9月1日 或 今天。"
        )
    if year is None:
        year = _year(match["year"], on)
    return _day(year, int(match["month"]), int(match["day"]))


def show_date(day: date) -> str:
    """Write a day for reading back: ``2025年3月5日 星期三``."""
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def _year(digits: str | None, on: date) -> int:
    if digits is None:
        return on.year
    if len(digits) > 2:  # noqa: PLR2004 - two digits leave the century open
        return int(digits)
    latest = on.year + _YEARS_AHEAD
    return latest - (latest - int(digits)) % 100


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateUnreadableError(
            f"年份 {year} 不在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，请核对后重填。"
        )
    if not 1 <= month <= _LAST_MONTH:
        raise DateUnreadableError(f"没有 {month} 月，月份应为 1 至 12，请核对后重填。")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise DateUnreadableError(
            f"{year}年{month}月没有 {day} 日，该月为 1 日至 {last} 日，请核对后重填。"
        )
    return date(year, month, day)
