"""The roster view: a list of people, its faults, and each person's outcome.

Shows a RosterState and emits what the clerk wants.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from medcounter.roster.answering.results import Filter

from ...shortcuts import key_of
from ...widgets.act_menu import copy_text, open_menu
from ...widgets.chips import Chip
from ...widgets.field_edit import show_state, show_text
from ...widgets.flow_layout import FlowLayout
from ...widgets.key_action import add_key
from ...widgets.labels import plain_label
from ...widgets.message_row import MessageRow
from ...widgets.record_model import RecordModel
from ...widgets.record_view import RecordView
from ...widgets.whole_texts import wrap_long_rows
from ...widgets.work_bar import WorkBar
from .roster_question_box import RosterQuestionBox
from .roster_rows import OF_ANSWERS, ROSTER_COLUMNS, ROW_MENU, WIDTHS, copied_text
from .roster_session import CONFIRM, DECLINE, FILTER, SHOW, STOP
from .roster_side import RosterSide
from .roster_state import AGREED, ASKED, BUSY, COUNTING, EMPTY, FOUND, READING, RosterState
from .roster_welcome import RosterWelcome
from .roster_words import stopped_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

    from medcounter.desk.roster.roster_list import RosterList
    from medcounter.roster.answering.results import Result, Totals

    from ...messages import Message

ACTS = (
    "roster_open", "roster_agree", "roster_issue", "roster_confirm", "roster_export",
    "roster_marked", "roster_template",
)  # fmt: skip
# What goes first on a narrow screen, and how much the last column keeps.
_SPARED = ("village", "id_masked", "wait")
_ROOM_FOR_STATE = 4
# Measuring the sentences of more rows would take longer than a frame may.
_MOST_WRAPPED = 300
_SEVERAL = 2


class RosterPanel(QWidget):
    """A list of people.

    Attributes:
        papers_work: How far the printing of its notices is, with a stop.

    Signals:
        asked: An act of the roster session and its value.
        pressed: Name of an act of the table of shortcuts.
        dropped: Path of a file that was dropped here.
    """

    asked = Signal(str, str)
    pressed = Signal(str)
    dropped = Signal(str)

    def __init__(self, parent: QWidget, identity: Callable[[str], str]) -> None:
        """Make it empty.

        Args:
            parent: Its owner.
            identity: Gives the name of an identity code.
        """
        super().__init__(parent)
        self.setObjectName("roster_panel")
        self.setAcceptDrops(True)
        self._em = self.fontMetrics().height()
        self._state = RosterState()
        self._wrapped = 0
        self._title = plain_label("roster_title", self, "title", wraps=False)
        self._found = plain_label("roster_found", self, "alert")
        self._work = WorkBar(self, "roster")
        self._work.stopped.connect(self._on_work_stopped)
        self.papers_work = WorkBar(self, "papers")
        self._question = RosterQuestionBox(self)
        self._question.answered.connect(self._on_question_answered)
        self._empty = RosterWelcome(self)
        self._chips = {one: self._make_chip(one) for one in Filter}
        self._rows: RecordModel[Result] = RecordModel(ROSTER_COLUMNS)
        self._table = RecordView("roster_table", "名单，逐人", self._rows, self)
        self._rows.setParent(self._table)
        self._table.setWordWrap(True)
        header = self._table.horizontalHeader()
        for number, width in enumerate(WIDTHS):
            self._table.setColumnWidth(number, round(self._em * width))
        header.setStretchLastSection(True)
        self._table.row_opened.connect(self._on_row_opened)
        self._table.menu_wanted.connect(self._open_menu)
        self._message = MessageRow("roster_message", self)
        self._side = RosterSide(self, identity)
        self._side.pressed.connect(self.pressed)
        self._table.resized.connect(self._on_resized)
        self._lay_out()
        for act in ACTS:
            # A key held down asks and agrees to nothing twice.
            add_key(self, act, partial(self.pressed.emit, act), repeats=False)

    def show_state(self, state: RosterState) -> None:
        """Show everything of a state."""
        show_text(self._title, title_text(state))
        text, tone = found_text(state)
        show_text(self._found, text)
        show_state(self._found, tone)
        self._found.setVisible(bool(text))
        self._work.show_work(work_text(state), state.done, state.whole)
        self._question.show_question(state.question)
        self._state = state
        has = state.brought is not None
        self._empty.setVisible(state.phase == EMPTY)
        self._table.setVisible(has)
        for one, chip in self._chips.items():
            chip.setVisible(has)
            count = state.brought.totals.by_filter[one] if state.brought else 0
            chip.setText(f"{one.value} {count}")
            chip.setChecked(one is state.filter)
        self._rows.show_rows(state.chosen)
        self._fit_columns(state)
        self._side.show_state(state)

    def show_message(self, message: Message) -> None:
        """Show what came of an act until the next; an empty text shows none."""
        self._message.show_message(message)

    def focus_first(self) -> None:
        """Let the keys act on the list."""
        (self._table if self._table.isVisible() else self).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Esc declines a question."""
        if event.key() == Qt.Key.Key_Escape and self._state.phase == ASKED:
            self.asked.emit(DECLINE, "")
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Override QWidget.dragEnterEvent: one file of this machine is taken."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Override QWidget.dropEvent: open it."""
        self.dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def _on_resized(self) -> None:
        """Spare other columns in a table of another width."""
        self._fit_columns(self._state)

    def _fit_columns(self, state: RosterState) -> None:
        """Hide what says nothing of these rows, so that the rest is whole."""
        faulty = state.filter is Filter.FAULTY
        hidden = set(OF_ANSWERS) if faulty else self._spared(state)
        for name in OF_ANSWERS:
            self._table.setColumnHidden(self._rows.column_of(name), name in hidden)
        header = self._table.verticalHeader()
        for row in range(min(self._wrapped, header.count())):
            header.resizeSection(row, header.defaultSectionSize())
        self._wrapped = len(state.chosen) if faulty and len(state.chosen) <= _MOST_WRAPPED else 0
        if self._wrapped:
            wrap_long_rows(self._table, (self._rows.column_of("state"),))

    def _spared(self, state: RosterState) -> set[str]:
        """Name the columns there is nothing for, or no room."""
        widths = dict(zip((column.name for column in ROSTER_COLUMNS), WIDTHS, strict=False))
        totals = state.brought.totals if state.brought else None
        gains = totals is not None and totals.by_filter[Filter.GAINS] > 0
        spared = set() if gains else {"gain"}
        room = self._table.width() / self._em - _ROOM_FOR_STATE
        for name in _SPARED:
            if sum(width for one, width in widths.items() if one not in spared) > room:
                spared.add(name)
        return spared

    def _make_chip(self, one: Filter) -> Chip:
        chip = Chip(one.name, one.value, self)
        chip.setObjectName(f"roster_filter_{one.name.lower()}")
        chip.clicked.connect(self._on_chip_clicked)
        return chip

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setObjectName("roster_card")
        card.setProperty("role", "card")
        narrowing = QWidget(card)
        chips = FlowLayout(narrowing, self._em // 3)
        for chip in self._chips.values():
            chips.addWidget(chip)
        column = QVBoxLayout(card)
        column.setContentsMargins(*([self._em * 3 // 4] * 4))
        column.setSpacing(self._em // 2)
        column.addWidget(self._title)
        column.addWidget(self._found)
        column.addWidget(self._work)
        column.addWidget(self.papers_work)
        column.addWidget(self._question)
        column.addWidget(narrowing)
        column.addWidget(self._empty, 1)
        column.addWidget(self._table, 1)
        column.addWidget(self._message)
        row = QHBoxLayout(self)
        row.setContentsMargins(*([self._em // 2] * 4))
        row.setSpacing(self._em // 2)
        row.addWidget(card, 7)
        row.addWidget(self._side, 2)

    def _on_work_stopped(self) -> None:
        self.asked.emit(STOP, "")

    def _on_question_answered(self, issue: bool) -> None:  # noqa: FBT001 - a signal's value
        self.asked.emit(CONFIRM if issue else DECLINE, "")
        self.focus_first()

    def _on_chip_clicked(self) -> None:
        self.asked.emit(FILTER, getattr(self.sender(), "code", ""))

    def _open_menu(self, at: QPoint) -> None:
        open_menu(self._table, "roster_menu", ROW_MENU, self._on_menu_chosen, at)

    def _on_menu_chosen(self, act: str) -> None:
        row = self._table.currentIndex().row()
        result = self._rows.record_at(row)
        if act == SHOW:
            self.asked.emit(SHOW, f"{row}")
        elif result is not None:
            copy_text(copied_text(act, result))

    def _on_row_opened(self, row: int) -> None:
        self.asked.emit(SHOW, f"{row}")


def title_text(state: RosterState) -> str:
    """Name the list and what is done with it."""
    if state.brought is None:
        return "名单" if state.phase == EMPTY else "正在读名单"
    wanted = state.brought.wanted
    return f"{state.brought.path.name} · {wanted.benefit_year} 年度 · {wanted.on} 缴费"


def work_text(state: RosterState) -> str:
    """Return how far the work is; empty while there is none."""
    if state.phase == READING:
        return f"正在读和测算，已 {state.done} 行"
    if state.phase == COUNTING:
        return f"正在核对 {state.done} / {state.whole}，还没有出单"
    return f"正在出单 {state.done} / {state.whole}" if state.phase in BUSY else ""


def found_text(state: RosterState) -> tuple[str, str]:
    """Describe what was found and in which colour; nothing while work goes on."""
    if state.brought is None or state.phase in BUSY or state.phase == ASKED:
        return "", ""
    return _found_in(state, state.brought)


def _sums(totals: Totals) -> tuple[str, ...]:
    """Return how many people each sheet has, where there are several."""
    if len(totals.by_sheet) < _SEVERAL:
        return ()
    sheets = "、".join(f"工作表“{name}” {count} 人" for name, count in totals.by_sheet.items())
    return (f"{sheets}。",)


def _found_in(state: RosterState, brought: RosterList) -> tuple[str, str]:
    totals = brought.totals
    faulty, good = totals.by_filter[Filter.FAULTY], totals.whole.people
    left = "".join(f" {sentence}" for sentence in (*_sums(totals), *brought.left))
    if state.phase == FOUND and faulty:
        text = (
            f"有 {faulty} 行有问题，{good} 人可以测算。改好名单重新打开，"
            f"或按 {key_of('roster_agree')} 先办没有问题的人；现在还没有导入任何人。"
        )
        return text + left, "problem"
    if state.phase == FOUND:
        text = f"{good} 人，没有发现问题；按 {key_of('roster_agree')} 采用，现在还没有导入任何人。"
        return text + left, "good"
    if state.phase == AGREED and state.left:
        return stopped_text(state.issued, state.left), "problem"
    if state.phase == AGREED and state.refused:
        row, why = state.refused[0]
        return f"{len(state.refused)} 人没有出单，例如第 {row} 行：{why}", "problem"
    return f"已采用 {good} 人；列出谁，就给谁导出和出单。", "good"
