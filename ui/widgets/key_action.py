"""A key of one widget, as the table of shortcuts gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from ..shortcuts import shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
ANYWHERE = Qt.ShortcutContext.WindowShortcut


def add_key(
    widget: QWidget,
    act: str,
    do: Callable[[], object],
    where: Qt.ShortcutContext = INSIDE,
    *,
    repeats: bool = True,
) -> None:
    """Let the keys of an act do it in a widget.

    Args:
        widget: Has the keys.
        act: As the table of shortcuts names it.
        do: Does it.
        where: Where the cursor must be for it.
        repeats: Whether a key held down does it again and again.
    """
    entry = shortcut(act)
    action = QAction(entry.label, widget)
    action.setObjectName(act)
    action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
    action.setShortcutContext(where)
    action.setAutoRepeat(repeats)
    action.triggered.connect(do)
    widget.addAction(action)
