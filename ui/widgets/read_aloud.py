"""Information for screen readers: roles, and what has just changed.

Adds to what Qt reports about a widget by itself; paints nothing.
"""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible
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


class Announcer(QObject):
    """Announces changes without moving the focus, each once.

    Signals:
        announced: The text that a screen reader was given.
    """

    announced = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("announcer")
        self._about = parent
        self._last = ""

    def announce(self, text: str) -> None:
        """Announce a text, unless it was the last one announced."""
        if text == self._last:
            return
        self._last = text
        if QAccessible.isActive():
            _announce(self._about, text)
        self.announced.emit(text)


def _announce(about: QWidget, text: str) -> None:
    """Have a screen reader say a text.

    Qt 6.7, which arm64 ships with, knows no announcements: there the text becomes the widget's
    description, whose change is told to readers.
    """
    announcement = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if announcement is None:
        about.setAccessibleDescription(text)
    else:
        QAccessible.updateAccessibility(announcement(about, text))
