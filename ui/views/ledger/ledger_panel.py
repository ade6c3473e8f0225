"""The ledger view: search, table, the selected notice and its actions.

Shows a LedgerState and emits what the clerk wants.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from medcounter.wording.terms import TO_ENTER_WORD

from ...look.icons import dress_button
from ...messages import PLAIN, Message
from ...shortcuts import key_of
from ...widgets.act_menu import copy_text, open_menu
from ...widgets.field_edit import show_text
from ...widgets.key_action import add_key
from ...widgets.message_row import MessageRow
from ...widgets.work_bar import WorkBar
from .ledger_detail import LedgerDetail
from .ledger_filters import LedgerFilters
from .ledger_menu import COPY, FOR_SEVERAL, copied_text, rows_for_one, rows_for_several
from .ledger_state import (
    CAME_OUT,
    CORRECT,
    ENTERED,
    ENTERED_ALL,
    EVERYTHING,
    EXPORT,
    MORE,
    NOT_OUT,
    REPRINT,
    REVEAL,
    SAVE,
    SEARCH,
    SELECT,
    SHOW,
    SORT,
    VOID,
    VOID_RUN,
)
from .ledger_table import LedgerTable, SearchBox

if TYPE_CHECKING:
    from .ledger_state import LedgerState

_ACTS_BY_KEY = (
    REPRINT,
    SAVE,
    VOID,
    VOID_RUN,
    CORRECT,
    CAME_OUT,
    NOT_OUT,
    ENTERED,
    ENTERED_ALL,
    EXPORT,
    REVEAL,
)
# These mean the whole list, not the marked notice.
_ON_THE_LIST = {EXPORT, ENTERED_ALL}


def count_text(state: LedgerState) -> str:
    """Return how many notices there are and how many of them are shown."""
    shown, total = len(state.page.rows), state.page.total
    found = "找到" if state.query or state.wish.narrows else "共"
    if state.wish.whose:
        found = f"{state.wish.whose} 的通知单"
    return f"{found} {total} 份" if shown == total else f"{found} {total} 份，已列出 {shown} 份"


def empty_texts(state: LedgerState) -> tuple[str, str]:
    """Explain why the table is empty and what can be done."""
    if state.problem:
        return "台账现在无法读取", state.problem
    if state.query:
        return (
            f"没有找到“{state.query}”",
            "可输入编号的后几位、姓名，或证件号码的后四位；按 Esc 看全部",
        )
    if state.wish.narrows:
        return "没有符合条件的通知单", "可换一个日期、状态或经办人；按 Esc 看全部"
    return "还没有出过通知单", "在“办理”里填好一位居民，按 F9 出单；出过的通知单都留在这里"


class LedgerPanel(QWidget):
    """All notices of this desk.

    Attributes:
        work: How far long work has got, with a button that stops it.

    Signals:
        asked: An act of the ledger session and its value: the text searched
            for, else the number of the notice meant.
        asked_for_several: An act, and the numbers of the notices meant.
        columns_chosen: Names of the columns to be shown from now on.
    """

    asked = Signal(str, str)
    asked_for_several = Signal(str, object)
    columns_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger_panel")
        self._search = SearchBox(self)
        self._search.setObjectName("ledger_search")
        self._search.setAccessibleName("查找通知单")
        self._search.setProperty("role", "main")
        self._search.setPlaceholderText("编号、姓名或证件后四位")
        self._count = QLabel(self)
        self._count.setObjectName("ledger_count")
        self._count.setProperty("role", "caption")
        self._message = MessageRow("ledger_message", self)
        self._after = Message(PLAIN, "")
        self._passing = QTimer(self)
        self._passing.setObjectName("ledger_passing")
        self._passing.setSingleShot(True)
        self._passing.timeout.connect(self._on_passing_timeout)
        self._table = LedgerTable(self)
        self._filters = LedgerFilters(self)
        self._empty_title = QLabel(self)
        self._empty_title.setObjectName("ledger_empty_title")
        self._empty_title.setProperty("role", "heading")
        self._empty_text = QLabel(self)
        self._empty_text.setObjectName("ledger_empty_text")
        self._empty_text.setProperty("role", "muted")
        self._detail = LedgerDetail(self)
        self.work = WorkBar(self, "ledger")
        self._export = self._button(EXPORT, "导出")
        self._all_entered = self._button(ENTERED_ALL, "全部已录入")
        self._stack = self._make_stack()
        self._lay_out()
        self._listen()

    def show_state(self, state: LedgerState) -> None:
        """Show everything of a state; the text being typed is left alone."""
        if self._search.text() != state.query and not self._search.hasFocus():
            self._search.setText(state.query)
        self._table.show_rows(state.page.rows, state.number)
        self._table.show_order(state.order)
        self._all_entered.setVisible(state.wish.state == TO_ENTER_WORD and bool(state.page.rows))
        self._export.setEnabled(bool(state.page.rows))
        self._filters.show_state(state)
        self._search.show_narrowed(narrowed=state.wish.narrows)
        show_text(self._count, count_text(state))
        title, text = empty_texts(state)
        show_text(self._empty_title, title)
        show_text(self._empty_text, text)
        self._stack.setCurrentIndex(0 if state.page.rows else 1)
        self._detail.show_issued(state.issued, state.problem if state.number else "")
        self._detail.show_listed(listed=state.listed)

    def show_message(self, message: Message) -> None:
        """Show what came of an act until the next, or while it may be read.

        An empty text shows none.
        """
        self._passing.stop()
        if message.seconds:
            self._after = Message(PLAIN, message.after)
            self._passing.start(message.seconds * 1000)
        self._message.show_message(message)

    def focus_search(self) -> None:
        """Put the cursor into the search box with its text selected."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def focus_table(self) -> None:
        """Let the keys act on the marked notice."""
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_passing_timeout(self) -> None:
        self.show_message(self._after)

    def _make_stack(self) -> QStackedWidget:
        stack = QStackedWidget(self)
        empty = QWidget(stack)
        column = QVBoxLayout(empty)
        column.addStretch()
        for label in (self._empty_title, self._empty_text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch()
        stack.addWidget(self._table)
        stack.addWidget(empty)
        return stack

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        card = QFrame(self)
        card.setObjectName("ledger_card")
        card.setProperty("role", "card")
        head = QHBoxLayout()
        head.setSpacing(em)
        head.addWidget(self._search, 1)
        head.addWidget(self._count)
        head.addWidget(self._all_entered)
        head.addWidget(self._export)
        column = QVBoxLayout(card)
        column.setContentsMargins(*([em * 3 // 4] * 4))
        column.setSpacing(em // 2)
        column.addLayout(head)
        column.addWidget(self._filters)
        column.addWidget(self._stack, 1)
        column.addWidget(self.work)
        column.addWidget(self._message)
        row = QHBoxLayout(self)
        row.setContentsMargins(*([em // 2] * 4))
        row.setSpacing(em // 2)
        row.addWidget(card, 5)
        row.addWidget(self._detail, 2)
        self.setTabOrder(self._search, self._table)

    def _listen(self) -> None:
        self._search.textEdited.connect(self._on_search_text_edited)
        self._search.returnPressed.connect(self._on_search_return_pressed)
        self._search.stepped.connect(self._on_search_stepped)
        self._search.cleared.connect(self._on_search_cleared)
        self._filters.asked.connect(self.asked)
        self._table.chosen.connect(self._on_table_chosen)
        self._table.opened.connect(self._on_table_opened)
        self._table.end_reached.connect(self._on_table_end_reached)
        self._table.sort_wanted.connect(partial(self.asked.emit, SORT))
        self._table.columns_chosen.connect(self.columns_chosen)
        self._table.menu_wanted.connect(self._open_menu)
        self._detail.acted.connect(self._ask_about_marked)
        for act in _ACTS_BY_KEY:
            add_key(self, f"ledger_{act}", partial(self._ask_about_marked, act))

    def number(self) -> str:
        """Return the number of the marked notice; empty when none is marked."""
        return self._table.number()

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show these columns of the table; none for as many as have room."""
        self._table.show_columns(names)

    def _button(self, act: str, text: str) -> QPushButton:
        button = QPushButton(f"{text}  {key_of(f'ledger_{act}')}", self)
        button.setObjectName(f"ledger_{act}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        dress_button(button, f"ledger_{act}")
        button.clicked.connect(partial(self._ask_about_marked, act))
        return button

    def _open_menu(self, at: QPoint) -> None:
        count = len(self._table.numbers())
        rows = rows_for_one(self._detail.menu_rows()) if count == 1 else rows_for_several(count)
        open_menu(self._table, "ledger_menu", rows, self._on_menu_chosen, at)

    def _on_menu_chosen(self, act: str) -> None:
        row = self._table.marked()
        if act.startswith(COPY) and row is not None:
            copy_text(copied_text(act, row))
        else:
            self._ask_about_marked(act)

    def _ask_about_marked(self, act: str, *_clicked: bool) -> None:
        several = self._table.numbers()
        if act in FOR_SEVERAL and len(several) > 1:
            self.asked_for_several.emit(act, several)
        elif self._table.number() or act in _ON_THE_LIST:
            self.asked.emit(act, self._table.number())

    def _on_search_text_edited(self, text: str) -> None:
        self.asked.emit(SEARCH, text.strip())

    def _on_search_return_pressed(self) -> None:
        self._ask_about_marked(SHOW)

    def _on_search_cleared(self) -> None:
        self.asked.emit(EVERYTHING, "")

    def _on_search_stepped(self, event: QKeyEvent) -> None:
        QCoreApplication.sendEvent(self._table, event)

    def _on_table_chosen(self, number: str) -> None:
        self.asked.emit(SELECT, number)

    def _on_table_opened(self, number: str) -> None:
        self.asked.emit(SHOW, number)

    def _on_table_end_reached(self) -> None:
        self.asked.emit(MORE, "")
