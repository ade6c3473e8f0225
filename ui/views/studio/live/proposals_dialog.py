"""Last year's examples, worked out by the new rules: taken or left by the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from ....dialogs.plain_dialog import PlainDialog
from ....widgets.field_edit import show_state, show_text
from ....widgets.record_model import Column, RecordModel
from ....widgets.record_view import WrappedTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.authoring.draft_rolling import ProposalLine

_NOTE = (
    "上一年度的算例推后一年、按新规则重算：数不同的排在前面，先与新公告核对。"
    "选一行或几行（Ctrl+A 全选），采用的成为新算例，不用的不再列出。"
)


def _marked(line: ProposalLine) -> str:
    return f"{'✗' if line.refused else '≠' if line.differs else '＝'} {line.what}"


PROPOSAL_COLUMNS: tuple[Column[ProposalLine], ...] = (
    Column("what", "与上一年度相比", _marked, lambda line: line.differs),
    Column("who", "参保人", lambda line: line.who, lambda line: line.id),
    Column("paid_on", "缴费日", lambda line: line.paid_on, lambda line: line.paid_on),
)
_WIDTHS = {"paid_on": 6}


class ProposalsDialog(PlainDialog):
    """The proposals.

    Signals:
        taken: Ids of those that become examples.
        left: Ids of those that are not listed again.
    """

    taken = Signal(tuple)
    left = Signal(tuple)

    def __init__(self, lines: tuple[ProposalLine, ...], parent: QWidget) -> None:
        super().__init__("studio_proposals", "上一年度的算例", parent)
        self.setModal(True)
        self.add_text("studio_proposals_title", "上一年度的算例", role="title")
        self.add_text("studio_proposals_note", _NOTE, role="note")
        self._lines: RecordModel[ProposalLine] = RecordModel(PROPOSAL_COLUMNS, self)
        self._table = WrappedTable("studio_proposals_table", "上一年度的算例", self._lines, self)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self._table.horizontalHeader()
        for place, column in enumerate(PROPOSAL_COLUMNS):
            fixed = column.name in _WIDTHS
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(place, mode)
            header.resizeSection(place, round(self._em * _WIDTHS.get(column.name, 20)))
        self.body.addWidget(self._table, 1)
        self._alert = self.add_text("studio_proposals_said", role="alert")
        self._alert.hide()
        close = self.add_button("studio_proposals_close", "关闭  Esc")
        self._leave = self.add_button("studio_proposals_leave", "不用(&D)")
        self._take = self.add_button("studio_proposals_take", "采用  Enter", main=True)
        close.clicked.connect(self.reject)
        self._leave.clicked.connect(lambda: self.left.emit(self._chosen()))
        self._take.clicked.connect(lambda: self.taken.emit(self._chosen()))
        self._table.row_opened.connect(lambda _row: self.taken.emit(self._chosen()))
        self.fit(60, 30)
        self.show_lines(lines)
        self._table.setFocus()

    def show_lines(self, lines: tuple[ProposalLine, ...]) -> None:
        """Show what is still to be decided; closes itself when nothing is."""
        self._lines.show_rows(lines)
        self._table.show_row(0 if lines else -1)
        self._table.wrap()
        if not lines:
            self.accept()

    def show_refused(self, text: str) -> None:
        """Show why nothing was decided."""
        show_text(self._alert, text)
        show_state(self._alert, "problem")
        self._alert.show()

    def _chosen(self) -> tuple[str, ...]:
        rows = (index.row() for index in self._table.selectionModel().selectedRows())
        lines = (self._lines.record_at(row) for row in sorted(rows))
        return tuple(line.id for line in lines if line is not None)
