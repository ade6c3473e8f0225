"""The side panel of the roster view: totals and actions.

Shows a RosterState and emits what the clerk wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from medcounter.desk.roster.roster_sums import SumRow, sum_rows
from medcounter.money import show_money

from ...look.icons import dress_button
from ...shortcuts import key_of
from ...widgets.choice import ChoiceBox
from ...widgets.field_edit import show_text
from ...widgets.record_model import END, Column, RecordModel
from ...widgets.record_view import RecordView
from .days_left import DaysLeft, groups
from .roster_state import AGREED, ASKED, BUSY, FOUND

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from medcounter.roster.answering.results import Totals

    from .roster_state import RosterState

_KINDS = ("按村（社区）", "按身份", "按金额", "按距时段结束的天数")
_BY_DAYS = 3
# Short name on the button, whole name for a screen reader and the tool tip.
_ACTS = (
    ("roster_open", "打开", "打开名单"),
    ("roster_agree", "采用", "采用名单里没有问题的人"),
    ("roster_issue", "出单", "给列出的人出单"),
    ("roster_export", "导出", "导出列出的人"),
    ("roster_marked", "退回", "退回标好问题的名单"),
    ("roster_template", "模板", "下载名单模板"),
)
_COLUMNS: tuple[Column[SumRow], ...] = (
    Column("label", "名称", lambda row: row.label, lambda row: row.label),
    Column("people", "人数", lambda row: f"{row.people}", lambda row: row.people, END),
    Column("known", "应缴", lambda row: show_money(row.known), lambda row: row.known, END),
)


class RosterSide(QFrame):
    """Totals, a chart, and the actions.

    Signals:
        pressed: Name of an act, as in the table of shortcuts.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget, identity: Callable[[str], str]) -> None:
        """Make it empty.

        Args:
            parent: Its owner.
            identity: Gives the name of an identity code.
        """
        super().__init__(parent)
        self.setObjectName("roster_side")
        self.setProperty("role", "card")
        self._identity = identity
        self._totals: Totals | None = None
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(*([em * 3 // 4] * 4))
        column.setSpacing(em // 3)
        self._sum = QLabel(self)
        self._sum.setObjectName("roster_sum")
        self._sum.setProperty("role", "figure")
        self._sum.setProperty("density", "tightest")
        self._sum_note = QLabel(self)
        self._sum_note.setObjectName("roster_sum_note")
        self._sum_note.setProperty("role", "detail")
        self._sum_note.setWordWrap(True)
        self._kind = ChoiceBox(self)
        self._kind.setObjectName("roster_sums_by")
        self._kind.setAccessibleName("合计的分法")
        self._kind.addItems(_KINDS)
        self._kind.currentIndexChanged.connect(self._show_sums)
        self._sums: RecordModel[SumRow] = RecordModel(_COLUMNS)
        self._table = RecordView("roster_sums", "名单的合计", self._sums, self)
        self._sums.setParent(self._table)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._days = DaysLeft(self)
        for widget in (self._sum, self._sum_note, self._kind):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        column.addWidget(self._days, 1)
        self._buttons = {act: self._make_button(act, *texts) for act, *texts in _ACTS}
        grid = QGridLayout()
        grid.setSpacing(em // 3)
        for place, button in enumerate(self._buttons.values()):
            grid.addWidget(button, *divmod(place, 2))
        column.addLayout(grid)
        self._show_sums()

    def show_state(self, state: RosterState) -> None:
        """Show sums and which acts are open now."""
        busy = state.phase in BUSY or state.phase == ASKED
        has = state.brought is not None
        allowed = {
            "roster_open": not busy,
            "roster_agree": state.phase == FOUND,
            "roster_issue": state.phase == AGREED,
            "roster_export": has and not busy and state.phase == AGREED,
            "roster_marked": has and not busy,
            "roster_template": not busy,
        }
        for act, button in self._buttons.items():
            button.setEnabled(allowed[act])
        totals = state.brought.totals if state.brought else None
        if totals is not self._totals:
            self._totals = totals
            self._show_sums()

    def _show_sums(self) -> None:
        totals, kind = self._totals, self._kind.currentIndex()
        by_days = kind == _BY_DAYS
        self._table.setVisible(not by_days)
        self._days.setVisible(by_days)
        wanted = totals is not None and not by_days
        self._sums.show_rows(sum_rows(totals, kind, self._identity) if wanted and totals else ())
        self._days.show_groups(groups(totals.by_days_left) if totals else ())
        show_text(self._sum, show_money(totals.whole.known) if totals else "—")
        show_text(self._sum_note, _sum_note(totals) if totals else "打开名单后，这里是合计")

    def _make_button(self, act: str, text: str, whole: str) -> QPushButton:
        button = QPushButton(f"{text} {key_of(act)}", self)
        button.setObjectName(f"{act}_button")
        button.setAccessibleName(whole)
        button.setToolTip(whole)
        button.setAutoDefault(False)
        dress_button(button, act)
        button.setProperty("act", act)
        button.clicked.connect(self._on_button_clicked)
        return button

    def _on_button_clicked(self) -> None:
        self.pressed.emit(str(self.sender().property("act")))


def _sum_note(totals: Totals) -> str:
    whole = totals.whole
    unknown = f"；另有 {whole.unknown} 人没有应缴金额，未计入" if whole.unknown else ""
    return f"{whole.people} 人应缴合计{unknown}"
