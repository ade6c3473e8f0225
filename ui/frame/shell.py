"""The top-level window: its first frame, and the place for everything else.

The first frame is the bar and the field a resident begins with, so that it
appears at once, and what is typed before the rest is loaded is kept. It avoids
Qt's large ``Qt`` namespace, whose first use costs as much as the frame itself
(PySide6 6.8.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QMainWindow, QWidget

from ..widgets.painted_once import PaintedOnce

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QResizeEvent

TITLE = "医保缴费测算台"
_FIELD = "id_number"


class FirstFrame(PaintedOnce):
    """The bar with the program's name, and the first field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("first_frame")
        self._em = self.fontMetrics().height()
        self._bar = QLabel(TITLE, self)
        self._bar.setObjectName("first_bar")
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        label = QLabel("证件号码", self)
        label.setProperty("role", "label")
        label.setGeometry(self._em * 5 // 4, self._em * 3, self._em * 4, self._em * 5 // 3)
        self.field = QLineEdit(self)
        self.field.setObjectName(_FIELD)
        self.field.setAccessibleName("证件号码")
        self.field.setGeometry(self._em * 5, self._em * 3, self._em * 18, self._em * 5 // 3)
        label.setBuddy(self.field)
        self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: the bar goes along the upper edge."""
        super().resizeEvent(event)
        em, width, height = self._em, self.width(), self.height()
        self._bar.setGeometry(0, 0, width, em * 2)
        self._card.setGeometry(em // 2, em * 5 // 2, width * 44 // 100, height - em * 5)


class Shell(QMainWindow):
    """The window on the desktop.

    Signals:
        first_painted: The first frame was drawn, the rest may be made now.
        frame_painted: What was shown last is on the screen.
        closing: The window is about to close.

    Attributes:
        may_close: Says whether it may; if not, is given what closes it none the
            less, for who agrees to that.
    """

    first_painted = Signal()
    frame_painted = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.may_close: Callable[[Callable[[], object]], bool] = _always
        self.setObjectName("shell")
        self.setWindowTitle(TITLE)
        self._first = FirstFrame(self)
        self._first.painted.connect(self.first_painted)
        self.setCentralWidget(self._first)

    def typed(self) -> str:
        """Return what was typed into the first frame."""
        return self._first.field.text()

    def take(self, window: QWidget) -> None:
        """Put the whole window in the place of the first frame."""
        self.setCentralWidget(window)
        window.show()

    def event(self, event: QEvent) -> bool:
        """Override QMainWindow.event: tell when a frame was painted."""
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            self.frame_painted.emit()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override QMainWindow.closeEvent: the draft is kept first."""
        if not self.may_close(self._close_at_once):
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _close_at_once(self) -> None:
        self.may_close = _always
        self.close()

    def come_to_front(self) -> None:
        """Let the clerk see the window that another copy was started for."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - slow to import at start-up

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)


def _always(_close: object) -> bool:
    return True
