"""Detects that nobody has touched the counter for some minutes.

Watches the program's windows, not each widget: a keystroke costs one check. What
an input method composes reaches no window, only the field with the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

_MINUTE_MS = 60_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class Idle(QObject):
    """Watches for activity at the counter.

    Signals:
        due: Nobody was there for as long as is set.
        touched: Somebody is there.
    """

    due = Signal()
    touched = Signal()

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        """Start watching.

        Args:
            minutes: Gives the minutes that are set; 0 for never.
            parent: Its owner.
        """
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.due)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._watch)
            application.focusObjectChanged.connect(self._watch)
            self._watch(application.focusWindow())
            self._watch(application.focusObject())
        self.touch()

    def touch(self) -> None:
        """Start counting again: somebody is there."""
        minutes = self._minutes()
        if minutes:
            self._timer.start(minutes * _MINUTE_MS)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: see keys and mouse, keep none of them."""
        if event.type() in _TOUCHES:
            self.touch()
            self.touched.emit()
        return super().eventFilter(watched, event)

    def _watch(self, watched: QObject | None) -> None:
        if watched is not None:
            watched.removeEventFilter(self)
            watched.installEventFilter(self)
