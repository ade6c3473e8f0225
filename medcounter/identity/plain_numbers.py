"""Recognise whole, right ID numbers fast, by the three parts that many share.

Gives what ``read_id`` does for a number of 18 digits that needs no note, and
nothing for any other text: those are for ``read_id``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from medcounter.identity.areas import PROVINCES
from medcounter.identity.id_number import FIRST_BIRTH_YEAR, FULL_LENGTH, PERMITS

# GB 11643: what each of the first 17 digits counts, modulo 11.
_WEIGHTS = tuple(pow(2, FULL_LENGTH - 1 - place, 11) for place in range(FULL_LENGTH))
_CHECKED, _MODULUS = 1, 11
_AREA, _BIRTH = 6, 14
_CROSS = "X"
# Stands for a text of another length, and is no number either.
_NO_NUMBER = "-" * FULL_LENGTH
# Every area, day and ending that a list may hold; others beyond begin anew.
_MOST_KEPT = 100_000
# What no sum with it equals.
_NONE = float("nan")

Part = TypeVar("Part")


class PlainNumbers:
    """Tells the birth date of plain numbers."""

    def __init__(self) -> None:
        """Begin with no part known."""
        self._areas = _Parts(_area)
        self._births = _Parts(_birth)
        self._ends = _Parts(_end)

    def born(self, number: str) -> date | None:
        """Tell the birth date of a plain number; None for any other text.

        Args:
            number: Capital X; nothing around it.
        """
        if len(number) != FULL_LENGTH:
            return None
        total, born = self._births[number[_AREA:_BIRTH]]
        total += self._areas[number[:_AREA]] + self._ends[number[_BIRTH:]]
        return born if total % _MODULUS == _CHECKED else None

    def all_born(self, numbers: Sequence[str]) -> list[date | None]:
        """Tell the birth dates of many numbers, each as ``born`` does."""
        whole = [number if len(number) == FULL_LENGTH else _NO_NUMBER for number in numbers]
        births = map(self._births.__getitem__, [number[_AREA:_BIRTH] for number in whole])
        areas = map(self._areas.__getitem__, [number[:_AREA] for number in whole])
        ends = map(self._ends.__getitem__, [number[_BIRTH:] for number in whole])
        return [
            born if (total + area + end) % _MODULUS == _CHECKED else None
            for (total, born), area, end in zip(births, areas, ends, strict=True)
        ]


class _Parts(dict[str, Part]):
    """What parts of numbers mean, each worked out once."""

    def __init__(self, read: Callable[[str], Part]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, part: str) -> Part:
        """Override dict.__missing__: read a new part."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[part] = self._read(part)
        return found


def _sum(digits: str, place: int) -> float:
    """Add up weighted digits; nan where one is none, which makes no number right."""
    if not (digits.isascii() and digits.isdecimal()):
        return _NONE
    return sum(int(digit) * _WEIGHTS[at] for at, digit in enumerate(digits, place))


def _area(area: str) -> float:
    """Add up an area whose numbers need no note."""
    usual = area[:2] in PROVINCES and area[:2] not in PERMITS
    return _sum(area, 0) if usual else _NONE


def _birth(digits: str) -> tuple[float, date | None]:
    total = _sum(digits, _AREA)
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return _NONE, None
    return (total, born) if born.year >= FIRST_BIRTH_YEAR else (_NONE, None)


def _end(end: str) -> float:
    check = 10 if end[-1] == _CROSS else _sum(end[-1], FULL_LENGTH - 1)
    return _sum(end[:-1], _BIRTH) + check
