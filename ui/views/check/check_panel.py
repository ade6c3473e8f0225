"""The self-check page: the state of the counter, to read out over the phone.

Shows findings and emits what the clerk wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from medcounter.desk.recovery.selfcheck import GOOD, LOOK, PROBLEM, TONE_WORDS, CheckFinding, Tone

from ...look.icons import dress_button
from ...shortcuts import key_of
from ...widgets.field_edit import show_state, show_text
from ...widgets.key_action import ANYWHERE, add_key
from ...widgets.record_model import Column, RecordModel
from ...widgets.record_view import WrappedTable

if TYPE_CHECKING:
    from .check_session import CheckState

_MARKS: dict[Tone, str] = {GOOD: "✓", LOOK: "⚠", PROBLEM: "✕"}
_TEXT = 2
_WIDTHS = (4.2, 9.5)


def tone_text(finding: CheckFinding) -> str:
    """Write how a thing stands with its mark: colour is never the only sign."""
    return f"{_MARKS[finding.tone]} {TONE_WORDS[finding.tone]}"


def finding_columns() -> tuple[Column[CheckFinding], ...]:
    """Return the columns of the self-check."""
    return (
        Column("tone", "结果", tone_text, lambda found: found.tone),
        Column("name", "项目", lambda found: found.name, lambda found: found.name),
        Column("text", "说明", lambda found: found.text, lambda found: found.text),
    )


class CheckPanel(QWidget):
    """The findings in a list, a sentence above, two acts below.

    Signals:
        again_pressed: The clerk wants to check once more.
        copy_pressed: The clerk wants the report as a text.
    """

    again_pressed = Signal()
    copy_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("check_panel")
        em = self.fontMetrics().height()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        card = QFrame(self)
        card.setProperty("role", "card")
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(em, em * 3 // 4, em // 2, em * 3 // 4)
        column.setSpacing(em // 2)
        self._summary = QLabel(card)
        self._summary.setObjectName("check_summary")
        self._summary.setProperty("role", "alert")
        self._summary.setWordWrap(True)
        column.addWidget(self._summary)
        self._model: RecordModel[CheckFinding] = RecordModel(finding_columns(), self)
        self._table = WrappedTable("check_list", "自检结果，逐项", self._model, card)
        for number, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(number, round(em * width))
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self._table, 1)
        column.addLayout(self._make_buttons(card, em))

    def show_state(self, state: CheckState) -> None:
        """Show what was found so far."""
        tones = {found.tone for found in state.findings}
        tone = "problem" if PROBLEM in tones else "" if state.running or LOOK in tones else "good"
        show_text(self._summary, state.summary)
        show_state(self._summary, tone)
        self._model.show_rows(state.findings)
        self._table.wrap()
        self._again.setEnabled(not state.running)

    def focus_first(self) -> None:
        """Let the arrow keys walk the findings."""
        self._table.setFocus()

    def _make_buttons(self, card: QFrame, em: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(em // 2)
        note = QLabel("报告里没有居民的姓名和证件号码，可以发给技术支持。", card)
        note.setProperty("role", "muted")
        row.addWidget(note)
        row.addStretch()
        copy = self._make_button("check_copy", "复制报告", card)
        copy.clicked.connect(self.copy_pressed)
        self._again = self._make_button("check_again", "再查一遍", card)
        self._again.clicked.connect(self.again_pressed)
        row.addWidget(copy)
        row.addWidget(self._again)
        return row

    def _make_button(self, act: str, text: str, card: QFrame) -> QPushButton:
        button = QPushButton(f"{text}  {key_of(act)}", card)
        button.setObjectName(f"{act}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        dress_button(button, act)
        add_key(self, act, button.click, ANYWHERE)
        return button
