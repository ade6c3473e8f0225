"""Drawing one page of a notice, the only way there is.

Preview, printer and PDF call this with their painter; nothing of it knows
which of them it draws for.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextDocument

from medcounter.notice.figures_html import SPECIMEN, VOID

from .layout import FOOT_GAP_MM, Layout, height_mm
from .timeline import font
from .units import PER_MM

_WATERMARK_SHARE = 0.5
_WATERMARK_ANGLE = -24
_WATERMARK = QColor(0, 0, 0, 24)
_WATERMARK_EDGE = QColor(0, 0, 0, 60)
_WATERMARK_LINE_MM = 0.3


def draw(painter: QPainter, layout: Layout, page: int, dots_per_mm: float) -> None:
    """Draw a page with its paper's top left corner at the painter's origin.

    Args:
        painter: Active; put where it was when this returns.
        layout: The sheet laid out.
        page: Which page, from 0.
        dots_per_mm: How many of the painter's units make a millimetre.
    """
    paper = layout.paper
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(dots_per_mm / PER_MM, dots_per_mm / PER_MM)
    painter.translate(paper.margin_mm * PER_MM, paper.margin_mm * PER_MM)
    painter.scale(paper.scale, paper.scale)
    if page:
        _draw_document(painter, layout.head, 0, None)
    top = layout.body_top_mm if page else 0.0
    for place in layout.pages[page]:
        document = layout.documents[place.box]
        slice_mm = (place.from_mm, place.height_mm)
        _draw_document(painter, document, top + place.top_mm, slice_mm)
    foot = layout.feet[page]
    foot_top = paper.room_mm - height_mm(foot)
    _draw_document(painter, foot, foot_top, None)
    if page == len(layout.pages) - 1:
        painter.translate(paper.narrow_mm * PER_MM, 0)
        side_top = foot_top - FOOT_GAP_MM - height_mm(layout.side)
        _draw_document(painter, layout.side, side_top, None)
    painter.restore()
    painter.save()
    painter.scale(dots_per_mm / PER_MM, dots_per_mm / PER_MM)
    _draw_watermark(painter, layout)
    painter.restore()


def _draw_document(
    painter: QPainter, document: QTextDocument, top_mm: float, slice_mm: tuple[float, float] | None
) -> None:
    painter.save()
    start, height = slice_mm or (0.0, height_mm(document))
    painter.translate(0, (top_mm - start) * PER_MM)
    whole = height == height_mm(document)
    area = QRectF(0, start * PER_MM, document.size().width(), height * PER_MM)
    document.drawContents(painter, QRectF() if whole else area)
    painter.restore()


def _draw_watermark(painter: QPainter, layout: Layout) -> None:
    sheet = layout.sheet
    if sheet.voided:
        text = VOID
    elif sheet.notice.number is None:
        text = SPECIMEN
    else:
        return
    paper = layout.paper
    painter.save()
    painter.translate(paper.width_mm * PER_MM / 2, paper.height_mm * PER_MM / 2)
    painter.rotate(_WATERMARK_ANGLE)
    shape = QPainterPath()
    size = paper.width_mm * PER_MM * _WATERMARK_SHARE / len(text)
    shape.addText(0, 0, font(size, bold=True), text)
    # The font's strokes overlap; merged, they show one outline and no seams.
    shape.setFillRule(Qt.FillRule.WindingFill)
    shape = shape.simplified()
    painter.translate(-shape.boundingRect().center())
    painter.setPen(QPen(_WATERMARK_EDGE, _WATERMARK_LINE_MM * PER_MM))
    painter.setBrush(_WATERMARK)
    painter.drawPath(shape)
    painter.restore()
