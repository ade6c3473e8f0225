"""The question before a list is numbered: counts, reasons, two answers.

Shows a question's lines and emits which answer was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...look.icons import dress_button
from ...shortcuts import key_of
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label
from .roster_words import question_lines, question_title

if TYPE_CHECKING:
    from medcounter.desk.roster.roster_question import RosterQuestion


class RosterQuestionBox(QFrame):
    """The question over the list; hidden while there is none.

    Signals:
        answered: Whether the list is to be issued.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("roster_question")
        em = self.fontMetrics().height()
        self._title = plain_label("roster_question_title", self)
        self._lines = plain_label("roster_question_lines", self)
        self._title.setProperty("role", "heading")
        self._decline = self._button("roster_decline", "先不出")
        self._confirm = self._button("roster_confirm", "出单")
        dress_button(self._confirm, "roster_issue", primary=True)
        self._confirm.setProperty("role", "primary")
        self._decline.clicked.connect(self._on_decline_clicked)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        row = QHBoxLayout()
        row.setSpacing(em // 2)
        row.addStretch()
        row.addWidget(self._decline)
        row.addWidget(self._confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(*([em * 2 // 3] * 4))
        column.setSpacing(em // 3)
        column.addWidget(self._title)
        column.addWidget(self._lines)
        column.addLayout(row)
        self.hide()

    def show_question(self, question: RosterQuestion | None) -> None:
        """Show what is asked, with the keys on the way that changes nothing."""
        if question is not None:
            show_text(self._title, question_title(question))
            show_text(self._lines, "\n".join(question_lines(question)))
            self._confirm.setText(f"出单 {question.new} 张  {key_of('roster_confirm')}")
        appears = question is not None and not self.isVisible()
        self.setVisible(question is not None)
        if appears:
            self._decline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(f"{text}  {key_of(name)}", self)
        button.setObjectName(f"{name}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button

    def _on_decline_clicked(self) -> None:
        self.answered.emit(False)

    def _on_confirm_clicked(self) -> None:
        self.answered.emit(True)
