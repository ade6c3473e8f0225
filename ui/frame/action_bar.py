"""The lower edge: the message strip, and the actions available now.

Shows an outcome's message and emits which action was pressed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ..look.icons import dress_button
from ..messages import LOADING, Message, marked, outcome_message
from ..shortcuts import key_of
from ..widgets.field_edit import show_state, show_text

if TYPE_CHECKING:
    from medcounter.desk.evaluate.household import Gathering
    from medcounter.desk.evaluate.outcome import Outcome

_ISSUE = "出单并打印"
_BUTTONS = (
    ("step_back", "清空", ""),
    ("why", "为什么", ""),
    ("preview", "预览", ""),
    ("issue", _ISSUE, "primary"),
)


class ActionBar(QFrame):
    """Message strip and buttons.

    Signals:
        pressed: Name of the act, as in the table of shortcuts.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("action_bar")
        em = self.fontMetrics().height()
        row = QHBoxLayout(self)
        row.setContentsMargins(em * 3 // 4, em // 4, em * 3 // 4, em // 4)
        row.setSpacing(em // 2)
        self._strip = QLabel(self)
        self._strip.setObjectName("message_strip")
        self._strip.setTextFormat(Qt.TextFormat.PlainText)
        # A message may hold a number or a date: it takes a second line, none is cut.
        self._strip.setWordWrap(True)
        self._strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._strip.setProperty("role", "strip")
        self._strip.setAccessibleName("提示")
        row.addWidget(self._strip, 1)
        self._buttons = {name: self._make(name, text, role) for name, text, role in _BUTTONS}
        for button in self._buttons.values():
            row.addWidget(button)
        self._able(preview=False, issue=False)
        self.show_message(LOADING)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what stands in the way, and open what may be done."""
        self.show_message(outcome_message(outcome))
        self._able(preview=outcome.can_issue, issue=outcome.can_issue)

    def show_gathering(self, gathering: Gathering) -> None:
        """Say on the button how many are issued together."""
        count = len(gathering.rows)
        together = f"全户 {count} 人出单" if count > 1 else _ISSUE
        text = f"{together}  {key_of('issue')}"
        button = self._buttons["issue"]
        if button.text() != text:
            button.setText(text)
            button.setAccessibleName(together)

    def show_issued(self) -> None:
        """Close what was just done, until something else is typed."""
        self._able(preview=False, issue=False)

    def show_message(self, message: Message) -> None:
        """Show one message until the next outcome or message."""
        show_text(self._strip, marked(message))
        show_state(self._strip, message.tone)

    def _able(self, *, preview: bool, issue: bool) -> None:
        self._buttons["preview"].setEnabled(preview)
        self._buttons["issue"].setEnabled(issue)

    def _make(self, name: str, text: str, role: str) -> QPushButton:
        button = QPushButton(f"{text}  {key_of(name)}", self)
        button.setObjectName(f"{name}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.setProperty("role", role)
        dress_button(button, name, primary=bool(role))
        button.clicked.connect(partial(self.pressed.emit, name))
        return button
