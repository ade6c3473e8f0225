"""Prepare text for Chinese paper: line breaks and full-width punctuation.

Rule sentences use either kind of comma; on one sheet they must look alike.
Changes no figure, date or letter.
"""

from __future__ import annotations

import re
import unicodedata

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BESIDE = rf"[{_HAN}）」》”’①-⑳%]"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_AFTER_HAN = re.compile(rf"(?<={_BESIDE})([,;:?!])[ ]?")
_BEFORE_HAN = re.compile(rf"([,;:?!])(?=[{_HAN}（「《“])")
_PAIR = re.compile(rf"[ ]?\(([^()]*[{_HAN}][^()]*)\)")
_OPEN_AFTER_HAN = re.compile(rf"(?<={_BESIDE})\(([^()]*)\)")

# Lines are not broken at it, and Qt's rich text does not fold several into one.
HARD_SPACE = "\u00a0"
GAP = HARD_SPACE * 2


def typeset(text: str) -> str:
    """Widen the punctuation that stands beside Chinese characters."""
    text = _PAIR.sub(r"（\1）", text)
    text = _OPEN_AFTER_HAN.sub(r"（\1）", text)
    text = _AFTER_HAN.sub(lambda found: _WIDE[found[1]], text)
    return _BEFORE_HAN.sub(lambda found: _WIDE[found[1]], text)


def clean(text: str) -> str:
    """Turn what would bend the lines around a typed text into spaces.

    That is control characters and those that turn the reading direction.
    """
    if text.isprintable():
        # Almost every text; nothing printable is of these categories.
        return text
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf"} else c for c in text)
