"""Find a record by its name after its lists have changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.roll_records import NamedPath
from medcounter.json_path import JsonPath

_NAMES = {
    "rules": ("id",),
    "where_missing": ("id",),
    "advice": ("kind", "code"),
    "drops": ("rule",),
    "conflicts": ("id",),
    "asks": ("code",),
}


def name_of(kind: str, record: Mapping[str, Any]) -> str | None:
    """Return what a record of a list goes by; None where such records have no name."""
    keys = _NAMES.get(kind)
    if keys is None or not all(isinstance(record.get(key), str) for key in keys):
        return None
    return "/".join(record[key] for key in keys)


def named_path(document: PlaceDocument, path: JsonPath) -> NamedPath:
    """Return a path into the programme, its record by name."""
    inside = path[len(document.base) :]
    if len(inside) < 2:  # noqa: PLR2004 -- a list and a record in it
        return inside
    kind, number, *rest = inside
    record = document.at((*document.base, kind, number))
    name = name_of(str(kind), record) if isinstance(record, dict) else None
    return (kind, number if name is None else name, *rest)


def path_named(document: PlaceDocument, place: NamedPath) -> JsonPath | None:
    """Return where a named place is now; None where it is no longer there."""
    if not place:
        return document.base
    kind, *rest = place
    path: JsonPath = (*document.base, kind)
    if rest and isinstance(rest[0], str) and str(kind) in _NAMES:
        number = _number(document.own.get(str(kind), ()), str(kind), rest[0])
        if number is None:
            return None
        rest = [number, *rest[1:]]
    path = (*path, *rest)
    return path if document.has(path) else None


def _number(records: Json, kind: str, name: str) -> int | None:
    for number, record in enumerate(records):
        if isinstance(record, dict) and name_of(kind, record) == name:
            return number
    return None
