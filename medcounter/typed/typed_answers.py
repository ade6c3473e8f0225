"""Parse the free answers a clerk typed, by the kind of their question.

Returns a value or one Chinese sentence. Handles the kinds ``bool``,
``number``, ``years`` and ``text``, not ``date``; applies no rules.
"""

from __future__ import annotations

import re

from medcounter.errors import MedCounterError
from medcounter.typed.typed_text import plain, quote

TypedAnswer = bool | str | int | tuple[int, ...]
_YES = frozenset({"是", "有", "对", "true", "yes", "y", "1"})
_NO = frozenset({"否", "无", "没有", "不是", "不", "false", "no", "n", "0"})
_COUNT = re.compile(r"[0-9]{1,4}")
_SPAN = re.compile("\\s*[-~至到\u2013\u2014]+\\s*")
_YEARS = re.compile(
    r"(?:20)?(?P<first>[0-9]{2})(?:年度?)?(?:~(?:20)?(?P<last>[0-9]{2})(?:年度?)?)?"
)
_BETWEEN = re.compile(r"[\s,;、]+")
_CENTURY = 2000


class AnswerUnreadableError(MedCounterError):
    """这一项没有读懂，不能计算；请按提示改正。"""


def read_answer(kind: str, label: str, text: str) -> TypedAnswer:
    """Read one answer.

    Args:
        kind: ``bool``, ``number``, ``years`` or ``text``.
        label: The question, named in the sentence.
        text: As typed; not empty.

    Raises:
        AnswerUnreadableError: It is no answer of that kind.
    """
    if kind == "bool":
        return _yes_or_no(label, text)
    if kind == "number":
        return read_count(label, text)
    if kind == "years":
        return _years(label, text)
    return plain(text)


def read_count(label: str, text: str) -> int:
    """Read a whole number from 0 on.

    Raises:
        AnswerUnreadableError: It is anything else.
    """
    folded = plain(text)
    if not _COUNT.fullmatch(folded):
        raise AnswerUnreadableError(f"“{label}”应填 0 或正整数，{quote(text)}没有读懂，请改正。")
    return int(folded)


def _yes_or_no(label: str, text: str) -> bool:
    folded = plain(text).lower()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise AnswerUnreadableError(f"“{label}”应填“是”或“否”，{quote(text)}没有读懂，请改正。")


def _years(label: str, text: str) -> tuple[int, ...]:
    years: set[int] = set()
    parts = [part for part in _BETWEEN.split(_SPAN.sub("~", plain(text))) if part]
    for part in parts:
        match = _YEARS.fullmatch(part)
        span = _span(match) if match else range(0)
        if not span:
            raise AnswerUnreadableError(
                f"“{label}”应填年份，如 2023、2024 或 2022-2024，{quote(part)}没有读懂，请改正。"
            )
        years.update(span)
    return tuple(sorted(years))


def _span(match: re.Match[str]) -> range:
    first = int(match["first"])
    return range(_CENTURY + first, _CENTURY + int(match["last"] or first) + 1)
