"""Hold key presses back while a secret is checked, and deliver them afterwards.

Checking takes a third of a second. Whoever types on meanwhile loses no key: each
one reaches the field that has the keys once the check is over.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from .slices import make_timer


class HeldKeys(QObject):
    """The keys of one such while; Esc is never held."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        # The key press that starts holding is still being delivered, from widget to parent.
        self._soon = make_timer(self, 0, once=True)
        self._soon.timeout.connect(self._listen)

    def hold(self) -> None:
        """Keep back every key that comes after this one."""
        self.drop()
        self._soon.start()

    def release(self) -> None:
        """Let them go to what has the keys now."""
        held = tuple(self._held)
        self.drop()
        for event in held:
            focused = QApplication.focusWidget()
            if focused is not None:
                QCoreApplication.sendEvent(focused, event)

    def drop(self) -> None:
        """Keep back none any more, and forget those kept."""
        self._soon.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._held.clear()

    def _listen(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: keep a press before anything sees it."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if not is_press or not isinstance(event, QKeyEvent) or event.key() == Qt.Key.Key_Escape:
            return super().eventFilter(watched, event)
        if not event.isAutoRepeat():
            self._held.append(event.clone())
        return True
