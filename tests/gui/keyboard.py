"""A keyboard whose keys carry the times a window system gives them.

Fingers and card readers differ by these times alone, so tests need not wait.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication


class Keyboard:
    """Keys that go to what has the focus."""

    def __init__(self) -> None:
        self.now = 1000

    def press(self, text: str, gap: int, key: Qt.Key = Qt.Key.Key_unknown) -> None:
        self.now += gap
        code = key.value if key is not Qt.Key.Key_unknown else ord(text.upper())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self.now)
            target = QApplication.focusWidget()
            assert target is not None
            QCoreApplication.sendEvent(target, event)

    def type(self, text: str, gap: int) -> None:
        for sign in text:
            self.press(sign, gap)

    def read(self, text: str, gap: int = 8) -> None:
        """What a reader does: its text, then Enter."""
        self.now += 5000
        self.type(text, gap)
        self.press("\r", gap, Qt.Key.Key_Return)
