"""The day view: a day's figures, its closes, and days left open.

Shows a DayState and emits what the clerk wants.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from medcounter.desk.day.day_lines import facts
from medcounter.money import show_money
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.wording.terms import STATE_WORDS, UNCONFIRMED

from ...look.tones import COVER, WAIT
from ...widgets.field_edit import show_state, show_text
from ...widgets.key_action import add_key
from ...widgets.labels import selectable_label
from ...widgets.message_row import MessageRow
from ...widgets.record_model import RecordModel
from ...widgets.record_view import RecordView
from .day_rows import DAY_COLUMNS, DayRow, day_rows
from .day_session import AFTER, BEFORE, PRINT, SAVE
from .day_side import DaySide

if TYPE_CHECKING:
    from ...messages import Message
    from .day_session import DayState

_WEEKDAYS = "一二三四五六日"
_LABEL = 1
_BY_KEY = (PRINT, SAVE, BEFORE, AFTER)


def title_text(state: DayState) -> str:
    """Name the day."""
    day = state.look.day
    today = "今天 · " if state.today else ""
    return f"{today}{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"


def badge_text(state: DayState) -> tuple[str, str]:
    """Return whether what is shown is closed, and how that is coloured."""
    close = state.close
    if close is not None:
        return f"✓ {'补充日结' if close.further else '已日结'} {close.number}", COVER
    if state.look.closes and state.look.can_close:
        return "○ 日结后又有新单，未结", WAIT
    return ("○ 未日结", WAIT) if state.look.can_close else ("没有出单", "")


class DayPanel(QWidget):
    """One day of this desk.

    Signals:
        asked: An act of the day session and its value.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("day_panel")
        self._em = self.fontMetrics().height()
        self._title = self._label("day_title", "title")
        self._badge = self._label("day_badge", "badge")
        self._total = self._label("day_total", "figure")
        self._words = self._label("day_words", "detail")
        self._facts = self._label("day_facts")
        self._rows: RecordModel[DayRow] = RecordModel(DAY_COLUMNS)
        self._table = RecordView("day_table", "按经办人、身份和年度的合计", self._rows, self)
        self._rows.setParent(self._table)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Stretch)
        self._unconfirmed = self._label("day_unconfirmed", "alert")
        show_state(self._unconfirmed, "warning")
        self._head = self._label("day_head", "caption")
        self._message = MessageRow("day_message", self)
        self._side = DaySide(self)
        self._side.asked.connect(self.asked)
        self._lay_out()
        for act in _BY_KEY:
            add_key(self, f"day_{act}", partial(self.asked.emit, act, ""))

    def show_state(self, state: DayState) -> None:
        """Show everything of a state."""
        close = state.close
        figures = close.figures if close is not None else state.look.open
        show_text(self._title, title_text(state))
        text, tone = badge_text(state)
        show_text(self._badge, text)
        show_state(self._badge, tone)
        show_text(self._total, show_money(figures.total))
        show_text(self._words, f"有效通知单合计　人民币{amount_in_words(figures.total)}")
        show_text(self._facts, "　".join(f"{label} {value}" for label, value in facts(figures)))
        self._rows.show_rows(day_rows(figures))
        listed = "、".join(figures.unconfirmed)
        show_text(self._unconfirmed, f"{STATE_WORDS[UNCONFIRMED]}：{listed}" if listed else "")
        self._unconfirmed.setVisible(bool(listed))
        head = close.head if close is not None else state.look.head
        show_text(self._head, f"台账末条 {head}")
        self._side.show_state(state)

    def show_message(self, message: Message) -> None:
        """Show what came of an act until the next; an empty text shows none."""
        self._message.show_message(message)

    def focus_first(self) -> None:
        """Focus the list of the day's notices."""
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _label(self, name: str, role: str = "") -> QLabel:
        wraps = role in {"", "alert", "detail"}
        return selectable_label(name, self, role, wraps=wraps)

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setObjectName("day_card")
        card.setProperty("role", "card")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._badge)
        sums = QGridLayout()
        sums.setHorizontalSpacing(self._em)
        sums.addWidget(self._total, 0, 0, 2, 1)
        sums.addWidget(self._words, 0, 1)
        sums.addWidget(self._facts, 1, 1)
        sums.setColumnStretch(1, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(*([self._em * 3 // 4] * 4))
        column.setSpacing(self._em // 2)
        column.addLayout(head)
        column.addLayout(sums)
        column.addWidget(self._table, 1)
        column.addWidget(self._unconfirmed)
        column.addWidget(self._head)
        column.addWidget(self._message)
        row = QHBoxLayout(self)
        row.setContentsMargins(*([self._em // 2] * 4))
        row.setSpacing(self._em // 2)
        row.addWidget(card, 5)
        row.addWidget(self._side, 2)
