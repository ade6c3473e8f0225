"""A place in a JSON document, and a document changed at one place.

Documents are never changed where they stand: every function returns a new
one, which shares what did not change. Knows no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath

# dict, list, str, int, bool or None, as strict_json reads them.
Json: TypeAlias = Any
# A record of the rule language as it stands in a document.
JsonRecord = Mapping[str, Any]


class NoSuchPlaceError(MedCounterError):
    """草稿里没有这一处，没有改动；请刷新表单后重试。"""


def value_at(document: Json, path: JsonPath) -> Json:
    """Return what stands at a path.

    Raises:
        NoSuchPlaceError: Nothing stands there.
    """
    found = document
    for step in path:
        found = _held(found)[_index(found, step)]
    return found


def with_value(document: Json, path: JsonPath, value: Json) -> Json:
    """Return the document with a value at a path; a new key comes last.

    Raises:
        NoSuchPlaceError: What should hold it is not there.
    """
    return _changed(document, path, lambda held, step: _put(held, step, value))


def with_inserted(document: Json, path: JsonPath, value: Json) -> Json:
    """Return the document with a value before an entry of a list.

    The number of entries as last step appends. In an object it sets the key.

    Raises:
        NoSuchPlaceError: There is no such list or place in it.
    """
    return _changed(document, path, lambda held, step: _inserted(held, step, value))


def without(document: Json, path: JsonPath) -> Json:
    """Return the document without what stands at a path.

    Raises:
        NoSuchPlaceError: Nothing stands there.
    """
    return _changed(document, path, _cut)


def objects_in(value: Json) -> list[tuple[int, dict[str, Json]]]:
    """List the objects of a list with their places; none where it is no list."""
    entries = value if isinstance(value, list) else []
    return [(at, one) for at, one in enumerate(entries) if isinstance(one, dict)]


def leaves(document: Json, path: JsonPath = ()) -> dict[JsonPath, Json]:
    """Map the path of every scalar, empty list and empty object to its value."""
    if isinstance(document, dict) and document:
        steps: list[tuple[str | int, Json]] = list(document.items())
    elif isinstance(document, list) and document:
        steps = list(enumerate(document))
    else:
        return {path: document}
    found: dict[JsonPath, Json] = {}
    for step, value in steps:
        found |= leaves(value, (*path, step))
    return found


def _changed(document: Json, path: JsonPath, change: Callable[[Json, str | int], Json]) -> Json:
    if not path:
        raise NoSuchPlaceError
    step, rest = path[0], path[1:]
    if not rest:
        return change(_held(document), step)
    inner = _changed(_held(document)[_index(document, step)], rest, change)
    return _put(document, step, inner)


def _held(value: Json) -> Json:
    if not isinstance(value, dict | list):
        raise NoSuchPlaceError
    return value


def _index(held: Json, step: str | int) -> str | int:
    there = (
        step in held
        if isinstance(held, dict)
        else isinstance(held, list) and isinstance(step, int) and 0 <= step < len(held)
    )
    if not there:
        raise NoSuchPlaceError
    return step


def _put(held: Json, step: str | int, value: Json) -> Json:
    if isinstance(held, dict):
        if not isinstance(step, str):
            raise NoSuchPlaceError
        return {**held, step: value}
    copy = list(held)
    copy[int(_index(held, step))] = value
    return copy


def _inserted(held: Json, step: str | int, value: Json) -> Json:
    if isinstance(held, dict):
        return _put(held, step, value)
    if not isinstance(step, int) or not 0 <= step <= len(held):
        raise NoSuchPlaceError
    return [*held[:step], value, *held[step:]]


def _cut(held: Json, step: str | int) -> Json:
    _index(held, step)
    if isinstance(held, dict):
        return {key: value for key, value in held.items() if key != step}
    return [value for number, value in enumerate(held) if number != step]
