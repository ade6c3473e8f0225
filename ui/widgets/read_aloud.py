"""Information for screen readers: roles, and what has just changed.

Adds to what Qt reports about a widget by itself; paints nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

LIST = QAccessible.Role.List
LIST_ITEM = QAccessible.Role.ListItem


def present_as(widget: QWidget, role: QAccessible.Role) -> QAccessibleWidget:
    """Let a widget be read as something else than its class.

    Returns:
        What must live as long as the widget: Qt keeps no hold of it.
    """
    presented = QAccessibleWidget(widget, role)
    QAccessible.registerAccessibleInterface(presented)
    return presented


class Herald(QObject):
    """Announces changes without moving the focus, each once.

    Signals:
        said: The text that a screen reader was given.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("herald")
        self._about = parent
        self._last = ""

    def say(self, text: str) -> None:
        """Announce a text, unless it was the last one announced."""
        if text == self._last:
            return
        self._last = text
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._about, text))
        self.said.emit(text)
