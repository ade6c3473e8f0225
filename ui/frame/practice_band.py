"""The band above every view that says this is practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy

from ..look import theme
from ..shortcuts import key_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget


class PracticeBand(QLabel):
    """A striped band in large letters; hidden at a real counter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("practice_band")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "heading")
        self.setText(
            f"练习 · 居民是编的，编号不算数，单子不能交给居民　"
            f"{key_of('practice_cases')} 选练习题　{key_of('practice')} 回到正式办理"
        )
        self.setAccessibleName(self.text())
        self.setFixedHeight(self.fontMetrics().height() * 2)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QLabel.paintEvent: stripes under the words."""
        colors = theme.palette_in_use()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.wait_fill))
        stripes = QBrush(QColor(colors.wait), Qt.BrushStyle.BDiagPattern)
        words = self.fontMetrics().horizontalAdvance(self.text()) + 2 * self.fontMetrics().height()
        side = max(0, (self.width() - words) // 2)
        painter.fillRect(0, 0, side, self.height(), stripes)
        painter.fillRect(self.width() - side, 0, side, self.height(), stripes)
        painter.end()
        super().paintEvent(event)
