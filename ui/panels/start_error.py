"""Why the counter could not be opened, and what can be done now.

Shown in the window in place of the desk; what was typed stays behind it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from .field_edit import show_text


class StartError(QWidget):
    """A calm page with the sentence, what it blocks and the way on.

    Signals:
        retried: The user wants to open the counter again.
        left: The user wants to end the program.
    """

    retried = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("start_error")
        em = self.fontMetrics().height()
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setMaximumWidth(em * 40)
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * em, 2 * em, 2 * em, 2 * em)
        column.setSpacing(em)
        title = QLabel("⚠ 柜台没有打开", card)
        title.setObjectName("start_error_title")
        title.setProperty("role", "heading")
        self._text = self._make_text("start_error_text", card)
        self._blocked = self._make_text("start_error_blocked", card)
        self._blocked.setProperty("role", "muted")
        show_text(
            self._blocked,
            "打开之前不能测算，也不能出单和查台账；已出的通知单没有受影响，已经填写的内容还在。",
        )
        for label in (title, self._text, self._blocked):
            column.addWidget(label)
        column.addLayout(self._make_buttons(card, em))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card, 8)
        middle.addStretch()
        outer.addLayout(middle)
        outer.addStretch(3)

    def show_error(self, text: str) -> None:
        """Show the sentence of the error; Enter tries again."""
        show_text(self._text, text)
        self._retry.setFocus()

    def _make_text(self, name: str, card: QFrame) -> QLabel:
        label = QLabel(card)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _make_buttons(self, card: QFrame, em: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(em // 2)
        self._retry = QPushButton("再试一次  Enter", card)
        self._retry.setObjectName("retry_button")
        self._retry.setProperty("role", "primary")
        self._retry.setAutoDefault(True)
        self._retry.clicked.connect(self._on_retry_clicked)
        leave = QPushButton("退出程序", card)
        leave.setObjectName("leave_button")
        leave.clicked.connect(self._on_leave_clicked)
        row.addWidget(self._retry)
        row.addWidget(leave)
        row.addStretch()
        return row

    def _on_retry_clicked(self) -> None:
        self.retried.emit()

    def _on_leave_clicked(self) -> None:
        self.left.emit()
