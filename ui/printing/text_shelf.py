"""Texts that are set for a sheet, kept to be drawn again on the next.

Most of what stands on the notices of a list is the same on each: it is set
once. A text is never changed once it is set.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument, QTextFormat

from medcounter.paths import resource

from .ink import paper_document
from .line_breaks import break_at_quotes
from .pictures import SHOWN, Pictures
from .units import PER_MM

if TYPE_CHECKING:
    from medcounter.notice.sheet.manuscript import Manuscript

# Texts of some fifteen kinds of notices; one of them takes about 20 kB.
_MOST = 500


class TextShelf:
    """The texts of one sheet, or of a stack of them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: OrderedDict[tuple[object, ...], QTextDocument] = OrderedDict()
        self._style = resource("notice.css").read_text(encoding="utf-8")

    def text(self, html: str, written: Manuscript, width_mm: float) -> QTextDocument:
        """Return a text that is set; not to be changed.

        Args:
            html: What it says.
            written: The sheet it is for, whose pictures it may name.
            width_mm: How wide it is set.
        """
        key = (html, width_mm, *_pictured(html, written))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._set(html, written, width_mm)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def _set(self, html: str, written: Manuscript, width_mm: float) -> QTextDocument:
        document = paper_document()
        pictures = Pictures(written, document)
        document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject, pictures)
        document.setDefaultStyleSheet(self._style)
        document.setHtml(html)
        break_at_quotes(document)
        document.setTextWidth(width_mm * PER_MM)
        return document


def _pictured(html: str, written: Manuscript) -> tuple[object, ...]:
    """Return what the pictures of a text show; nothing for a text without any."""
    return tuple(shown(written) for name, shown in SHOWN.items() if name in html)
