"""A column that scrolls when it must and keeps its width when it does.

A scroll bar that takes its room only when needed makes the column narrower,
which may make it lower, which removes the bar: such a column never settles.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
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


class StillPlace(NamedTuple):
    """Something looked at, and how far below the top of the view it begins."""

    widget: QWidget
    place: int


class GutterScroll(ColumnScroll):
    """A column in which nothing moves sideways when scrolling starts.

    Nor up or down, where what stands above something that is looked at grows.
    """

    def __init__(self, name: str, held: QWidget, parent: QWidget) -> None:
        super().__init__(name, held, parent)
        keep_gutter(self)
        self._pointer = QCursor.pos()

    def looked_at(self, focused: QWidget | None) -> StillPlace | None:
        """Return what is to stay: below a pointer that moves, else the focus.

        Args:
            focused: What has the focus in the column.
        """
        before, self._pointer = self._pointer, QCursor.pos()
        below = self.childAt(self.mapFromGlobal(self._pointer))
        moved = before != self._pointer and below not in {None, self.viewport(), self.widget()}
        looked = below if moved else focused
        if looked is None:
            return None
        place = self._place_of(looked)
        return StillPlace(looked, place) if 0 <= place < self.viewport().height() else None

    def keep_place(self, looked: StillPlace | None) -> None:
        """Scroll so far that what is looked at begins again where it did before.

        Args:
            looked: As ``looked_at`` told it before; what is gone meanwhile is left.
        """
        if looked is not None and self.isAncestorOf(looked.widget):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self._place_of(looked.widget) - looked.place)

    def _place_of(self, widget: QWidget) -> int:
        return widget.mapTo(self.viewport(), QPoint()).y()
