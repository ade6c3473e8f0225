"""The one layout in which rules are written to a file for people to read.

Two spaces a level; an object or list stands on one line where it fits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from medcounter.authoring.document.document_path import Json

WIDTH = 120


def laid_out(document: Json) -> bytes:
    """Write a document in the canonical layout, as UTF-8 with a last line end."""
    return ("".join(_pieces(document, 0, 0)) + "\n").encode()


def _pieces(value: Json, indent: int, before: int) -> Iterator[str]:
    """Give the text of a value.

    Args:
        value: What to write.
        indent: Spaces before a line of its own level.
        before: Characters that already stand on its first line, with what
            follows its last.
    """
    line = _one_line(value)
    if not isinstance(value, dict | list) or not value or before + len(line) <= WIDTH:
        yield line
        return
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    entries = list(value.items()) if isinstance(value, dict) else [(None, one) for one in value]
    yield opened
    for number, (key, entry) in enumerate(entries):
        name = "" if key is None else f"{json.dumps(key, ensure_ascii=False)}: "
        comma = "," if number < len(entries) - 1 else ""
        yield f"\n{' ' * (indent + 2)}{name}"
        yield from _pieces(entry, indent + 2, indent + 2 + len(name) + len(comma))
        yield comma
    yield f"\n{' ' * indent}{closed}"


def _one_line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
