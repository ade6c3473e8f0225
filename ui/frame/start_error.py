"""Why the counter could not be opened, and what can be done now.

Shown in the window in place of the desk; what was typed is kept behind it.
Emits which way out was pressed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..widgets.field_edit import show_state, show_text
from ..widgets.flow_layout import FlowLayout
from ..widgets.labels import plain_label

if TYPE_CHECKING:
    from medcounter.desk.recovery.startup_trouble import Trouble

    from ..messages import Message

RESTORE, DRILL, LOOK = "restore_backup", "drill_backup", "look_at_backup"
CHOOSE_BACKUP, FIND_KEY = "choose_backup", "find_key"
GO_ON, CHOOSE_FOLDER, STAY = "go_on", "choose_folder", "stay_here"
_BY_OFFER = (
    (RESTORE, "恢复这个备份…"),
    (DRILL, "先演练一遍"),
    (LOOK, "只看备份，不出单"),
)
_BY_CAUSE = (
    (GO_ON, "用应急台账继续出单…"),
    (CHOOSE_BACKUP, "从别处的备份恢复…"),
    (FIND_KEY, "找回密钥文件…"),
    (CHOOSE_FOLDER, "换一个数据文件夹…"),
    (STAY, "仍然放在这里"),
)


class StartError(QWidget):
    """A page with the sentence, what it blocks and the ways out.

    Signals:
        retried: The user wants to open the counter again.
        left: The user wants to end the program.
        pressed: Name of another way on.
    """

    retried = Signal()
    left = Signal()
    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("start_error")
        em = self.fontMetrics().height()
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setMaximumWidth(em * 44)
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * em, em * 3 // 2, 2 * em, em * 3 // 2)
        column.setSpacing(em * 3 // 4)
        title = QLabel("⚠ 柜台没有打开", card)
        title.setObjectName("start_error_title")
        title.setProperty("role", "heading")
        self._text = plain_label("start_error_text", card)
        self._blocked = plain_label("start_error_blocked", card)
        self._blocked.setProperty("role", "muted")
        show_text(
            self._blocked,
            "打开之前不能测算，也不能出单和查台账；已出的通知单没有受影响，已经填写的内容还在。",
        )
        self._offer = plain_label("start_error_offer", card)
        self._offer.setProperty("role", "alert")
        self._alert = plain_label("start_error_said", card)
        self._alert.setProperty("role", "alert")
        self._ways: dict[str, QPushButton] = {}
        for widget in (title, self._text, self._blocked, self._offer):
            column.addWidget(widget)
        column.addWidget(self._make_ways(_BY_OFFER, card, em))
        column.addWidget(self._alert)
        column.addWidget(self._make_ways(_BY_CAUSE, card, em))
        column.addLayout(self._make_buttons(card, em))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card, 8)
        middle.addStretch()
        outer.addLayout(middle)
        outer.addStretch(3)

    def show_trouble(self, trouble: Trouble) -> None:
        """Show what is wrong and every way on; Enter tries again."""
        show_text(self._text, trouble.text)
        offer = trouble.offer
        show_text(self._offer, "" if offer is None else offer.text)
        self._offer.setVisible(offer is not None)
        can = {
            RESTORE: offer is not None,
            DRILL: offer is not None,
            LOOK: offer is not None,
            GO_ON: trouble.can_go_on,
            CHOOSE_BACKUP: trouble.can_choose_backup,
            FIND_KEY: trouble.kind == "key",
            CHOOSE_FOLDER: trouble.kind in {"folder", "synced"},
            STAY: trouble.kind == "synced",
        }
        for name, button in self._ways.items():
            button.setVisible(can[name])
        self._alert.hide()
        self.set_busy(busy=False)
        self._retry.setFocus()

    def show_message(self, message: Message) -> None:
        """Show what became of a way on, below the offer."""
        show_text(self._alert, message.text)
        show_state(self._alert, message.tone)
        self._alert.show()

    def set_busy(self, *, busy: bool) -> None:
        """Disable every way on while one is being taken."""
        for button in (*self._ways.values(), self._retry):
            button.setEnabled(not busy)

    def _make_ways(self, ways: tuple[tuple[str, str], ...], card: QFrame, em: int) -> QWidget:
        room = QWidget(card)
        row = FlowLayout(room, em // 2)
        for name, text in ways:
            self._ways[name] = self._make_way(name, text, card)
            row.addWidget(self._ways[name])
        return room

    def _make_way(self, name: str, text: str, card: QFrame) -> QPushButton:
        button = QPushButton(text, card)
        button.setObjectName(f"{name}_button")
        button.setAutoDefault(True)
        button.clicked.connect(partial(self.pressed.emit, name))
        return button

    def _make_buttons(self, card: QFrame, em: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(em // 2)
        self._retry = QPushButton("再试一次  Enter", card)
        self._retry.setObjectName("retry_button")
        self._retry.setProperty("role", "primary")
        self._retry.setAutoDefault(True)
        self._retry.clicked.connect(self.retried)
        leave = QPushButton("退出程序", card)
        leave.setObjectName("leave_button")
        leave.clicked.connect(self.left)
        row.addWidget(self._retry)
        row.addWidget(leave)
        row.addStretch()
        return row
