"""Break lines at Chinese quotation marks alike in every Qt that ships.

Qt 6.7, which arm64 is given, breaks no line beside a quotation mark. From 6.8
on it does between ideographs, as Unicode's rule LB19a asks; the older one is
told the same by spaces without a width.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

# Draws nothing; a line may end at it.
BREAK = "\u200b"
_KNOWS_QUOTES = (6, 8)
_IDEOGRAPH = "\u30a1-\u30fa\u3041-\u3096\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = f"\u3001-\u303f\uff01-\uff60{_IDEOGRAPH}"
# Before an opening mark, and behind a closing one; neither where a bracket holds them together.
_PLACES = re.compile(
    f"(?<=[{_IDEOGRAPH}：；])(?=[“‘][{_WIDE}])|(?<=[{_WIDE}][”’])(?=[{_IDEOGRAPH}])"
)


def break_at_quotes(document: QTextDocument) -> None:
    """Let lines of a document end at quotation marks where this Qt does not."""
    if _version() >= _KNOWS_QUOTES:
        return
    text = document.toPlainText()
    cursor = QTextCursor(document)
    # From the end, so that places in front of it stay where they are.
    for found in reversed([*_PLACES.finditer(text)]):
        # A document counts in halves of what a string counts beyond the basic plane.
        cursor.setPosition(len(text[: found.start()].encode("utf-16-le")) // 2)
        cursor.insertText(BREAK, _unmerged(cursor))


def _unmerged(cursor: QTextCursor) -> QTextCharFormat:
    """Give the format at a place, for which no other font is looked through.

    No font of ours has a glyph for what draws nothing: another would be asked, and
    embedded in a PDF.
    """
    written = cursor.charFormat()
    written.setFontStyleStrategy(
        QFont.StyleStrategy.NoFontMerging | QFont.StyleStrategy.NoSubpixelAntialias
    )
    return written


def _version() -> tuple[int, ...]:
    return tuple(map(int, qVersion().split(".")[:2]))
