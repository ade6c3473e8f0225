"""Blanks of a rule file still to be filled, and what belongs in each.

``bundle new`` writes them as text in 〔 〕; a check names each at its line until
the last is filled. Nothing is ever computed from one.
"""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.json_path import show_path
from medcounter.rules.faults import Fault

_OPENING, _CLOSING = "〔〕"
# What the bytes of a document with a blank hold.
BLANK_MARK = _OPENING.encode()


def blank(what: str) -> str:
    """Write a blank.

    Args:
        what: What belongs there, with an example.
    """
    return f"{_OPENING}{what}{_CLOSING}"


def is_blank(text: str) -> bool:
    """Return whether a text is a blank."""
    return text.startswith(_OPENING) and text.endswith(_CLOSING)


def unfilled(document: object, path: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Yield a fault for every blank in a document, in its order."""
    if isinstance(document, str):
        if is_blank(document):
            yield Fault(show_path(path), f"还没有填：{document[1:-1]}。")
    elif isinstance(document, list):
        for number, part in enumerate(document):
            yield from unfilled(part, (*path, number))
    elif isinstance(document, dict):
        for key, part in document.items():
            yield from unfilled(part, (*path, key))
