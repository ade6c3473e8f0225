"""Write a new value the way the old one was written.

``10 月 15 日`` becomes ``10 月 8 日``, ``2025-10-15`` becomes ``2026-10-08``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from medcounter.authoring.rolling.roll_records import ValueForm
from medcounter.authoring.rolling.said_figures import TEN_THOUSANDS, TO_CHINESE, said_fen
from medcounter.dates import add_years, read_iso
from medcounter.money import read_yuan, show_yuan
from medcounter.wording.terms import YEARS

_NUMBER = re.compile(r"\d+")
_TWO = "二"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def later_value(value: str, years: int) -> str:
    """Return a day or year so many years later; 29 February becomes the 28th.

    Args:
        value: ISO day, or a year.
        years: How many.
    """
    if _ISO_DAY.fullmatch(value):
        return add_years(read_iso(value), years).isoformat()
    return str(int(value) + years)


def written_like(form: ValueForm, old: str, value: str, days: int = 0) -> str:
    """Write a value in the form of the one that stood there.

    Args:
        form: How the old one is written.
        old: The old one.
        value: The new one: ISO day, year, or yuan with two places.
        days: How many days after the value the written day lies.
    """
    if form in {ValueForm.AMOUNT, ValueForm.SAID_AMOUNT}:
        return _amount_like(form, old, read_yuan(value))
    if not _ISO_DAY.fullmatch(value):
        return _digits_like(old, value)
    return _day_like(form, old, read_iso(value) + timedelta(days=days))


def _amount_like(form: ValueForm, old: str, fen: int) -> str:
    whole = show_yuan(fen)
    if old.endswith(TEN_THOUSANDS):
        number = f"{Decimal(fen) / said_fen(f'1{TEN_THOUSANDS}'):f}"
        return number + old[len(old.rstrip(f" {TEN_THOUSANDS}")) :]
    without_cents = form is ValueForm.SAID_AMOUNT and "." not in old
    return whole.removesuffix(".00") if without_cents else whole


def _digits_like(old: str, value: str) -> str:
    return value.translate(TO_CHINESE) if old[0] == _TWO else value


def _day_like(form: ValueForm, old: str, day: date) -> str:
    if form is ValueForm.ISO_DAY:
        return day.isoformat()
    if form in {ValueForm.YEAR, ValueForm.SAID_YEAR}:
        return _digits_like(old, str(day.year))
    if form is ValueForm.SAID_MONTHS:
        return _months_like(old, day)
    numbers = [day.year, day.month, day.day]
    return _numbers_in(old, numbers[1:] if form is ValueForm.SAID_MONTH_DAY else numbers)


def _months_like(old: str, day: date) -> str:
    """Write the months from the first one named to that of a day."""
    numbers = [int(one) for one in _NUMBER.findall(old)]
    first = numbers[1]
    if len(numbers) > 2 and first < day.month:  # noqa: PLR2004 -- year, first month, last month
        return _numbers_in(old, [day.year, first, day.month])
    year = old[: old.index(YEARS) + 1]
    return f"{_NUMBER.sub(str(day.year), year)} {day.month} 月"


def _numbers_in(old: str, numbers: list[int]) -> str:
    """Put other numbers in place of those of a text, zeros before them as there."""
    left = iter(numbers)
    padded = "-" in old
    return _NUMBER.sub(
        lambda match: str(next(left)).zfill(len(match[0]) if padded or match[0][0] == "0" else 1),
        old,
    )
