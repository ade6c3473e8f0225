"""Simulated typing: key and input-method events sent to the focused widget.

Sends events only; never calls a widget's own methods to change it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST_TABS = 60
_CLICK_MS = 1000


class FocusLostError(MedCounterError):
    """窗口里没有能接收按键的地方，演示停在这里；请把这句话告诉技术支持。"""


class Typist:
    """Types into whatever has the focus.

    Attributes:
        pressed: How many keys were pressed; one for each character that an
            input method committed.
    """

    def __init__(self) -> None:
        self.pressed = 0

    def focused(self) -> QWidget:
        """Return the widget that keys go to: in the dialog on top, if one is open.

        A window system makes a window active after it opens or after one
        above it closes; this waits for that, as a clerk does.

        Raises:
            FocusLostError: No window of the program is open or active.
        """
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return _inside(popup)
        window = QApplication.activeModalWidget() or _topmost()
        if not window.isActiveWindow():
            window.activateWindow()
            if not QTest.qWaitForWindowActive(window):
                raise FocusLostError
        return _inside(window)

    def press(self, *keys: str) -> None:
        """Press keys one after another, such as ``Ctrl+2`` or ``Return``."""
        for key in keys:
            self.pressed += 1
            widget, down = self.focused(), _buttons_down()
            QTest.keySequence(widget, QKeySequence(key))
            _come_to_rest(down)

    def type(self, text: str) -> None:
        """Type a text: ASCII by keys, all else as an input method commits it."""
        for character in text:
            self.pressed += 1
            if character.isascii():
                QTest.keyClicks(self.focused(), character)
            else:
                event = QInputMethodEvent()
                event.setCommitString(character)
                QCoreApplication.sendEvent(self.focused(), event)
            QCoreApplication.processEvents()

    def tab_to(self, name: str) -> None:
        """Press Tab until the widget of this object name has the focus.

        Raises:
            FocusLostError: Tab does not lead there.
        """
        for _ in range(_MOST_TABS):
            if self.focused().objectName() == name:
                return
            self.pressed += 1
            QTest.keyClick(self.focused(), Qt.Key.Key_Tab)
            QCoreApplication.processEvents()
        raise FocusLostError(f"按 Tab 走不到“{name}”，演示停在这里；请把这句话告诉技术支持。")


def _buttons_down() -> list[QAbstractButton]:
    window = QApplication.activeWindow()
    if window is None:
        return []
    buttons: list[QAbstractButton] = list(window.findChildren(QAbstractButton))
    return [button for button in buttons if button.isDown()]


def _come_to_rest(down_before: list[QAbstractButton]) -> None:
    """Let the program do what is due: no clerk types faster than it paints.

    A button pressed by its shortcut is shown down for a moment before it
    counts as clicked.
    """
    QCoreApplication.processEvents()
    for button in _buttons_down():
        if button not in down_before:
            QSignalSpy(button.clicked).wait(_CLICK_MS)


def _inside(window: QWidget) -> QWidget:
    focused: QWidget | None = window.focusWidget()
    return window if focused is None else focused


def _topmost() -> QWidget:
    """Return the window that a window system would make active: a dialog first."""
    focusless = Qt.WindowType.WindowDoesNotAcceptFocus
    shown = [
        window
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and not window.windowFlags() & focusless
    ]
    dialogs = [window for window in shown if isinstance(window, QDialog)]
    if not shown:
        raise FocusLostError
    return (dialogs or shown)[-1]
