"""Read a person's name: trimmed, with notes about what may not print.

A name is never refused and no character of it is replaced by guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from medcounter.identity.typed_text import visible

LONGEST_NAME = 50
_LAST_BMP = 0xFFFF
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_RADICALS = range(0x2F00, 0x2FD6)
# GB 11643 sets · between the parts of a name; these are typed for it.
_DOTS = str.maketrans(dict.fromkeys("•‧・⋅・", "·"))
_HAN_GAP = re.compile(r"(?<=[^\x00-\u02af]) (?=[^\x00-\u02af])")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it will be written, and what the clerk should note."""

    text: str
    notes: tuple[str, ...]

    @property
    def too_long(self) -> bool:
        """Tell whether it has more characters than any register takes."""
        return len(self.text) > LONGEST_NAME


def read_name(text: str) -> Name:
    """Trim a typed name and look at its characters.

    Blanks between Chinese characters go; between Latin words one stays.
    Kangxi radicals, which PDF files hand out for common characters, become
    the characters they stand for.
    """
    folded = "".join(_folded(character) for character in visible(text)).translate(_DOTS)
    name = _HAN_GAP.sub("", " ".join(folded.split()))
    return Name(name, _notes(name))


def _folded(character: str) -> str:
    if ord(character) in _FULL_WIDTH or ord(character) in _RADICALS:
        return unicodedata.normalize("NFKC", character)
    return character


def _notes(name: str) -> tuple[str, ...]:
    unreadable = [c for c in name if c == "\ufffd" or unicodedata.category(c) in {"Co", "Cn"}]
    beyond = [c for c in name if ord(c) > _LAST_BMP and c not in unreadable]
    digits = [c for c in name if c.isdecimal()]
    notes = []
    if unreadable:
        notes.append("姓名中有无法辨认的字符，出单前请对照证件改正。")
    if beyond:
        notes.append(f"生僻字“{''.join(beyond)}”打印前请在预览中核对字形。")
    if digits:
        notes.append("姓名中有数字，请核对。")
    return tuple(notes)
