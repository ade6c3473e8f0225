"""A menu of acts: what may be done with the thing that was pointed at.

Shows each act with its key, as the table of shortcuts has it; does none itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from ..shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint

_KEYS = {entry.action: entry.keys[0] for entry in SHORTCUTS}


class MenuRow(NamedTuple):
    """One row of a menu.

    Attributes:
        act: What is told when it is chosen; empty for a line between groups.
        text: What it does, in a few Chinese words.
        can: Whether it may be chosen now.
        key: Act of the table of shortcuts whose key is shown; its own when empty.
        checked: Whether it is on; None where it cannot be.
    """

    act: str
    text: str
    can: bool = True
    key: str = ""
    checked: bool | None = None


LINE = MenuRow("", "")


def open_menu(
    owner: QWidget, name: str, rows: Sequence[MenuRow], do: Callable[[str], object], at: QPoint
) -> QMenu:
    """Open a menu over a widget; it is gone once something was chosen or not.

    Args:
        owner: What was pointed at.
        name: The menu's object name; its rows are named by it and their act.
        rows: From the top.
        do: Takes the act that was chosen.
        at: Where, on the screen.
    """
    menu = QMenu(owner)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for row in rows:
        if not row.act:
            menu.addSeparator()
            continue
        key = _KEYS.get(row.key or row.act, "")
        action = QAction(f"{row.text}\t{key}" if key else row.text, menu)
        action.setObjectName(f"{name}_{row.act}")
        action.setEnabled(row.can)
        if row.checked is not None:
            action.setCheckable(True)
            action.setChecked(row.checked)
        action.triggered.connect(partial(_chosen, do, row.act))
        menu.addAction(action)
    menu.popup(at)
    return menu


def menu_place(widget: QWidget, event: QContextMenuEvent) -> QPoint:
    """Return where a menu opens: at the pointer, or on the widget for the Menu key."""
    if event.reason() == QContextMenuEvent.Reason.Mouse:
        return event.globalPos()
    return widget.mapToGlobal(widget.rect().center())


def copy_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def _chosen(do: Callable[[str], object], act: str, *_checked: bool) -> None:
    do(act)
