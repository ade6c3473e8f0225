"""The appearance of paper: black on white in our font, whatever the screen's.

Everything drawn for paper starts here: the text of a piece and the painter both
get their colours, font and direction from this module, so that no theme,
desktop, style or font size affects a sheet. Knows no notice.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
    QTextOption,
)

from ..look.fonts import sheet_font
from .units import PER_MM, ruler

if TYPE_CHECKING:
    from collections.abc import Iterator

BLACK = QColor(0, 0, 0)
WHITE = QColor(0xFF, 0xFF, 0xFF)
_BODY_POINTS = 8.5
_ROLES = QPalette.ColorRole
_GROUNDS = {
    _ROLES.Window,
    _ROLES.Base,
    _ROLES.AlternateBase,
    _ROLES.Button,
    _ROLES.ToolTipBase,
    _ROLES.Light,
    _ROLES.Midlight,
    _ROLES.HighlightedText,
}


@cache
def paper_palette() -> QPalette:
    """Give black for all that is written and white for all it stands on."""
    palette = QPalette()
    for role in _ROLES:
        if role not in {_ROLES.NoRole, _ROLES.NColorRoles}:
            # Active, inactive and disabled alike: paper has no state.
            palette.setColor(role, WHITE if role in _GROUNDS else BLACK)
    return palette


def paper_document() -> QTextDocument:
    """Make an empty text for paper, measured in its unit and not the screen's."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(ruler())
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setUndoRedoEnabled(False)
    body = sheet_font()
    body.setPointSizeF(_BODY_POINTS)
    document.setDefaultFont(body)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    document.setDefaultTextOption(option)
    return document


def draw_document(painter: QPainter, document: QTextDocument, area: QRectF | None) -> None:
    """Draw a text, or what of it lies in an area, at the painter's origin.

    Not by ``drawContents``, which takes the colour of text from the
    application: near white in a dark window.
    """
    painter.save()
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = paper_palette()  # type: ignore[attr-defined]  # the stubs leave it out
    if area is not None:
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        context.clip = area  # type: ignore[attr-defined]  # the stubs leave it out
    document.documentLayout().draw(painter, context)
    painter.restore()


@contextmanager
def on_paper(painter: QPainter, dots_per_mm: float) -> Iterator[None]:
    """Lend a painter in the unit of paper, in nothing but paper's own look.

    Args:
        painter: Active, the paper's top left corner at its origin; given
            back as it was.
        dots_per_mm: How many of the painter's units make a millimetre.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(BLACK, 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setBackground(QBrush(WHITE))
    painter.setFont(sheet_font())
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.scale(dots_per_mm / PER_MM, dots_per_mm / PER_MM)
    try:
        yield
    finally:
        painter.restore()
