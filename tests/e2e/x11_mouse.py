"""A mouse at a real screen: the X server gets the clicks, the window manager the focus."""

from __future__ import annotations

import subprocess
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from tests.e2e.x11_hands import X11Hands, until
from ui.mouse_ways import DOUBLE, MENU, RIGHT, ROW

if TYPE_CHECKING:
    from ui.frame.shell import Shell


class Clicks(QObject):
    """Counts each button that goes down in a window of the program."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.heard = 0
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Override QObject.eventFilter: only listens."""
        presses = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
        if isinstance(watched, QWindow) and event.type() in presses:
            self.heard += 1
        return False


class X11Mouse(X11Hands):
    """Clicks what is seen, by the names of the table of the mouse's ways.

    Attributes:
        clicked: How many clicks were made.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.clicked = 0
        self._clicks = Clicks(shell)

    def click(self, *names: str) -> None:
        """Click one thing after another."""
        for name in names:
            button = "3" if name.startswith(RIGHT) else "1"
            times = 2 if name.startswith(DOUBLE) else 1
            found: list[QPoint] = []
            assert until(partial(_look_for, name, found)), name
            self._press_at(found[-1], button, times)

    def write(self, field: str, text: str) -> None:
        """Click a field and type into it; typing is not counted."""
        self.click(field)
        assert until(lambda: self.focused().objectName() == field)
        self.type(text)

    def _press_at(self, place: QPoint, button: str, times: int) -> None:
        self.clicked += times
        before = self._clicks.heard
        words = ["mousemove", "--sync", str(place.x()), str(place.y())]
        repeated = ["--repeat", str(times), "--delay", "60"] if times > 1 else []
        sender = subprocess.Popen(["xdotool", *words, "click", *repeated, button])
        assert until(lambda: self._clicks.heard >= before + times)
        sender.wait()
        self.rest()


def _look_for(name: str, found: list[QPoint]) -> bool:
    """Find where a thing is seen now on the screen, and may be pressed."""
    if name.startswith(MENU):
        return _look_in_menu(name.removeprefix(MENU), found)
    bare = name.partition(":")[2] if ":" in name else name
    top = QApplication.activeModalWidget() or QApplication.activeWindow()
    named: list[QWidget] = [] if top is None else list(top.findChildren(QWidget, bare))
    for widget in named:
        if not (widget.isVisible() and widget.isEnabled()):
            continue
        if name.startswith((ROW, DOUBLE)) and isinstance(widget, QAbstractItemView):
            if widget.model().rowCount() == 0:
                continue
            place = widget.visualRect(widget.model().index(0, 0)).center()
            found.append(widget.viewport().mapToGlobal(place))
        else:
            found.append(widget.mapToGlobal(widget.rect().center()))
        return True
    return False


def _look_in_menu(name: str, found: list[QPoint]) -> bool:
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return False
    for action in menu.actions():
        if action.objectName() == name:
            found.append(menu.mapToGlobal(menu.actionGeometry(action).center()))
            return True
    return False
