"""The path of a value in a JSON document, as parts and as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

# Keys of objects and places in lists, from the outside in.
JsonPath: TypeAlias = tuple[str | int, ...]

_PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def show_path(path: Iterable[str | int]) -> str:
    """Write a path: ``programmes[0].rules[3].answer``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def parse_path(text: str) -> JsonPath:
    """Read a path as ``show_path`` writes it."""
    return tuple(int(place) if place else key for place, key in _PART.findall(text))
