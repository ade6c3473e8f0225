"""The year as a strip: not covered, waiting, covered, month by month.

Draws lines and areas, so that paper shows it as sharp as text. Waiting is
hatched and covered is dark, so that no colour is needed to tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from medcounter.dates import year_end, year_start
from medcounter.notice.content.notice import Benefits, BenefitSpan, SpanKind

from ..look.fonts import sheet_font
from .units import PER_MM

INK = QColor(0x1A, 0x1A, 0x1A)
SOFT = QColor(0x50, 0x50, 0x50)
PAPER = QColor(0xFF, 0xFF, 0xFF)
_DARK = QColor(0x2E, 0x2E, 0x2E)
_MONTHS = 12
_HAIR = 0.12 * PER_MM
_HATCH = 1.1 * PER_MM
_MARKER = 2.9 * PER_MM
_ARROW = 1.5 * PER_MM
_BAR = 5.0 * PER_MM
_SMALL = 2.3 * PER_MM
_LABEL = 2.9 * PER_MM
_PAD = 1.0 * PER_MM
_MONTHS_STRIP = 3.4 * PER_MM
_NAME_WIDTH = 19.0 * PER_MM
# A label no higher than this share of its bar keeps off the bar's edges.
_LABEL_SHARE = 0.8
_LABELS: dict[SpanKind, str] = {"none": "无待遇", "wait": "等待期", "cover": "享受待遇"}


def draw_timeline(painter: QPainter, rect: QRectF, benefits: Benefits) -> None:
    """Draw a benefit year in layout units.

    Args:
        painter: Put where it was when this returns.
        rect: The place; bar, marker and months share its height.
        benefits: Whose spans to draw.
    """
    painter.save()
    bar = QRectF(rect.left(), rect.top() + _MARKER, rect.width(), _BAR)
    year = benefits.year[0].start.year
    for span in benefits.year:
        _draw_span(painter, _part(bar, year, span), span)
    painter.setPen(QPen(INK, _HAIR))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    _draw_months(painter, bar, year, rect.bottom())
    if benefits.payment_date.year == year:
        _draw_payment(painter, bar, benefits.payment_date)
    painter.restore()


def draw_years(
    painter: QPainter, rect: QRectF, years: Sequence[tuple[str, tuple[BenefitSpan, ...]]]
) -> None:
    """Draw the years of several people below each other, with one line of months.

    Args:
        painter: Put where it was when this returns.
        rect: The place; the months have a strip at its bottom.
        years: Names, cut where they are long, and spans of one year each.
    """
    painter.save()
    line = (rect.height() - _MONTHS_STRIP) / len(years)
    bar = QRectF(rect)
    bar.setLeft(rect.left() + _NAME_WIDTH)
    for place, (name, spans) in enumerate(years):
        top = rect.top() + place * line
        bar.setTop(top)
        bar.setHeight(line - _PAD / 2)
        _draw_name(painter, QRectF(rect.left(), top, bar.left() - rect.left() - _PAD, line), name)
        for span in spans:
            _draw_span(painter, _part(bar, spans[0].start.year, span), span)
        painter.setPen(QPen(INK, _HAIR))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
    _draw_months(painter, bar, years[0][1][0].start.year, rect.bottom())
    painter.restore()


def _draw_name(painter: QPainter, rect: QRectF, name: str) -> None:
    painter.setFont(font(_LABEL))
    painter.setPen(INK)
    metrics = QFontMetricsF(painter.font())
    text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)


def font(size: float, *, bold: bool = False) -> QFont:
    """Return the sheet's font in a height of layout units."""
    given = sheet_font()
    given.setPixelSize(round(size))
    given.setBold(bold)
    return given


def _x(bar: QRectF, day: date, *, after: bool = False) -> float:
    """Find where a day begins, or where it ends."""
    first, last = year_start(day.year), year_end(day.year)
    share = ((day - first).days + int(after)) / ((last - first).days + 1)
    return bar.left() + share * bar.width()


def _part(bar: QRectF, year: int, span: BenefitSpan) -> QRectF:
    left = _x(bar, max(span.start, year_start(year)))
    right = _x(bar, min(span.end, year_end(year)), after=True)
    return QRectF(left, bar.top(), right - left, bar.height())


def _draw_span(painter: QPainter, part: QRectF, span: BenefitSpan) -> None:
    painter.fillRect(part, _DARK if span.kind == "cover" else PAPER)
    if span.kind == "wait":
        _draw_hatch(painter, part)
    text = _LABELS[span.kind]
    size = min(_LABEL, part.height() * _LABEL_SHARE)
    painter.setFont(font(size, bold=span.kind != "none"))
    width = QFontMetricsF(painter.font()).horizontalAdvance(text)
    if width + 2 * _PAD > part.width():
        return
    plate = QRectF(0, 0, width + 2 * _PAD, part.height() - 2 * _HAIR)
    plate.moveCenter(part.center())
    if span.kind == "wait":
        painter.fillRect(plate, PAPER)
    painter.setPen(PAPER if span.kind == "cover" else INK)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def _draw_hatch(painter: QPainter, part: QRectF) -> None:
    painter.save()
    painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(INK, _HAIR * 1.5))
    x = part.left() - part.height()
    while x < part.right():
        painter.drawLine(QLineF(x, part.bottom(), x + part.height(), part.top()))
        x += _HATCH
    painter.restore()
    painter.setPen(QPen(INK, _HAIR))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(part)


def _draw_months(painter: QPainter, bar: QRectF, year: int, bottom: float) -> None:
    painter.setFont(font(_SMALL))
    for month in range(1, _MONTHS + 1):
        left = _x(bar, date(year, month, 1))
        right = bar.right() if month == _MONTHS else _x(bar, date(year, month + 1, 1))
        painter.setPen(QPen(INK, _HAIR))
        painter.drawLine(QLineF(left, bar.bottom(), left, bar.bottom() + _PAD))
        painter.setPen(SOFT)
        cell = QRectF(left, bar.bottom(), right - left, bottom - bar.bottom())
        fits = QFontMetricsF(painter.font()).horizontalAdvance(f"{_MONTHS}月") <= cell.width()
        text = f"{month}月" if fits else f"{month}"
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(QPen(INK, _HAIR))
    painter.drawLine(QLineF(bar.right(), bar.bottom(), bar.right(), bar.bottom() + _PAD))


def _draw_payment(painter: QPainter, bar: QRectF, day: date) -> None:
    x = _x(bar, day)
    tip = QPointF(x, bar.top())
    head = [tip, tip + QPointF(-_ARROW / 2, -_ARROW), tip + QPointF(_ARROW / 2, -_ARROW)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(INK)
    painter.drawPolygon(QPolygonF(head))
    painter.setFont(font(_SMALL))
    painter.setPen(INK)
    text = f"缴费 {day.month}月{day.day}日"
    width = QFontMetricsF(painter.font()).horizontalAdvance(text)
    left = x + _ARROW
    if left + width > bar.right():
        left = x - _ARROW - width
    place = QRectF(left, bar.top() - _MARKER, width + _PAD, _MARKER)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
