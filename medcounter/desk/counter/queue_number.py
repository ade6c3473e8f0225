"""The number on a queue slip: as typed, and the one that comes after it.

Pure functions. A number is nobody's name and is kept nowhere.
"""

from __future__ import annotations

import re

from medcounter.typed.typed_text import plain

LONGEST = 8
_NUMBER = re.compile(r"(?P<head>[0-9A-Z\u4e00-\u9fff-]*?)(?P<count>[0-9]+)")


def queue_number(text: str) -> str:
    """Return a typed number as it is shown, ``a012`` as ``A012``; empty for none."""
    return "".join(plain(text).split()).upper()[:LONGEST]


def number_after(number: str) -> str:
    """Return the number that is called next: ``A013`` after ``A012``.

    As many digits as before, so that slips and screen agree; one more after
    nines. Empty where the number does not end in digits.
    """
    read = _NUMBER.fullmatch(queue_number(number))
    if read is None:
        return ""
    count = read["count"]
    return f"{read['head']}{int(count) + 1:0{len(count)}d}"
