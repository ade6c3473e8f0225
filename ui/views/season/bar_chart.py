"""Bars: upright along a stretch of time, or lying one below the other.

Draws what it is given, on the screen and on paper alike. Every bar has its
label and, where there is room, its figure: colour says nothing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...look import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_ROUND_STEPS = (1, 2, 5, 10)
_MOST_LINES = 4
_WIDEST_BAR = 3.5
_NO_BARS = "还没有通知单"


class ChartBar(NamedTuple):
    """One bar.

    Attributes:
        label: What it counts.
        value: How long it is, at least 0.
        words: The value as it is written.
    """

    label: str
    value: int
    words: str


class Chart(NamedTuple):
    """What is drawn.

    Attributes:
        title: What the bars count.
        bars: From left to right, or from top to bottom.
        upright: Whether they stand, along time.
        unit: One of the value in its smallest step, for the lines behind
            upright bars: 1 for notices, 100 for fen shown as yuan.
    """

    title: str
    bars: tuple[ChartBar, ...]
    upright: bool
    unit: int = 1


class ChartInk(NamedTuple):
    """The colours of a drawing."""

    text: QColor
    muted: QColor
    line: QColor
    bar: QColor


def screen_ink() -> ChartInk:
    """Return the colours of the theme in use."""
    colors = theme.palette_in_use()
    names = (colors.text, colors.muted, colors.line, colors.accent)
    return ChartInk(*map(QColor, names))


def draw_chart(
    painter: QPainter, rect: QRectF, chart: Chart, ink: ChartInk
) -> tuple[tuple[QRectF, str], ...]:
    """Draw a chart in the painter's font.

    Returns:
        Where each bar that is seen lies, with the words for it.
    """
    line = float(painter.fontMetrics().height())
    bold = QFont(painter.font())
    bold.setBold(True)
    plain = painter.font()
    painter.setFont(bold)
    painter.setPen(ink.text)
    painter.drawText(QRectF(rect.left(), rect.top(), rect.width(), line), _START, chart.title)
    painter.setFont(plain)
    body = rect.adjusted(0, line * 1.4, 0, 0)
    if not any(bar.value for bar in chart.bars):
        painter.setPen(ink.muted)
        painter.drawText(body, _CENTER, _NO_BARS)
        return ()
    return (_upright if chart.upright else _lying)(painter, body, chart, ink)


def _upright(
    painter: QPainter, rect: QRectF, chart: Chart, ink: ChartInk
) -> tuple[tuple[QRectF, str], ...]:
    metrics = painter.fontMetrics()
    line = float(metrics.height())
    top, step = _scale(max(bar.value for bar in chart.bars), chart.unit)
    marks = [f"{value // chart.unit:,}" for value in range(0, top + 1, step)]
    axis = max(metrics.horizontalAdvance(mark) for mark in marks) + line / 2
    # Above the highest line lies the figure of the highest bar, below the lowest the labels.
    body = rect.adjusted(axis, line * 1.1, -line / 4, -line * 1.3)
    for number, mark in enumerate(marks):
        y = body.bottom() - body.height() * number * step / top
        painter.setPen(QPen(ink.line, 0))
        painter.drawLine(round(body.left()), round(y), round(body.right()), round(y))
        painter.setPen(ink.muted)
        painter.drawText(QRectF(rect.left(), y - line / 2, axis - line / 2, line), _END, mark)
    slot = body.width() / len(chart.bars)
    width = min(slot * 0.72, line * _WIDEST_BAR)
    widest = max(metrics.horizontalAdvance(bar.label) for bar in chart.bars) + line / 2
    each = max(1, -int(-widest // slot))
    written = all(metrics.horizontalAdvance(bar.words) <= slot for bar in chart.bars)
    placed = []
    for number, bar in enumerate(chart.bars):
        middle = body.left() + slot * (number + 0.5)
        height = body.height() * bar.value / top
        box = QRectF(middle - width / 2, body.bottom() - height, width, height)
        painter.fillRect(box, ink.bar)
        painter.setPen(ink.text)
        if written and bar.value:
            above = QRectF(middle - slot / 2, box.top() - line, slot, line)
            painter.drawText(above, _CENTER, bar.words)
        painter.setPen(ink.muted)
        if number % each == 0:
            below = QRectF(middle - widest, body.bottom() + line * 0.2, 2 * widest, line)
            painter.drawText(below, _CENTER, bar.label)
        seen = QRectF(middle - slot / 2, body.top(), slot, body.height() + line)
        placed.append((seen, f"{bar.label} {bar.words}"))
    return tuple(placed)


def _lying(
    painter: QPainter, rect: QRectF, chart: Chart, ink: ChartInk
) -> tuple[tuple[QRectF, str], ...]:
    metrics = painter.fontMetrics()
    line = float(metrics.height())
    height = line * 1.5
    room = max(1, int(rect.height() // height))
    shown = chart.bars if len(chart.bars) <= room else chart.bars[: room - 1]
    left = min(
        max(metrics.horizontalAdvance(bar.label) for bar in chart.bars) + line / 2,
        rect.width() * 0.45,
    )
    right = max(metrics.horizontalAdvance(bar.words) for bar in chart.bars) + line / 2
    length = max(rect.width() - left - right, line)
    longest = max(bar.value for bar in chart.bars)
    placed = []
    for number, bar in enumerate(shown):
        row = QRectF(rect.left(), rect.top() + number * height, rect.width(), height)
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, round(left - line / 2))
        painter.setPen(ink.text)
        painter.drawText(QRectF(row.left(), row.top(), left, height), _START, label)
        box = QRectF(row.left() + left, row.top() + height * 0.2, 0, height * 0.6)
        box.setWidth(length * bar.value / longest)
        painter.fillRect(box, ink.bar)
        words = QRectF(box.right() + line / 4, row.top(), right, height)
        painter.drawText(words, _START, bar.words)
        placed.append((row, f"{bar.label} {bar.words}"))
    if len(shown) < len(chart.bars):
        row = QRectF(rect.left(), rect.top() + len(shown) * height, rect.width(), height)
        painter.setPen(ink.muted)
        painter.drawText(row, _START, f"另有 {len(chart.bars) - len(shown)} 项，在表格里")
    return tuple(placed)


def _scale(highest: int, unit: int) -> tuple[int, int]:
    """Return the value of the highest line and the step between lines.

    At most four lines above the ground, at round figures of the unit.
    """
    power = unit
    while True:
        for factor in _ROUND_STEPS:
            step = power * factor
            lines = -(-highest // step)
            if lines <= _MOST_LINES:
                return lines * step, step
        power *= 10


class BarChart(QWidget):
    """A chart on the screen; what is under the pointer is told in a tip."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: Chart | None = None
        self._placed: tuple[tuple[QRectF, str], ...] = ()

    def show_chart(self, chart: Chart) -> None:
        """Draw other bars; the same again cost nothing."""
        if chart != self._chart:
            self._chart = chart
            self.setAccessibleName(chart.title)
            words = [f"{bar.label} {bar.words}" for bar in chart.bars if bar.value]
            self.setAccessibleDescription("，".join(words) or _NO_BARS)
            self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: room for a title and some bars."""
        line = self.fontMetrics().height()
        return QSize(22 * line, 12 * line)

    def minimumSizeHint(self) -> QSize:
        """Override QWidget.minimumSizeHint: fewer lines, but a chart still."""
        line = self.fontMetrics().height()
        return QSize(14 * line, 9 * line)

    def event(self, event: QEvent) -> bool:
        """Override QWidget.event: tell the bar under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = [text for box, text in self._placed if box.contains(event.pos().toPointF())]
            QToolTip.showText(event.globalPos(), "".join(words[:1]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QWidget.paintEvent: draw the chart."""
        del event
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().toRectF()
        self._placed = draw_chart(painter, rect, self._chart, screen_ink())
        painter.end()
