"""What comes next once a draft has left its author: a sentence, and its buttons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ...shortcuts import key_of
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label

if TYPE_CHECKING:
    from .studio_state import NextSteps

_MOST_WAYS = 3


class NextStrip(QFrame):
    """One line above a form that nobody changes any more.

    Signals:
        pressed: An act of the table of shortcuts.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_next")
        self._acts: tuple[str, ...] = ()
        self._text = plain_label("studio_next_text", self, "banner")
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        self._buttons = tuple(self._button(number, row) for number in range(_MOST_WAYS))
        self.hide()

    def show_steps(self, steps: NextSteps) -> None:
        """Show what comes next; an empty text hides the line."""
        show_text(self._text, steps.text)
        self._acts = tuple(act for act, _ in steps.ways)
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(steps.ways))
            if number < len(steps.ways):
                act, label = steps.ways[number]
                button.setText(f"{label}  {key_of(act)}")
                button.setAccessibleName(label)
        self.setVisible(bool(steps.text))

    def _button(self, number: int, row: QHBoxLayout) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"studio_next_{number}")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._press, number))
        row.addWidget(button)
        return button

    def _press(self, number: int) -> None:
        self.pressed.emit(self._acts[number])
