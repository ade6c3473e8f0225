"""A column that scrolls when it must and keeps its width when it does.

A scroll bar that takes its room only when needed makes the column narrower,
which may make it lower, which removes the bar: such a column never settles.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from .column_scroll import ColumnScroll


def keep_gutter(area: QAbstractScrollArea) -> None:
    """Keep the bar's room free; the bar itself is seen only when needed."""
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setVerticalScrollBar(_GutterBar(area))


class _GutterBar(QScrollBar):
    """A bar whose handle the style sheet leaves out while there is no range."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setEnabled(False)
        self.rangeChanged.connect(self._on_range_changed)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        self.setEnabled(highest > 0)


class GutterScroll(ColumnScroll):
    """A column in which nothing moves sideways when scrolling starts."""

    def __init__(self, name: str, held: QWidget, parent: QWidget) -> None:
        super().__init__(name, held, parent)
        keep_gutter(self)
