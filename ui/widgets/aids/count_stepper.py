"""Plus and minus in a field for a small count, and the arrow keys for them.

Writes the count as if it had been typed; an empty field counts as none.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent

from ...look.icons import icon
from ...look.theme import palette_in_use

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

_STEPS = ((1, "add", "加一，↑"), (-1, "less", "减一，↓"))
_KEYS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_MOST = 99


class CountStepper(QObject):
    """The two signs in a field."""

    def __init__(self, edit: QLineEdit) -> None:
        """Give a field for a count its steps."""
        super().__init__(edit)
        self._edit = edit
        self._signs: dict[str, QAction] = {}
        for step, sign, tip in _STEPS:
            action = QAction(tip, edit)
            action.setToolTip(tip)
            action.setObjectName(f"{edit.objectName()}_{sign}")
            action.triggered.connect(partial(self._step, step))
            edit.addAction(action, edit.ActionPosition.TrailingPosition)
            self._signs[sign] = action
        edit.installEventFilter(self)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: the arrows step; another theme tints anew."""
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
        elif (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
            and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._step(_KEYS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        size = self._edit.fontMetrics().ascent()
        for sign, action in self._signs.items():
            action.setIcon(icon(sign, palette_in_use().muted, size))

    def _step(self, step: int) -> None:
        typed = self._edit.text().strip()
        if typed and not typed.isdecimal():
            return
        count = min(max(int(typed or "0") + step, 0), _MOST)
        text = str(count) if count else ""
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.textEdited.emit(text)
