"""Combo boxes and tab bars that ignore the mouse wheel.

Whoever scrolls a page does not mean the box under the pointer. An open list
scrolls as usual: it is a window of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QTabBar

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class ChoiceBox(QComboBox):
    """A list to choose one thing from, by keys or by a click."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Override QComboBox.wheelEvent: what lies around it scrolls instead."""
        event.ignore()


class Tabs(QTabBar):
    """Tabs to choose one page by, by keys or by a click."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Override QTabBar.wheelEvent: what lies around it scrolls instead."""
        event.ignore()
