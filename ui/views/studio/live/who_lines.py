"""Break the name of a resident into few lines, so that the payment day is whole.

Measures texts and shortens the name where it must; never a day or a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_GAP, _CLOSING = "…", "，。；：、）”？！"


def who_lines(
    who: str, day: str, room: int, most: int, width: Callable[[str], int]
) -> tuple[str, ...]:
    """Return the lines that name a resident and end with the payment day.

    Args:
        who: The resident.
        day: What follows and stays whole.
        room: Pixels a line may take.
        most: How many lines there may be, at least one.
        width: Pixels that a text takes.

    Returns:
        One to ``most`` lines; where the name is too long, its middle is left out.
    """
    lines: list[str] = []
    rest = who
    while width(rest + day) > room and len(lines) + 1 < most:
        end = _break(rest, room, width)
        lines.append(rest[:end])
        rest = rest[end:]
    if width(_GAP + day) > room:
        # Hardly any room: the day has a line of its own.
        return (*lines, day.lstrip(_CLOSING))
    if width(rest + day) > room:
        kept = len(rest) - 1
        while kept > 0 and width(f"{_GAP}{rest[-kept:]}{day}") > room:
            kept -= 1
        # Half a number would be read as another one: 44 as 4.
        while (
            0 < kept < len(rest) and _is_of_number(rest[-kept]) and _is_of_number(rest[-kept - 1])
        ):
            kept -= 1
        rest = _GAP + (rest[-kept:] if kept else "")
    return (*lines, rest + day if rest else day.lstrip(_CLOSING))


def _break(text: str, room: int, width: Callable[[str], int]) -> int:
    """Return where a line ends: as late as fits, never within a number or a day."""
    end = len(text)
    while end > 1 and width(text[:end]) > room:
        end -= 1
    back = end
    while 0 < back < len(text) and _is_of_number(text[back - 1]) and _is_of_number(text[back]):
        back -= 1
    while 0 < back < len(text) and text[back] in _CLOSING:
        back -= 1
    return back or end


def _is_of_number(sign: str) -> bool:
    return sign.isascii() and (sign.isdigit() or sign == "-")
