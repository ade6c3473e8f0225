"""The lower edge: the message strip, and the actions available now.

Shows an outcome's message and emits which action was pressed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ..look.icons import dress_button
from ..messages import LOADING, Message, outcome_message
from ..shortcuts import key_of, shortcut
from ..widgets.message_row import FolderButton, MessageText

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from medcounter.desk.evaluate.household import Gathering
    from medcounter.desk.evaluate.outcome import Outcome

_ISSUE = "出单并打印"
_PARK, _UNPARK = "暂放", "取回"
_UNDO = "undo"
_BUTTONS = (
    (_UNDO, "撤销", ""),
    ("new_person", "下一位", ""),
    ("new_member", "加一人", ""),
    ("park", _PARK, ""),
    ("why", "为什么", ""),
    ("preview", "预览", ""),
    ("issue", _ISSUE, "primary"),
)
# A bar of less than so many heights of a line leaves the keys to the tips.
_ROOM_FOR_KEYS = 70


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
        # Two lines of a message are higher than a button: the rest belongs to the form.
        row.setContentsMargins(em * 3 // 4, 1, em * 3 // 4, 1)
        row.setSpacing(em // 2)
        # A message may hold a number or a date: a second line has its place beforehand.
        self._strip = MessageText("message_strip", self, 2)
        row.addWidget(self._strip, 1)
        self._folder = FolderButton("message_folder", self)
        row.addWidget(self._folder)
        self._buttons = {name: self._make(name, text, role) for name, text, role in _BUTTONS}
        for button in self._buttons.values():
            row.addWidget(button)
        self._words = {name: text for name, text, _ in _BUTTONS}
        self._able(preview=False, issue=False)
        self.show_message(LOADING)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what stands in the way, and open what may be done."""
        self.show_message(outcome_message(outcome))
        self._able(preview=outcome.can_issue, issue=outcome.can_issue)

    def show_waiting(self, count: int, blank: bool) -> None:  # noqa: FBT001 - the signal's own
        """Count who waits; with nobody at the counter the button takes them back.

        Args:
            count: Households that lie aside.
            blank: Whether nobody is served now.
        """
        if not count:
            self._say("park", _PARK)
        else:
            self._say("park", f"{_UNPARK if blank else _PARK}（{count} 户在等）")

    def show_gathering(self, gathering: Gathering) -> None:
        """Say on the button how many are issued together."""
        count = len(gathering.rows)
        self._say("issue", f"全户 {count} 人出单" if count > 1 else _ISSUE)

    def show_issued(self) -> None:
        """Close what was just done, until something else is typed."""
        self._able(preview=False, issue=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: a narrow bar leaves the keys to the tips."""
        super().resizeEvent(event)
        for name, words in self._words.items():
            self._say(name, words)

    def show_message(self, message: Message) -> None:
        """Show one message until the next outcome or message."""
        self._strip.show_message(message)
        self._folder.show_message(message)

    def _able(self, *, preview: bool, issue: bool) -> None:
        self._buttons["preview"].setEnabled(preview)
        self._buttons["issue"].setEnabled(issue)

    def _say(self, name: str, words: str) -> None:
        """Write a button's words, and its key where there is room."""
        self._words[name] = words
        button = self._buttons[name]
        wide = self.width() >= _ROOM_FOR_KEYS * self.fontMetrics().height()
        text = "" if name == _UNDO else f"{words}  {key_of(name)}" if wide else words
        if button.text() != text:
            button.setText(text)
        button.setAccessibleName(words)

    def _make(self, name: str, text: str, role: str) -> QPushButton:
        button = QPushButton("" if name == _UNDO else text, self)
        button.setObjectName(f"{name}_button")
        button.setAccessibleName(text)
        button.setToolTip(f"{shortcut(name).label}（{key_of(name)}）")
        button.setAutoDefault(False)
        button.setProperty("role", role)
        dress_button(button, name, primary=bool(role))
        button.clicked.connect(partial(self.pressed.emit, name))
        return button
