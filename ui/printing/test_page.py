"""The printer test page: a ruler on each side, crosses, corner marks.

Drawn at the printer's offset like everything else, so a second page shows the
effect of the offset. Counts nothing and names nobody.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from .ink import BLACK, on_paper
from .print_jobs import PageJob
from .units import PER_MM
from .year_strip import font

if TYPE_CHECKING:
    from medcounter.notice.sheet.paper import Paper
    from medcounter.settings import Offset

CROSS_MM = 20.0
_LINE_MM = 0.15
_ARM_MM = 4.5
_CORNER_MM = 8.0
_INSET_MM = 10.0
_TEN = 10
_TICKS_MM = {_TEN: 4.0, 5: 2.8, 1: 1.6}
_TEXT_MM = 3.2
_ROLL_SHARE = 1.4
_TITLE = "打印位置测试页"


def test_page_job(paper: Paper, offset: Offset) -> PageJob:
    """Describe the page for the printer that an offset is of."""
    page = replace(paper, height_mm=size_mm(paper)[1], copies=())
    draw_page = partial(draw_test_page, paper=paper, offset=offset)
    return PageJob(draw_page, page, _TITLE, offset)


def draw_test_page(
    painter: QPainter, _page: int, dots_per_mm: float, *, paper: Paper, offset: Offset
) -> None:
    """Draw the page with the paper's top left corner at the painter's origin.

    Args:
        painter: Active; put where it was when this returns.
        dots_per_mm: How many of the painter's units make a millimetre.
        paper: Gives width and height; of a roll, a short piece is taken.
        offset: Named on the page.
    """
    width, height = size_mm(paper)
    with on_paper(painter, dots_per_mm):
        painter.setPen(QPen(BLACK, _LINE_MM * PER_MM))
        _draw_corners(painter, width, height)
        for x in (CROSS_MM, width - CROSS_MM):
            for y in (CROSS_MM, height - CROSS_MM):
                _draw_cross(painter, x, y)
        _draw_ruler(painter, width - 2 * _INSET_MM, across=True)
        _draw_ruler(painter, height - 2 * _INSET_MM, across=False)
        _draw_words(painter, width, height, offset)


def size_mm(paper: Paper) -> tuple[float, float]:
    """Return width and height of the page."""
    height = paper.width_mm * _ROLL_SHARE if paper.roll else paper.sheet_height_mm
    return paper.width_mm, height


def _draw_corners(painter: QPainter, width: float, height: float) -> None:
    for x, inward in ((_INSET_MM, 1), (width - _INSET_MM, -1)):
        for y, down in ((_INSET_MM, 1), (height - _INSET_MM, -1)):
            _line(painter, (x, y), (x + inward * _CORNER_MM, y))
            _line(painter, (x, y), (x, y + down * _CORNER_MM))


def _draw_cross(painter: QPainter, x: float, y: float) -> None:
    _line(painter, (x - _ARM_MM, y), (x + _ARM_MM, y))
    _line(painter, (x, y - _ARM_MM), (x, y + _ARM_MM))
    radius = _ARM_MM / 3 * PER_MM
    painter.drawEllipse(QPointF(x, y) * PER_MM, radius, radius)


def _draw_ruler(painter: QPainter, length: float, *, across: bool) -> None:
    """Draw millimetres along the top or the left, counted from the paper's edge."""
    painter.setFont(font(2.4 * PER_MM))
    first, last = round(_INSET_MM), round(_INSET_MM + length)
    for place in range(first, last + 1):
        tick = next(mm for step, mm in _TICKS_MM.items() if place % step == 0)
        ends = ((place, _INSET_MM), (place, _INSET_MM - tick))
        start, end = ends if across else tuple((y, x) for x, y in ends)
        _line(painter, start, end)
        if place % _TEN == 0 and place > first:
            x, y = (place, _INSET_MM + 2.2) if across else (_INSET_MM + 3.4, place)
            box = _scaled(QRectF(x - 4, y - 1.5, 8, 3))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{place}")


def _draw_words(painter: QPainter, width: float, height: float, offset: Offset) -> None:
    painter.setFont(font(_TEXT_MM * PER_MM))
    lines = (
        f"{_TITLE}，不是通知单",
        f"打印机：{offset.printer}",
        f"纸张：{width:.0f}×{height:.0f} 毫米",
        f"现用偏移：向右 {offset.x / 10:.1f}，向下 {offset.y / 10:.1f} 毫米",
        f"每个十字的中心应离最近的两边各 {CROSS_MM:.0f} 毫米。",
        "量得偏右几毫米，就把“向右”减去几毫米；偏下同理。",
        "两条标尺应与真尺相合；不合时请在打印机驱动里关掉缩放。",
    )
    left, top = _INSET_MM + _CORNER_MM, CROSS_MM + _ARM_MM + 2
    box = QRectF(left, top, width - 2 * left, height - 2 * top)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(_scaled(box), flags, "\n".join(lines))


def _scaled(box: QRectF) -> QRectF:
    return QRectF(box.topLeft() * PER_MM, box.size() * PER_MM)


def _line(painter: QPainter, start: tuple[float, float], end: tuple[float, float]) -> None:
    painter.drawLine(QLineF(QPointF(*start) * PER_MM, QPointF(*end) * PER_MM))
