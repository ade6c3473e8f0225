"""Read a file of facts: one object, a list, or lines of JSON.

Yields items in order, each a value or what is wrong with it. Knows no rules
and does not validate facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from medcounter.assess.facts import Problem
from medcounter.strict_json import (
    DuplicateKeyError,
    FractionError,
    GiantIntegerError,
    StrictJsonError,
    read_strict,
)

Mode = Literal["single", "list", "lines"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OPENINGS = frozenset({b"[", b"{"})
# These are faults of one field, so the field is looked for before the file is refused.
_FIELD_FAULTS = (DuplicateKeyError, FractionError, GiantIntegerError)
_LONGEST_INTEGER = 15


@dataclass(frozen=True, slots=True)
class FactsItem:
    """One facts object as parsed, or the problems that prevented it."""

    value: object
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A file's items, and whether it was one object, a list or lines."""

    mode: Mode
    items: tuple[FactsItem, ...]


class _Doubled(dict[str, Any]):
    """An object in which keys stood twice."""

    keys_twice: tuple[str, ...] = ()


def read_facts_file(data: bytes) -> FactsFile:
    """Read the bytes of a facts file.

    It is JSON if it parses whole, else lines; blank lines are skipped. A
    file that is neither is one item with the problem ``not-json``.
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if not data.strip():
        text = "文件是空的，没有可测算的内容；请检查是否选错了文件。"
        return FactsFile("single", (FactsItem(None, (Problem("", "not-json", text),)),))
    try:
        whole = _parse(data)
    except StrictJsonError as err:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if _are_lines(lines):
            items = tuple(_read_line(line, place) for place, line in enumerate(lines, 1))
            return FactsFile("lines", items)
        return FactsFile("single", (FactsItem(None, (Problem("", "not-json", err.text),)),))
    if isinstance(whole, list):
        return FactsFile("list", tuple(_item(value) for value in whole))
    return FactsFile("single", (_item(whole),))


def _parse(data: bytes) -> object:
    try:
        return read_strict(data)
    except _FIELD_FAULTS as fault:
        try:
            return json.loads(
                data, object_pairs_hook=_pairs, parse_int=_integer, parse_constant=_refuse
            )
        except ValueError:
            raise fault from None


def _are_lines(lines: list[bytes]) -> bool:
    """Distinguish lines of JSON from one broken document, reported only once."""
    if len(lines) == 1 or lines[0].strip() in _OPENINGS:
        return False
    return _parses(lines[0]) or any(
        line.lstrip().startswith(b"{") and _parses(line) for line in lines
    )


def _parses(line: bytes) -> bool:
    try:
        _parse(line)
    except StrictJsonError:
        return False
    return True


def _read_line(line: bytes, place: int) -> FactsItem:
    try:
        return _item(_parse(line))
    except StrictJsonError as err:
        return FactsItem(None, (Problem("", "not-json", f"第 {place} 条：{err.text}"),))


def _item(value: object) -> FactsItem:
    text = "“{}”写了两次，不知以哪个为准，请只保留一个。"
    doubled = tuple(
        Problem(path, "duplicate-key", text.format(path[:80])) for path in _doubled(value, "")
    )
    return FactsItem(None, doubled) if doubled else FactsItem(value)


def _doubled(value: object, path: str) -> Iterator[str]:
    """Yield the dotted path of every key that stood twice."""
    if isinstance(value, _Doubled):
        yield from (f"{path}{key}" for key in value.keys_twice)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _doubled(inner, f"{path}{key}.")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _doubled(inner, f"{path}{place}.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = _Doubled(pairs)
    if len(made) == len(pairs):
        return dict(made)
    keys = [key for key, _ in pairs]
    made.keys_twice = tuple(key for key in made if keys.count(key) > 1)
    return made


def _integer(text: str) -> int | float:
    # A float is refused by every field that wants a whole number, and costs no time to make.
    return int(text) if len(text) <= _LONGEST_INTEGER else float(text)


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)
