"""Codes of places: six digits, and the one that stands for the nation.

Source: GB/T 2260; the zeros are this program's own.
"""

from __future__ import annotations

NATION = "000000"
_DIGITS = 6


def is_code(text: str) -> bool:
    """Return whether a text has the form of a place's code; it may be nobody's."""
    return len(text) == _DIGITS and text.isascii() and text.isdigit()
