"""The benefit year of a stored notice as one small bar.

Draws the given spans in proportion to their days; computes no span.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...look import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from medcounter.notice.content.notice import BenefitSpan

_SMALLER = 0.85
_LABELS = {"none": "无待遇", "wait": "等待期", "cover": "享受待遇"}


class LedgerSpanBar(QWidget):
    """A year's spans side by side; hatched means waiting, full means cover."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("detail_year")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spans: tuple[BenefitSpan, ...] = ()

    def show_spans(self, spans: tuple[BenefitSpan, ...]) -> None:
        """Show these spans, which follow one another without a gap."""
        self._spans = spans
        sentence = "；".join(f"{_LABELS[span.kind]} {span.start} 至 {span.end}" for span in spans)
        self.setAccessibleName(sentence)
        self.setToolTip(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: as high as a line of text is."""
        return QSize(self.fontMetrics().averageCharWidth() * 20, self.fontMetrics().height() * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QWidget.paintEvent: each span as wide as its days."""
        del event
        if not self._spans:
            return
        first = self._spans[0].start.toordinal()
        days = self._spans[-1].end.toordinal() + 1 - first
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = self.height() / 2
        for span in self._spans:
            left = (span.start.toordinal() - first) * self.width() / days
            right = (span.end.toordinal() + 1 - first) * self.width() / days
            self._draw(painter, span.kind, QRectF(left, 0, right - left, bar))
        self._write_months(painter, bar)
        painter.end()

    def _draw(self, painter: QPainter, kind: str, rect: QRectF) -> None:
        colors = theme.palette_in_use()
        fills = {"none": colors.quiet_fill, "wait": colors.wait_fill, "cover": colors.cover_fill}
        painter.fillRect(rect, QColor(fills[kind]))
        if kind == "wait":
            hatch = QBrush(QColor(colors.wait), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(rect, hatch)

    def _write_months(self, painter: QPainter, top: float) -> None:
        painter.setPen(QColor(theme.palette_in_use().muted))
        font = self.font()
        font.setPixelSize(round(font.pixelSize() * _SMALLER))
        painter.setFont(font)
        width = self.width() / 12
        for month in range(1, 13):
            place = QRectF((month - 1) * width, top, width, self.height() - top)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"{month}")
