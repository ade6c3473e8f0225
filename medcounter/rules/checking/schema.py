"""The JSON Schemas of rule files, generated from the records.

One of the joined bundle, and one each of the two files that authors edit: a
folder's head and a place's part. Descriptions are Chinese, for their editor.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from medcounter.rules.bundle import Bundle
from medcounter.rules.checking.schema_words import PROPERTIES, definition_words

LISTS = ("regions", "sources", "programmes", "examples")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NATIONAL = {
    "description": PROPERTIES["national"],
    "type": "array",
    "items": {"enum": ["resident", "flexible"]},
    "minItems": 1,
    "uniqueItems": True,
}
_INHERITS = {
    "description": PROPERTIES["inherits"],
    "type": "array",
    "items": {"type": "string", "pattern": "^[0-9]{6}$"},
    "uniqueItems": True,
}


@cache
def bundle_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a joined bundle."""
    schema = Bundle.model_json_schema(by_alias=True)
    return {"$schema": _DRAFT, **_in_chinese(schema, "一个规则包的全部规则。")}


def head_schema() -> dict[str, Any]:
    """Return the schema of ``bundle.json``, the head of a folder."""
    whole = copy.deepcopy(bundle_schema())
    head = {key: part for key, part in whole["properties"].items() if key not in LISTS}
    required = [key for key in whole["required"] if key not in LISTS]
    return _used_only(
        {
            **whole,
            "title": "BundleHead",
            "description": "规则包文件夹的头 bundle.json。",
            "properties": {**head, "national": _NATIONAL, "inherits": _INHERITS},
            "required": required,
        }
    )


def part_schema() -> dict[str, Any]:
    """Return the schema of every other file of a folder."""
    whole = copy.deepcopy(bundle_schema())
    lists = {key: whole["properties"][key] for key in LISTS}
    return _used_only(
        {
            **whole,
            "title": "BundlePart",
            "description": "规则包文件夹里的一个文件，一般是一个地区一年的规则。",
            "properties": lists,
            "required": [],
        }
    )


def _in_chinese(schema: dict[str, Any], whole: str) -> dict[str, Any]:
    """Put Chinese descriptions in the place of the program's own."""
    schema["description"] = whole
    for name, part in schema["$defs"].items():
        part["description"] = definition_words(name) or part.get("description", "")
    for part in (schema, *schema["$defs"].values()):
        for key, value in part.get("properties", {}).items():
            value["description"] = PROPERTIES.get(key, "")
    return schema


def _used_only(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out the definitions that nothing in a schema refers to."""
    used: set[str] = set()
    todo: list[object] = [{key: value for key, value in schema.items() if key != "$defs"}]
    while todo:
        here = todo.pop()
        if isinstance(here, list):
            todo += here
        elif isinstance(here, dict):
            todo += here.values()
            name = str(here.get("$ref", "")).rpartition("/")[2]
            if name and name not in used:
                used.add(name)
                todo.append(schema["$defs"][name])
    kept = {name: part for name, part in schema["$defs"].items() if name in used}
    return {**schema, "$defs": kept}
