"""A table cell that shows a short word as a badge, as in the result.

Paints; the value of the cell names the tone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ..look.theme import palette_in_use
from ..look.tones import ground_of, ink_of, kind_tone
from .record_model import RAW_ROLE

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_INSET = 0.12


class BadgeDelegate(QStyledItemDelegate):
    """Draws the cell's text on a plate; the raw value chooses its colours."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Override QStyledItemDelegate.paint: a plate behind the word."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not text:
            return
        # The stubs of PySide6 6.8.3 do not know the fields of a style option.
        cell: Any = option
        colors = palette_in_use()
        tone = kind_tone(str(index.data(RAW_ROLE)))
        ink, ground = ink_of(colors, tone), ground_of(colors, tone)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(cell.font)
        metrics = painter.fontMetrics()
        inset = metrics.height() * _INSET
        rect = QRectF(cell.rect).adjusted(1.0, inset, -1.0, -inset)
        plate = metrics.height() + inset
        if rect.height() > plate * 1.5:
            rect.adjust(0, (rect.height() - plate) / 2, 0, -(rect.height() - plate) / 2)
        rect.setWidth(min(rect.width(), metrics.horizontalAdvance(text) + metrics.height() * 0.6))
        painter.setPen(QPen(QColor(ink), 1.0))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect, inset * 2, inset * 2)
        painter.setPen(QColor(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
