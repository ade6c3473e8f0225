"""A reason that somebody typed for a chain, which keeps it for ever.

What a chain holds outlives the erasure of the people it is about, so a reason says
what happened and never to whom. Pure; keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from medcounter.identity.id_number import plain_number
from medcounter.store.store_errors import ReasonNamesSomebodyError
from medcounter.typed.typed_text import plain, quote

# Notice numbers, days and times may stand there, side by side too.
_LAWFUL = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-(?:\d{6}|\d{2})|\d{1,2}:\d{2}(?::\d{2})?)(?!\d)")
_BETWEEN = r"[\s.·_/\-\u2010-\u2015\u2212]{0,2}"
# The number of an identity card, written apart or not; of a passport or permit.
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{14}}|(?<![A-Za-z])[A-Za-z]{{1,2}}\d{{7,9}}(?!\d)")
_APART = r"[\s.·]*"
# One character is in any sentence.
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 4


def typed_reason(reason: str, people: Iterable[tuple[str, str]] = ()) -> str:
    """Return a reason as it is kept: without blanks at its ends.

    Args:
        reason: As typed; may be empty.
        people: Name and ID number of each person that the act is about; either may
            be empty.

    Raises:
        ReasonNamesSomebodyError: It holds one of the names or numbers, or anything
            that looks like the number of a document.
    """
    text = plain(reason)
    numbers = _LAWFUL.sub("，", text)
    if _NUMBER.search(numbers):
        raise ReasonNamesSomebodyError
    bare = plain_number(numbers)
    for name, number in people:
        if len(number) >= _SHORTEST_NUMBER and plain_number(number) in bare:
            raise ReasonNamesSomebodyError
        if _holds_name(text, name):
            raise ReasonNamesSomebodyError(
                f"原因里写了{quote(name)}，这一步没有做，已有数据不变；"
                "原因要长久留在台账里，请只写是什么事，不写姓名和证件号码。"
            )
    return reason.strip()


def _holds_name(text: str, name: str) -> bool:
    letters = "".join(re.split(_APART, plain(name)))
    if len(letters) < _SHORTEST_NAME:
        return False
    pattern = _APART.join(map(re.escape, letters))
    if letters.isascii():
        pattern = f"(?<![A-Za-z]){pattern}(?![A-Za-z])"
    return re.search(pattern, text, re.IGNORECASE) is not None
