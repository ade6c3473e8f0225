"""Normalise typed and pasted text before parsing; never refuses any."""

from __future__ import annotations

import unicodedata

_LONGEST_QUOTE = 24
# Letters by their category that are blank on every screen and paper: the fillers
# of Hangul, and the blank of Braille.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def plain(text: str) -> str:
    """Fold full-width forms, drop invisible characters, trim the ends.

    Pasted text carries byte-order marks, joiners and direction marks that
    nobody sees and no form means.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text)
    return visible(folded).strip()


def visible(text: str) -> str:
    """Drop format characters and turn every kind of space into a blank."""
    # What Python calls printable has no space but the blank, and nothing to be dropped.
    if text.isprintable() and _BLANKS.isdisjoint(text):
        return text
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in {"Zs", "Zl", "Zp", "Cc"} or character in _BLANKS:
            kept.append(" ")
        elif category not in {"Cf", "Cs"}:
            kept.append(character)
    return "".join(kept)


def quote(text: str) -> str:
    """Put typed text into a sentence: in quotes, in one line, not too long."""
    line = " ".join(visible(text).split())
    if len(line) > _LONGEST_QUOTE:
        line = f"{line[:_LONGEST_QUOTE]}…"
    return f"“{line}”"
