"""A small chart: how many people pay with how many days of the window left.

Draws the given counts as bars; counts nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ...look.theme import palette_in_use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

_BOUNDS = ((0, "最后一天"), (7, "7 天内"), (30, "30 天内"), (90, "90 天内"), (10_000, "更早"))
_UNDATED = "未定"


def groups(by_days_left: Mapping[int | None, int]) -> tuple[tuple[str, int], ...]:
    """Put days into a few groups, each with its people; empty ones stay.

    Args:
        by_days_left: Days from payment to the window's last day, to people;
            None where no source dates the window.
    """
    counted = dict.fromkeys((name for _, name in _BOUNDS), 0)
    for days, people in by_days_left.items():
        if days is not None:
            counted[next(name for bound, name in _BOUNDS if days <= bound)] += people
    undated = by_days_left.get(None, 0)
    return (*counted.items(), *(((_UNDATED, undated),) if undated else ()))


class DaysLeft(QWidget):
    """Bars, the last days first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("roster_days_left")
        self._bars: tuple[tuple[str, int], ...] = ()

    def show_groups(self, bars: tuple[tuple[str, int], ...]) -> None:
        """Show these bars."""
        self._bars = bars
        counts = "，".join(f"{name} {people} 人" for name, people in bars)
        self.setAccessibleName(f"缴费时距时段结束：{counts}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: one line a bar."""
        em = self.fontMetrics().height()
        return QSize(em * 12, em * 3 // 2 * max(len(self._bars), 1))

    def minimumSizeHint(self) -> QSize:
        """Override QWidget.minimumSizeHint: no bar is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QWidget.paintEvent: name, bar, number, line by line."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = palette_in_use()
        em, metrics = self.fontMetrics().height(), self.fontMetrics()
        most = max((people for _, people in self._bars), default=0) or 1
        left = max((metrics.horizontalAdvance(name) for name, _ in self._bars), default=0) + em // 2
        right = metrics.horizontalAdvance(f"{most} 人") + em // 2
        room = max(self.width() - left - right, 0)
        for place, (name, people) in enumerate(self._bars):
            line = QRectF(0, place * em * 1.5, self.width(), em * 1.5)
            painter.setPen(QColor(colors.muted))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), name)
            bar = QRectF(left, line.top() + em * 0.3, room * people / most, em * 0.9)
            painter.fillRect(bar, QColor(colors.accent))
            painter.setPen(QColor(colors.text))
            number = QRectF(bar.right() + em // 3, line.top(), right, line.height())
            painter.drawText(number, int(Qt.AlignmentFlag.AlignVCenter), f"{people} 人")
        painter.end()
