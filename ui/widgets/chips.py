"""Choices shown as chips: ticked with a key or a click.

Tab enters the strip once, the arrow keys move within it, Space ticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QWidget

from ..look import theme
from .flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent, QPaintEvent

_STEP = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Chip(QPushButton):
    """One choice; ticked it has a corner with a tick, not only a colour."""

    def __init__(self, code: str, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.code = code
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QPushButton.keyPressEvent: arrows and Enter are the strip's."""
        if event.key() in {*_STEP, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QPushButton.paintEvent: a ticked chip gets its corner."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        colors = theme.palette_in_use()
        size = self.fontMetrics().height() * 0.62
        right, bottom = self.width() - 1.0, self.height() - 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(right - size, bottom),
                    QPointF(right, bottom - size),
                    QPointF(right, bottom),
                ]
            )
        )
        painter.setPen(QPen(QColor(colors.on_accent), size * 0.13))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(right - size * 0.5, bottom - size * 0.26),
                    QPointF(right - size * 0.34, bottom - size * 0.12),
                    QPointF(right - size * 0.1, bottom - size * 0.42),
                ]
            )
        )
        painter.end()


class ChipStrip(QWidget):
    """A strip of chips for one field.

    Signals:
        ticked: A chip's code and whether it is ticked now.
    """

    ticked = Signal(str, bool)

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("state", "")
        self._label = label
        self._flow = FlowLayout(self, gap=self.fontMetrics().height() // 4)
        self._chips: list[Chip] = []

    def show_choices(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """Offer other choices: code, text and hint of each."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.setParent(None)
            chip.deleteLater()
        self._chips = [self._make(*choice) for choice in choices]
        if self._chips:
            self._chips[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def take_focus(self) -> None:
        """Let the keys walk the strip from its first chip."""
        if self._chips:
            self._chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Return the chips in the order the arrow keys walk them."""
        return tuple(self._chips)

    def show_ticked(self, codes: Iterable[str]) -> None:
        """Tick exactly the chips of these codes."""
        wanted = set(codes)
        for chip in self._chips:
            chip.setChecked(chip.code in wanted)

    def ticked_codes(self) -> tuple[str, ...]:
        """Return the codes that are shown as ticked, in the strip's order."""
        return tuple(chip.code for chip in self._chips if chip.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: the arrows walk the strip."""
        step = _STEP.get(Qt.Key(event.key()))
        here = next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        self._chips[(here + step) % len(self._chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, code: str, text: str, hint: str) -> Chip:
        chip = Chip(code, text, self)
        chip.setObjectName(f"{self.objectName()}_{code.replace('-', '_')}")
        chip.setAccessibleName(f"{self._label}:{text}")
        chip.setToolTip(hint)
        chip.clicked.connect(self._on_chip_clicked)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.ticked.emit(chip.code, chip.isChecked())
