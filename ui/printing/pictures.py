"""The drawn parts of a sheet, at the places where its HTML names them.

An image called ``notice:timeline`` there is drawn here by the painter; its
width and height are tenths of a millimetre. Reads no image file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPyTextObject, QTextDocument, QTextFormat

from medcounter.notice.sheet.manuscript import SPECIMEN, VOID, Manuscript
from medcounter.notice.sheet.qr import qr_rows

from .units import PER_MM
from .year_strip import INK, SOFT, draw_timeline, draw_years, font

if TYPE_CHECKING:
    from collections.abc import Callable

_TENTHS = 10
_HAIR = 0.12 * PER_MM
_DASH = (6.0, 4.0)
_LABEL = 2.6 * PER_MM
_SIGN_LINE = 0.85
_PAD = 1.5 * PER_MM
# What of a sheet a picture shows; the others look the same on each.
SHOWN: dict[str, Callable[[Manuscript], object]] = {
    "notice:timeline": lambda written: written.benefits,
    "notice:years": lambda written: written.years,
    "notice:qr": lambda written: (written.qr, written.across),
}


class Pictures(QPyTextObject):
    """Draws timeline, QR picture, stamp box, lines and boxes of one sheet."""

    def __init__(self, written: Manuscript, parent: QTextDocument) -> None:
        super().__init__(parent)
        self._written = written
        self._painters = {
            "notice:timeline": self._draw_timeline,
            "notice:years": self._draw_years,
            "notice:qr": self._draw_qr,
            "notice:stamp": self._draw_stamp_box,
            "notice:line": self._draw_line,
            "notice:box": self._draw_box,
        }

    def intrinsicSize(self, _doc: QTextDocument, _position: int, wanted: QTextFormat) -> QSizeF:
        """Override QPyTextObject.intrinsicSize: tenths of a millimetre."""
        image = wanted.toImageFormat()
        return QSizeF(image.width(), image.height()) * (PER_MM / _TENTHS)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _position: int,
        wanted: QTextFormat,
    ) -> None:
        """Override QPyTextObject.drawObject: draw the picture named."""
        painter.save()
        self._painters[wanted.toImageFormat().name()](painter, QRectF(rect))
        painter.restore()

    def _draw_timeline(self, painter: QPainter, rect: QRectF) -> None:
        if self._written.benefits is not None:
            draw_timeline(painter, rect, self._written.benefits)

    def _draw_years(self, painter: QPainter, rect: QRectF) -> None:
        draw_years(painter, rect, self._written.years)

    def _draw_qr(self, painter: QPainter, rect: QRectF) -> None:
        text = self._written.qr
        if not text:
            painter.setPen(_dashed())
            painter.drawRect(rect)
            painter.setFont(font(2 * _LABEL, bold=True))
            why = VOID if VOID in self._written.across else SPECIMEN
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, why)
            return
        rows = qr_rows(text)
        side, left, top = rect.width() / len(rows), rect.left(), rect.top()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        # At once: each dot on its own is a path of its own in a PDF.
        painter.drawRects(
            [
                QRectF(left + place * side, top + line * side, side, side)
                for line, dots in enumerate(rows)
                for place, dark in enumerate(dots)
                if dark
            ]
        )

    def _draw_stamp_box(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(_dashed())
        painter.drawRect(rect)
        painter.setPen(SOFT)
        painter.setFont(font(_LABEL))
        inside = rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft, "经办机构章")

    def _draw_line(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(INK, _HAIR))
        y = rect.top() + rect.height() * _SIGN_LINE
        painter.drawLine(QLineF(rect.left(), y, rect.right(), y))

    def _draw_box(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(INK, _HAIR))
        painter.drawRect(rect)


def _dashed() -> QPen:
    pen = QPen(SOFT, _HAIR)
    pen.setDashPattern(_DASH)
    return pen
