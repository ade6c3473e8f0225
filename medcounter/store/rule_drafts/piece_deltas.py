"""Store a version of some bytes as its change since the version before.

A change in a form touches one place of a document, so the bytes before and after
it are named by their number and only what lies between is kept. Knows no
database and no format.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from medcounter.store.packing import NotUnpackedError, unpack

# So many changes at most are put together to get a version back.
MOST_IN_A_ROW = 64
# An announcement kept beside a draft is the largest there is.
_MOST = 100_000_000
_STEP = 4096


class DeltaPiece(NamedTuple):
    """One version of one part.

    Attributes:
        whole: Whether it needs no version before it.
        before: How many bytes are the first ones of the version before.
        after: How many are its last ones.
        middle: What lies between, deflated.
    """

    whole: bool
    before: int
    after: int
    middle: bytes


def whole_piece(data: bytes) -> DeltaPiece:
    """Make a piece that holds all bytes."""
    return DeltaPiece(whole=True, before=0, after=0, middle=zlib.compress(data))


def changed_piece(old: bytes, new: bytes) -> DeltaPiece:
    """Make a piece that holds what changed since other bytes."""
    before = _common(old, new)
    rest_old, rest_new = old[before:], new[before:]
    after = _common(rest_old[::-1], rest_new[::-1])
    middle = rest_new[: len(rest_new) - after]
    return DeltaPiece(whole=False, before=before, after=after, middle=zlib.compress(middle))


def put_together(old: bytes, piece: DeltaPiece) -> bytes:
    """Return a version from the one before it.

    Raises:
        ValueError: The piece does not fit what it is said to follow.
    """
    try:
        middle = unpack(piece.middle, _MOST)
    except NotUnpackedError as err:
        raise ValueError(piece.middle) from err
    if piece.whole:
        return middle
    if piece.before + piece.after > len(old):
        raise ValueError(piece)
    return old[: piece.before] + middle + old[len(old) - piece.after :]


def _common(one: bytes, other: bytes) -> int:
    """Count the first bytes that two have in common."""
    most = min(len(one), len(other))
    for begin in range(0, most, _STEP):
        end = min(begin + _STEP, most)
        if one[begin:end] != other[begin:end]:
            pairs = zip(one[begin:end], other[begin:end], strict=True)
            return begin + next(n for n, (a, b) in enumerate(pairs) if a != b)
    return most
