"""Parse a person's name: trimmed, with notes about what may not print.

No character is ever replaced by a guess. A text that names nobody, such as
同上, is refused with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from medcounter.typed.typed_text import quote, visible

LONGEST_NAME = 50
_LAST_BMP = 0xFFFF
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_RADICALS = range(0x2F00, 0x2FD6)
# GB 11643 sets · between the parts of a name; these are typed for it.
_DOTS = str.maketrans(dict.fromkeys("•‧・⋅・", "·"))
# What is written in the place of a name; nobody is called so.
_NO_NAMES = frozenset(
    {"同上", "上同", "同前", "〃", "″", "无", "没有", "暂无", "未知", "不详", "不明", "待定"}
    | {"空", "户主", "本人", "姓名", "无姓名", "未填", "未填写", "NULL", "NONE", "NIL", "N/A"}
)
# What stands where a program could not keep or show a character, or somebody hid it.
_LOST = frozenset("?？□■◻◼▢▯▮\u25fd\u25fe\ufffd*＊×✕✖╳")
# Latin names have commas and strokes of their own.
_SEVERAL = re.compile(r"[、;]|(?<=[^\x00-\u02af])[,/|](?=[^\x00-\u02af])")
# As long as the shortest number of a document that a list would hold.
_WITH_NUMBER = re.compile(r"[0-9]{6}")
# A circle drawn in the place of a character; 〇 is a character of its own.
_CIRCLES = frozenset("○◯")
# What stands beside a name in a list: (亡), (小), (户主).
_BESIDE = re.compile(r"[(（\[【]")
# Common characters alone, which stay as they are and need no note.
_PLAIN = re.compile("[\u4e00-\u9fa5]{1,8}")
_PLAIN_LINES = re.compile("(?:[\u4e00-\u9fa5]{1,8}\n)*")
_HAN_GAP = re.compile(r"(?<=[^\x00-\u02af]) (?=[^\x00-\u02af])")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it will be written, with notes for the clerk.

    Attributes:
        text: Trimmed.
        notes: Sentences the clerk should see; none of them blocks.
        fault: Why it names nobody, one sentence; empty for a name, and where
            nothing was typed.
    """

    text: str
    notes: tuple[str, ...]
    fault: str

    @property
    def too_long(self) -> bool:
        """Return whether it has more characters than any register takes."""
        return len(self.text) > LONGEST_NAME


def is_plain_name(text: str) -> bool:
    """Tell a name of common characters, which ``read_name`` gives as it is."""
    return _PLAIN.fullmatch(text) is not None and text not in _NO_NAMES


def are_plain_names(texts: Sequence[str]) -> bool:
    """Tell names all of which are plain; looked at as one text, not one by one."""
    lines = "\n".join((*texts, ""))
    return (
        _PLAIN_LINES.fullmatch(lines) is not None
        and lines.count("\n") == len(texts)
        and _NO_NAMES.isdisjoint(texts)
    )


def read_name(text: str) -> Name:
    """Trim a typed name and look at its characters.

    Blanks between Chinese characters go; between Latin words one stays.
    Kangxi radicals, which PDF files hand out for common characters, become
    the characters they stand for.
    """
    folded = "".join(_folded(character) for character in visible(text)).translate(_DOTS)
    name = _HAN_GAP.sub("", " ".join(folded.split()))
    return Name(name, _notes(name), _fault(name, typed=bool(text.strip())))


def _fault(name: str, *, typed: bool) -> str:
    if not name:
        return "姓名里没有看得见的字，请照证件填写姓名。" if typed else ""
    if name.upper() in _NO_NAMES:
        return f"{quote(name)}不是姓名，请照证件填写本人的姓名。"
    lost = "".join(dict.fromkeys(mark for mark in name if mark in _LOST))
    if lost:
        return (
            f"姓名{quote(name)}里有{quote(lost)}，是没有存下来或被遮住的字；"
            "请照证件补上，打不出的字可以用手写或部首输入。"
        )
    if not any(map(_is_letter, name)):
        return f"姓名{quote(name)}里没有能读的字，请照证件填写姓名。"
    return _not_one_name(name)


def _not_one_name(name: str) -> str:
    if _WITH_NUMBER.search(name):
        return f"姓名{quote(name)}里有一长串数字，像是证件号码；请只填姓名。"
    parts = [part for part in _SEVERAL.split(name) if part.strip()]
    if len(parts) > 1:
        return f"姓名{quote(name)}像是几个人的姓名，请一人一份分开填写。"
    return ""


def _is_letter(character: str) -> bool:
    """Return what can be read in a name; a character Unicode gained since is one."""
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lo", "Nl", "Co", "Cn"}


def _folded(character: str) -> str:
    if ord(character) in _FULL_WIDTH or ord(character) in _RADICALS:
        return unicodedata.normalize("NFKC", character)
    return character


def _notes(name: str) -> tuple[str, ...]:
    unreadable = [c for c in name if unicodedata.category(c) in {"Co", "Cn"}]
    beyond = [c for c in name if ord(c) > _LAST_BMP and c not in unreadable]
    digits = [c for c in name if c.isdecimal()]
    notes = []
    if unreadable:
        notes.append("姓名中有无法辨认的字符，出单前请对照证件改正。")
    if beyond:
        notes.append(f"生僻字“{''.join(beyond)}”打印前请在预览中核对字形。")
    if digits:
        notes.append("姓名中有数字，请核对。")
    if _CIRCLES & {*name}:
        notes.append("姓名中有圆圈，是“〇”字的请改正，是空着的请照证件补上。")
    if _BESIDE.search(name):
        notes.append("姓名中有括号，请核对括号里的字是不是姓名，这个人还要不要缴费。")
    return tuple(notes)
