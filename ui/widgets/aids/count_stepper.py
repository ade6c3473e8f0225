"""Plus and minus in a field for a small count, and the arrow keys for them.

Writes the count as if it had been typed; an empty field counts as none.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from .field_signs import FieldSigns

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
        signs = FieldSigns(edit)
        for step, sign, tip in _STEPS:
            signs.add(sign, tip, partial(self._step, step))
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: the arrows step."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
            and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self._step(_KEYS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        typed = self._edit.text().strip()
        if typed and not typed.isdecimal():
            return
        count = min(max(int(typed or "0") + step, 0), _MOST)
        text = str(count) if count else ""
        if text != self._edit.text():
            self._edit.setText(text)
            self._edit.textEdited.emit(text)
