"""The first page of 编制: the drafts of this desk, and how to begin one.

Shows lines and emits what the user wants.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.wording.terms import SHORT_SCHEMES

from ...look.icons import dress_button
from ...shortcuts import key_of
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label
from ...widgets.message_row import MessageRow
from ...widgets.record_model import Column, RecordModel
from ...widgets.record_view import RecordView

if TYPE_CHECKING:
    from medcounter.desk.authoring.authoring_records import DraftLine

    from ...messages import Message

NEW, OPEN, IMPORT, REMOVE = "studio_new", "studio_open", "studio_import", "studio_drop"
_TO_REVIEW = " · {} 份等您复核签名：选中它按 Enter 打开，再按 F9"
_SPARED = ("words", "scheme")
_NARROW = 52
_BEGIN = (
    f"手边有一份缴费通知？按 {key_of(NEW)} 选地区和年度，照着通知一节一节填；"
    "右边随时看得到每一类居民缴多少、等多久、从哪天起享受。\n"
    "上一年编过的地区，从上年接着编：只问变了的日期和金额。"
)
_CALM = "写到一半可以随时离开，每一步都已存好；签发之前，窗口办理不受任何影响。"
_OPEN_DESK = "现在没有人登录：可以编制、试算和打印审签单；两位主管登录签名后，才能用于办理。"


def changed_text(line: DraftLine) -> str:
    """Describe when a draft was last changed, and by whom."""
    who = f" · {line.changed_by}" if line.changed_by else ""
    return f"{line.changed_at:%Y-%m-%d %H:%M}{who}"


def state_text(line: DraftLine) -> str:
    """Describe the state of a draft, and who has it open."""
    held = f"，{line.holder}正在编" if line.holder else ""
    return f"{line.state_label}{held}"


DRAFT_COLUMNS: tuple[Column[DraftLine], ...] = (
    Column("place", "地区", lambda line: line.title, lambda line: line.region),
    Column("year", "年度", lambda line: f"{line.year}", lambda line: line.year),
    Column("scheme", "险种", lambda line: SHORT_SCHEMES[line.scheme], lambda line: line.scheme),
    Column("state", "状态", state_text, lambda line: line.state),
    Column("changed", "最后改动", changed_text, lambda line: line.changed_at),
    Column("words", "改了什么", lambda line: line.last_words, lambda line: line.last_words),
)
_WIDTHS = {"year": 3.2, "scheme": 4, "state": 9, "changed": 11}


class DraftPage(QWidget):
    """The drafts.

    Signals:
        pressed: An act of the table of shortcuts.
        opened: Number of the draft to open.
        removed: The DraftLine to take off the list.
    """

    pressed = Signal(str)
    opened = Signal(int)
    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_start")
        self._em = em = self.fontMetrics().height()
        self._lines: RecordModel[DraftLine] = RecordModel(DRAFT_COLUMNS, self)
        self._table = RecordView("studio_drafts", "规则草稿", self._lines, self)
        header = self._table.horizontalHeader()
        for place, column in enumerate(DRAFT_COLUMNS):
            stretched = column.name in {"place", "words"}
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
            header.resizeSection(place, round(em * _WIDTHS.get(column.name, 8)))
        self._table.row_opened.connect(self._on_row_opened)
        self._title = plain_label("studio_start_title", self, "title", "规则草稿")
        self._who = plain_label("studio_start_who", self, "banner", _OPEN_DESK)
        self._welcome = self._make_welcome()
        self._message = MessageRow("studio_start_message", self)
        self._buttons = {
            NEW: self._button(NEW, "新编", "primary"),
            IMPORT: self._button(IMPORT, "导入规则文件"),
            REMOVE: self._button(REMOVE, "删去"),
        }
        card = QFrame(self)
        card.setObjectName("studio_start_card")
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(*([em * 3 // 4] * 4))
        inner.setSpacing(em // 2)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for button in self._buttons.values():
            head.addWidget(button)
        inner.addLayout(head)
        inner.addWidget(self._who)
        inner.addWidget(self._welcome, 1)
        inner.addWidget(self._table, 1)
        inner.addWidget(self._message)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*([em // 2] * 4))
        outer.addWidget(card)

    def show_drafts(self, lines: tuple[DraftLine, ...], *, signed_in: bool) -> None:
        """Show the drafts, the one changed last first.

        Args:
            lines: All of them.
            signed_in: Whether somebody did, so that rules can be signed.
        """
        marked = max(0, self._table.currentIndex().row())
        self._lines.show_rows(lines)
        self._table.setVisible(bool(lines))
        self._buttons[REMOVE].setVisible(bool(lines))
        self._welcome.setVisible(not lines)
        waiting = sum(1 for line in lines if line.waits_here)
        count = f" {len(lines)}" if lines else ""
        show_text(self._title, f"规则草稿{count}{_TO_REVIEW.format(waiting) if waiting else ''}")
        self._who.setVisible(not signed_in)
        self._table.show_row(min(marked, len(lines) - 1))
        narrow = self.width() < self._em * _NARROW
        for name in _SPARED:
            self._table.setColumnHidden(self._lines.column_of(name), narrow)

    def show_message(self, message: Message) -> None:
        """Show what came of an act."""
        self._message.show_message(message)

    def focus_first(self) -> None:
        """Focus the list of drafts, or the button that begins one."""
        first = self._table if self._lines.rowCount() else self._buttons[NEW]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remove_marked(self) -> None:
        """Want the marked draft off the list."""
        line = self._lines.record_at(self._table.currentIndex().row())
        if line is not None:
            self.removed.emit(line)

    def _make_welcome(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("studio_welcome")
        frame.setProperty("role", "drop")
        column = QVBoxLayout(frame)
        column.setContentsMargins(*([self._em * 2] * 4))
        column.setSpacing(self._em)
        column.addStretch(2)
        for name, role, text in (
            ("studio_welcome_title", "heading", "把一份通知编成规则"),
            ("studio_welcome_begin", "", _BEGIN),
            ("studio_welcome_calm", "muted", _CALM),
        ):
            label = plain_label(name, self, role, text)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        return frame

    def _button(self, act: str, text: str, role: str = "") -> QPushButton:
        button = QPushButton(f"{text}  {key_of(act)}", self)
        button.setObjectName(f"{act}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.setProperty("role", role)
        dress_button(button, act, primary=bool(role))
        button.clicked.connect(partial(self.pressed.emit, act))
        return button

    def _on_row_opened(self, row: int) -> None:
        line = self._lines.record_at(row)
        if line is not None:
            self.opened.emit(line.number)
