"""Codes of places: six digits, and the one that stands for the nation.

Source: GB/T 2260; the zeros are this program's own.
"""

from __future__ import annotations

NATION = "000000"
# The Production and Construction Corps has no code in the table; the insurance systems write this.
CORPS = "660000"
# Its twelve cities, each one with a division of the Corps: 659001 to 659012.
CORPS_CITIES = "6590"
_DIGITS = 6


def is_code(text: str) -> bool:
    """Return whether a text has the form of a place's code; it may be nobody's."""
    return len(text) == _DIGITS and text.isascii() and text.isdigit()
