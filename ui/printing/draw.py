"""Draw one page of a notice: the only drawing code there is.

Preview, printer and PDF call this with their painter; it does not know which of
them it draws for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextDocument

from medcounter.notice.sheet.paper import Paper

from .ink import draw_document, on_paper
from .layout import FOOT_GAP_MM, Layout, height_mm
from .units import PER_MM
from .year_strip import font

# Draws a page, from 0, in dots per millimetre.
DrawPage = Callable[[QPainter, int, float], None]

_WATERMARK_SHARE = 0.5
_WATERMARK_ANGLE = -24
_WATERMARK = QColor(0, 0, 0, 24)
_WATERMARK_EDGE = QColor(0, 0, 0, 60)
_WATERMARK_LINE_MM = 0.3
# A page this many times as high as wide has room for one mark more.
_ROW_SHARE = 1.6
_CUT = QColor(0x80, 0x80, 0x80)
_CUT_MM = 0.2
_CUT_DASH = (8.0, 6.0)


def draw(painter: QPainter, layout: Layout, page: int, dots_per_mm: float) -> None:
    """Draw a page with its paper's top left corner at the painter's origin.

    Args:
        painter: Active; put where it was when this returns.
        layout: The sheet laid out.
        page: Which page, from 0.
        dots_per_mm: How many of the painter's units make a millimetre.
    """
    paper = layout.paper
    with on_paper(painter, dots_per_mm):
        for copy in range(max(1, len(paper.copies))):
            if copy:
                painter.translate(0, paper.height_mm * PER_MM)
                _draw_cut(painter, paper)
            painter.save()
            painter.translate(paper.margin_mm * PER_MM, paper.margin_mm * PER_MM)
            painter.scale(paper.scale, paper.scale)
            _draw_pieces(painter, layout, page)
            _draw_foot(painter, layout, page, copy)
            painter.restore()
            _draw_across(painter, layout)


def _draw_pieces(painter: QPainter, layout: Layout, page: int) -> None:
    if page and layout.head is not None:
        _draw_document(painter, layout.head, 0, None)
    top = layout.body_top_mm if page else 0.0
    for place in layout.pages[page]:
        document = layout.documents[place.box]
        slice_mm = (place.from_mm, place.height_mm)
        _draw_document(painter, document, top + place.top_mm, slice_mm)


def _draw_foot(painter: QPainter, layout: Layout, page: int, copy: int) -> None:
    foot = layout.foot(page, copy)
    foot_top = layout.paper.room_mm - height_mm(foot)
    _draw_document(painter, foot, foot_top, None)
    carried = layout.carried[page]
    if carried is not None:
        _draw_document(painter, carried, foot_top - FOOT_GAP_MM - height_mm(carried), None)
        foot_top -= FOOT_GAP_MM + height_mm(carried)
    if layout.side is not None and page == len(layout.pages) - 1:
        painter.translate(layout.paper.narrow_mm * PER_MM, 0)
        side_top = foot_top - FOOT_GAP_MM - height_mm(layout.side)
        _draw_document(painter, layout.side, side_top, None)


def _draw_cut(painter: QPainter, paper: Paper) -> None:
    """Draw where the copies are cut apart, at the painter's origin."""
    pen = QPen(_CUT, _CUT_MM * PER_MM)
    pen.setDashPattern(_CUT_DASH)
    painter.setPen(pen)
    margin = paper.margin_mm * PER_MM
    painter.drawLine(QLineF(margin, 0, paper.width_mm * PER_MM - margin, 0))


def _draw_document(
    painter: QPainter, document: QTextDocument, top_mm: float, slice_mm: tuple[float, float] | None
) -> None:
    painter.save()
    start, height = slice_mm or (0.0, height_mm(document))
    painter.translate(0, (top_mm - start) * PER_MM)
    whole = height == height_mm(document)
    area = QRectF(0, start * PER_MM, document.size().width(), height * PER_MM)
    draw_document(painter, document, None if whole else area)
    painter.restore()


def _draw_across(painter: QPainter, layout: Layout) -> None:
    """Draw the marks across one copy of a page, often enough on a long one."""
    paper = layout.paper
    marks = layout.manuscript.across
    if not marks:
        return
    rows = max(len(marks), round(paper.height_mm / paper.width_mm / _ROW_SHARE))
    for row in range(rows):
        middle = QPointF(paper.width_mm / 2, paper.height_mm * (row + 0.5) / rows) * PER_MM
        _draw_mark(painter, marks[row % len(marks)], middle, paper, rows)


def _draw_mark(painter: QPainter, text: str, middle: QPointF, paper: Paper, rows: int) -> None:
    size = paper.width_mm * PER_MM * _WATERMARK_SHARE / len(text)
    painter.save()
    painter.translate(middle)
    painter.rotate(_WATERMARK_ANGLE)
    shape = QPainterPath()
    shape.addText(0, 0, font(min(size, paper.height_mm * PER_MM / rows), bold=True), text)
    # The font's strokes overlap; merged, they show one outline and no seams.
    shape.setFillRule(Qt.FillRule.WindingFill)
    shape = shape.simplified()
    painter.translate(-shape.boundingRect().center())
    painter.setPen(QPen(_WATERMARK_EDGE, _WATERMARK_LINE_MM * PER_MM))
    painter.setBrush(_WATERMARK)
    painter.drawPath(shape)
    painter.restore()
