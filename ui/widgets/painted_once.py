"""A page that signals when it is first painted.

Avoids Qt's large ``Qt`` namespace, since the first frame is such a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class PaintedOnce(QWidget):
    """A widget that signals when it is first painted.

    Signals:
        painted: It and what is in it are on the screen; comes once.
    """

    painted = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._was_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QWidget.paintEvent: tell of the first one."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # Taken up only after the children are painted and all is flushed.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def customEvent(self, event: QEvent) -> None:
        """Override QObject.customEvent: the first frame is on the screen."""
        super().customEvent(event)
        self.painted.emit()
