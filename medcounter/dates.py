"""Calendar arithmetic as rules count, and dates as ISO text.

Never reads a clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

from medcounter.errors import MedCounterError

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORTEST_MONTH = 28
ONE_DAY = timedelta(days=1)


class DateUnreadableError(MedCounterError):
    """日期写法不对或没有这一天，应写成 2025-03-05 这样的年-月-日。"""


def read_iso(text: str) -> date:
    """Read ``YYYY-MM-DD`` strictly.

    Raises:
        DateUnreadableError: Another form, or a day that does not exist.
    """
    if not _ISO.fullmatch(text):
        raise DateUnreadableError(f"日期“{text}”写法不对，应写成 2025-03-05 这样的年-月-日。")
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise DateUnreadableError(f"没有“{text}”这一天，请核对后重填。") from err


def add_months(start: date, months: int) -> date:
    """Go on by calendar months; a day number too high is clamped.

    2025-11-30 plus 3 months is 2026-02-28.
    Source: bundle source ``national-default``: clamped at month ends.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, day = start.year + years, start.day
    if day > _SHORTEST_MONTH:
        day = min(day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def add_years(start: date, years: int) -> date:
    """Go on by calendar years; 29 February is clamped to the 28th."""
    return add_months(start, 12 * years)


# Nobody is known to have lived longer by much; a greater age is a slip until somebody looked.
OLDEST_USUAL = 120


def full_years(birth: date, on: date) -> int:
    """Count the birthdays reached on a day, that day included."""
    if on < birth:
        return relativedelta(on, birth).years
    # Asked of every rule for an age, and a difference of dates costs ten times as much and more.
    years = on.year - birth.year
    return years - (add_years(birth, years) > on)


def month_end(day: date) -> date:
    """Name the last day of the month a day lies in."""
    return day + relativedelta(day=31)


@cache
def year_start(year: int) -> date:
    """Name 1 January of a year."""
    return date(year, 1, 1)


@cache
def year_end(year: int) -> date:
    """Name 31 December of a year."""
    return date(year, 12, 31)
