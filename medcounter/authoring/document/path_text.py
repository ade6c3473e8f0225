"""A path as people write it: names of records instead of their numbers.

``rules/main/answer/from`` is the first day of the period ``main`` of the
programme that is written, ``sources/notice/title`` the title of a source.
"""

from __future__ import annotations

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import VOCABULARY, PlaceDocument
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath

# The last begins the path of what a place inherits.
_TOP = frozenset({"regions", "sources", "programmes", "examples", VOCABULARY, "base"})
_NAMES = ("id", "code")
_BETWEEN = "/"


class PathUnknownError(MedCounterError):
    """草稿里没有这一处，没有改动；请用“authoring show”查看每一处的写法。"""


def path_text(document: PlaceDocument, path: JsonPath) -> str:
    """Write a path, records by their names where they have one of their own."""
    base = document.base
    is_inside = path[: len(base)] == base and len(path) > len(base)
    held: Json = document.at(base) if is_inside else None
    words = []
    for number, step in enumerate(path[len(base) :] if is_inside else path):
        if held is None and number == 0 and not is_inside:
            held = document.at((step,)) if document.has((step,)) else None
            words.append(str(step))
            continue
        words.append(_word(held, step))
        held = _next(held, step)
    return _BETWEEN.join(words)


def path_of_text(document: PlaceDocument, text: str) -> JsonPath:
    """Read a path; what stands nowhere yet may be its end.

    Raises:
        PathUnknownError: It begins with nothing that there is.
    """
    words = [word for word in text.strip().strip(_BETWEEN).split(_BETWEEN) if word]
    if not words:
        raise PathUnknownError
    path: JsonPath = () if words[0] in _TOP else document.base
    if path and words[0] not in _within(document):
        raise PathUnknownError(
            f"草稿里没有“{text}”这一处，没有改动；请用“authoring show”查看每一处的写法。"
        )
    for word in words:
        held = document.at(path) if path and document.has(path) else None
        path = (*path, _step(held, word, text))
    return path


def _within(document: PlaceDocument) -> frozenset[str]:
    """Name what a programme may hold, whether it holds it or not."""
    return frozenset(document.own) | {
        "rules", "where_missing", "drops", "advice", "conflicts", "asks", "accepted",
        "region", "scheme", "id", "benefit_years", "payment_days",
    }  # fmt: skip


def _step(held: Json, word: str, text: str) -> str | int:
    if not isinstance(held, list):
        return int(word) if held is None and word.isdecimal() and word.isascii() else word
    named = [number for number, one in enumerate(held) if _name(one) == word]
    if len(named) == 1:
        return named[0]
    if word.isascii() and word.isdecimal():
        return int(word)
    raise PathUnknownError(
        f"草稿里没有“{text}”这一处（没有“{word}”），没有改动；"
        "请用“authoring show”查看每一处的写法。"
    )


def _word(held: Json, step: str | int) -> str:
    if isinstance(held, list) and isinstance(step, int) and step < len(held):
        name = _name(held[step])
        if name and [_name(one) for one in held].count(name) == 1 and not name.isdecimal():
            return name
    return str(step)


def _next(held: Json, step: str | int) -> Json:
    if isinstance(held, dict):
        return held.get(step)
    if isinstance(held, list) and isinstance(step, int) and step < len(held):
        return held[step]
    return None


def _name(record: Json) -> str:
    if not isinstance(record, dict):
        return ""
    return next((str(record[key]) for key in _NAMES if isinstance(record.get(key), str)), "")
