"""Move every figure of a draft by one: what nothing notices, nothing pins.

Amounts, days, lengths, ages, shares and counts; never a text. Knows no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from medcounter.authoring.document.document_path import Json, leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.json_path import JsonPath

_AMOUNT = re.compile(r"\d+\.\d\d")
_SHARE = re.compile(r"[01]\.\d+")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR_DAY = re.compile(r"B(?P<offset>[+-]\d)?:(?P<day>\d\d-\d\d)")
# A common year: 29 February is written as the last of its month.
_COMMON_YEAR = 2025
# What stands in these is no figure of the rules, though it may look like one.
_NO_FIGURES = frozenset({"clause", "source", "id", "text", "label", "applies", "fails", "doubt"})


@dataclass(frozen=True, slots=True)
class FigureMove:
    """One figure of a draft, moved by one.

    Attributes:
        path: Where it stands.
        value: What it is then.
        up: Whether it was moved up.
    """

    path: JsonPath
    value: Json
    up: bool


def figure_moves(document: PlaceDocument) -> Iterator[FigureMove]:
    """Yield each figure of the programme that is written, moved up and down by one."""
    for path, value in leaves(document.own, document.base).items():
        if path[-1] in _NO_FIGURES:
            continue
        for up in (True, False):
            moved = moved_figure(value, 1 if up else -1)
            if moved is not None:
                yield FigureMove(path, moved, up)


def moved_figure(value: Json, by: int) -> Json:
    """Return a figure moved by so many units; None for what is no figure.

    Args:
        value: As written.
        by: Whole yuan, days, years, months or units of a share's last place.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value + by if value + by >= 0 else None
    if not isinstance(value, str):
        return None
    if _AMOUNT.fullmatch(value):
        amount = Decimal(value) + by
        return f"{amount:.2f}" if amount >= 0 else None
    if _SHARE.fullmatch(value):
        places = len(value.partition(".")[2])
        share = Decimal(value) + Decimal(by).scaleb(-places)
        return f"{share:.{places}f}" if 0 <= share < 1 else None
    if match := _FRACTION.fullmatch(value):
        below = int(match[2]) - by
        return f"{match[1]}/{below}" if below >= int(match[1]) else None
    return _moved_day(value, by)


def _moved_day(value: str, by: int) -> str | None:
    if _DAY.fullmatch(value):
        day = _day(value)
        return None if day is None else str(day + timedelta(days=by))
    match = _YEAR_DAY.fullmatch(value)
    if match is None:
        return None
    day = _day(f"{_COMMON_YEAR}-{match['day']}")
    if day is None:
        return None
    day += timedelta(days=by)
    offset = int(match["offset"] or 0) + day.year - _COMMON_YEAR
    year = f"B{offset:+d}" if offset else "B"
    return f"{year}:{day:%m-%d}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
