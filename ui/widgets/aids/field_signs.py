"""Small buttons inside a field, at its right end: a calendar, steps, a clock.

As high as the field, so that they can be hit; named, so that they are read aloud.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QToolButton

from ...look.icons import icon
from ...look.theme import palette_in_use

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit

# Heights of a line that a field keeps for what is typed; below that its signs are left out.
_ROOM_FOR_TEXT = 5
_SIDE = 24


class FieldSigns(QObject):
    """The buttons of one field, from left to right."""

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._signs: list[tuple[str, QToolButton]] = []
        edit.installEventFilter(self)

    def add(self, sign: str, tip: str, do: Callable[[], object]) -> None:
        """Add a button.

        Args:
            sign: Its icon; with the field's name its object name.
            tip: What it does and its key, shown and read aloud.
            do: Does it.
        """
        button = QToolButton(self._edit)
        button.setObjectName(f"{self._edit.objectName()}_{sign}")
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setProperty("role", "sign")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(do)
        self._signs.append((sign, button))
        self._dress()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: another size or theme places and tints anew."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.StyleChange:
            self._dress()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        edit = self._edit
        side = max(_SIDE, edit.height() - 2)
        width = side * len(self._signs)
        fits = edit.width() - width >= _ROOM_FOR_TEXT * edit.fontMetrics().height()
        edit.setTextMargins(0, 0, width if fits else 0, 0)
        for number, (_, button) in enumerate(self._signs):
            left = edit.width() - width + side * number - 1
            button.setGeometry(left, (edit.height() - side) // 2, side, side)
            button.setVisible(fits)

    def _dress(self) -> None:
        size = self._edit.fontMetrics().ascent()
        for sign, button in self._signs:
            button.setIcon(icon(sign, palette_in_use().muted, size))
            button.setIconSize(QSize(size, size))
