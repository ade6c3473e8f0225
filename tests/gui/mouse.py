"""A mouse that clicks what the table of the mouse's ways names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from ui.mouse_ways import DOUBLE, MENU, RIGHT, ROW

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

_LEFT = Qt.MouseButton.LeftButton


def seen(root: QWidget, name: str) -> QWidget:
    """The one widget of this name that a clerk sees and may press."""
    named: list[QWidget] = list(root.findChildren(QWidget, name))
    found = [one for one in named if one.isVisible() and one.isEnabled()]
    assert found, f"{name} is not to be seen, or cannot be pressed"
    return found[0]


def click(window: CounterWindow, *names: str) -> None:
    """Click one thing after another, each as the table says."""
    for name in names:
        _click(window.shell, name)
        QApplication.processEvents()


def _click(root: QWidget, name: str) -> None:
    if name.startswith(MENU):
        _choose(name.removeprefix(MENU))
    elif name.startswith((ROW, DOUBLE)):
        _click_row(seen(root, name.partition(":")[2]), twice=name.startswith(DOUBLE))
    elif name.startswith(RIGHT):
        point_at(seen(root, name.removeprefix(RIGHT)))
    else:
        QTest.mouseClick(seen(root, name), _LEFT)


def point_at(widget: QWidget, at: QPoint | None = None) -> None:
    """Press the right button on a widget."""
    place = widget.rect().center() if at is None else at
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)


def _click_row(table: QWidget, *, twice: bool) -> None:
    assert isinstance(table, QAbstractItemView)
    first = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), _LEFT, pos=first)
    if twice:
        QTest.mouseDClick(table.viewport(), _LEFT, pos=first)


def _choose(name: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.objectName(): action for action in menu.actions()}
    action: QAction = actions[name]
    QTest.mouseClick(menu, _LEFT, pos=menu.actionGeometry(action).center())
