"""Choose the mask of a QR symbol, as ISO/IEC 18004 asks, in whole numbers.

A symbol is drawn with the one of eight masks under which it has the fewest
long runs, blocks and false corner marks (7.8.3). Its lines stand behind each
other as the bits of one number, so that all of them are looked at together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from segno import QRCode

Dots = tuple[tuple[bool, ...], ...]
_Line = bytes | bytearray

# Light dots behind each line, as many as a false corner mark may count on at an edge.
_APART = 4
_LIGHT = b"0" * _APART
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_ALIKE_IN_A_RUN = 4
_CORNER_MARK = (1, 0, 1, 1, 1, 0, 1)
# Where two corner marks may overlap: only one of the two counts.
_OVERLAPS = (4, 6)
_RUN_POINTS, _BLOCK_POINTS, _MARK_POINTS, _SHARE_POINTS = 2, 3, 40, 10
# The line of timing dots, the line that tells the mask, and where the version is told.
_TIMING, _FORMAT, _VERSION_FROM, _VERSION_TOLD = 6, 8, 11, 45
_MASKS = 8


@dataclass(frozen=True, slots=True)
class _Masked:
    """What a mask is to symbols of one size.

    Attributes:
        lines: The dots it turns in a symbol of the first mask.
        columns: The same, column by column.
        told: The dots that tell the mask.
    """

    lines: int
    columns: int
    told: int


def best_masked(encode: Callable[[int], QRCode]) -> Dots:
    """Give the dots of a text, True for dark, under the mask that suits it best.

    Args:
        encode: Encodes the text with a mask, by its number.
    """
    symbol = encode(0)
    side = len(symbol.matrix)
    masks = _masks(int(symbol.version), str(symbol.error))
    # What tells the mask counts as light until it is chosen.
    data = ~_telling(side)
    lines, columns = _number(symbol.matrix) & data, _number(_turned(symbol.matrix)) & data
    points = [_points(lines ^ mask.lines, columns ^ mask.columns, side) for mask in masks]
    best = masks[points.index(min(points))]
    return _dots(lines ^ best.lines | best.told, side)


@cache
def _masks(version: int, error: str) -> tuple[_Masked, ...]:
    """Find what each mask does: any text tells it, under every mask."""
    import segno  # noqa: PLC0415 - slow to import, needed only when something is drawn

    matrices = [
        segno.make_qr("0", version=version, error=error, mask=mask, boost_error=False).matrix
        for mask in range(_MASKS)
    ]
    telling = _telling(len(matrices[0]))
    lines = [_number(each) for each in matrices]
    columns = [_number(_turned(each)) for each in matrices]
    return tuple(
        _Masked((line ^ lines[0]) & ~telling, (column ^ columns[0]) & ~telling, line & telling)
        for line, column in zip(lines, columns, strict=True)
    )


@cache
def _telling(side: int) -> int:
    """Give the dots that tell mask and version, by line and by column alike."""
    return _number(bytes(_tells(i, j, side) for j in range(side)) for i in range(side))


def _tells(line: int, place: int, side: int) -> bool:
    """Return whether a dot tells the mask or, in a large symbol, the version."""
    low, high = sorted((line, place))
    if low < _TIMING and side - _VERSION_FROM <= high < side - _FORMAT:
        return side >= _VERSION_TOLD
    crossed, other = (place, line) if line == _FORMAT else (line, place)
    return other == _FORMAT and crossed != _TIMING and not _FORMAT < crossed < side - _FORMAT


def _points(lines: int, columns: int, side: int) -> int:
    """Count what makes a symbol hard to read."""
    share = abs(100 * lines.bit_count() / side**2 - 50) / 5
    along = _run_points(lines, side) + _run_points(columns, side)
    marks = _marks(lines) + _marks(columns)
    blocks = _blocks(lines, side)
    return along + _BLOCK_POINTS * blocks + _MARK_POINTS * marks + _SHARE_POINTS * int(share)


def _alike(lines: int, side: int) -> int:
    """Give the dots that are as the one behind them in their line."""
    return ~(lines ^ lines >> 1) & _pairs(side)


@cache
def _pairs(side: int) -> int:
    """Give all dots but the last of each line."""
    return _number([bytes([1] * (side - 1) + [0])] * side) >> 1


def _run_points(lines: int, side: int) -> int:
    long = alike = _alike(lines, side)
    for step in range(1, _ALIKE_IN_A_RUN):
        long &= alike >> step
    # One for each dot from the fifth on, and two for each run.
    return long.bit_count() + _RUN_POINTS * (long & ~(long << 1)).bit_count()


def _blocks(lines: int, side: int) -> int:
    stride = side + _APART
    alike = _alike(lines, side)
    upper = alike >> stride
    same_above = ~(lines ^ lines >> stride)
    return (alike & upper & same_above).bit_count()


def _marks(lines: int) -> int:
    """Count what looks like a corner mark with four light dots on one side."""
    found = -1
    for step, dark in enumerate(_CORNER_MARK):
        shifted = lines >> step
        found &= shifted if dark else ~shifted
    light_before = light_after = -1
    for step in range(1, _APART + 1):
        light_before &= ~(lines >> (len(_CORNER_MARK) - 1 + step))
        light_after &= ~(lines << step)
    found &= light_before | light_after
    twice = sum((found & found >> step).bit_count() for step in _OVERLAPS)
    return found.bit_count() - twice


def _turned(lines: Iterable[_Line]) -> list[bytes]:
    return [*map(bytes, zip(*lines, strict=True))]


def _number(lines: Iterable[_Line]) -> int:
    """Put lines behind each other as the bits of a number, the first dot highest."""
    return int(b"".join(line.translate(_DIGITS) + _LIGHT for line in lines), 2)


def _dots(number: int, side: int) -> Dots:
    stride = side + _APART
    digits = f"{number:0{side * stride}b}"
    starts = range(0, side * stride, stride)
    return tuple(tuple(map("1".__eq__, digits[at : at + side])) for at in starts)
