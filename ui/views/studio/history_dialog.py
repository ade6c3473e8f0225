"""What was done to a draft, and the way back to an older version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView

from ...dialogs.plain_dialog import PlainDialog
from ...widgets.record_model import Column, RecordModel
from ...widgets.record_view import RecordView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from medcounter.desk.authoring.authoring_records import HistoryLine

HISTORY_COLUMNS: tuple[Column[HistoryLine], ...] = (
    Column("at", "什么时候", lambda line: f"{line.at:%Y-%m-%d %H:%M:%S}", lambda line: line.at),
    Column("author", "谁", lambda line: line.author or "—", lambda line: line.author),
    Column("words", "做了什么", lambda line: line.words, lambda line: line.words),
    Column(
        "version",
        "版次",
        lambda line: "" if line.version is None else f"第 {line.version} 版",
        lambda line: line.version,
    ),
)
_WIDTHS = {"at": 10, "author": 5, "version": 5}
_NOTE = "选一行，按“回到这一版”：那时的内容成为新的一版，后来写的仍在这里，随时可以再回去。"


class HistoryDialog(PlainDialog):
    """The acts of a draft, newest first.

    Signals:
        chosen: Number of the version to go back to.
    """

    chosen = Signal(int)

    def __init__(self, lines: tuple[HistoryLine, ...], parent: QWidget) -> None:
        super().__init__("studio_history_dialog", "改过什么", parent)
        self.add_text("studio_history_title", "改过什么", role="title")
        self.add_text("studio_history_note", _NOTE, role="note")
        self._lines: RecordModel[HistoryLine] = RecordModel(HISTORY_COLUMNS, self)
        self._lines.show_rows(lines)
        self._table = RecordView("studio_history_table", "改过什么", self._lines, self)
        header = self._table.horizontalHeader()
        for place, column in enumerate(HISTORY_COLUMNS):
            stretched = column.name == "words"
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
            header.resizeSection(place, self._em * _WIDTHS.get(column.name, 6))
        self.body.addWidget(self._table, 1)
        self._close = self.add_button("studio_history_close", "关闭  Esc")
        self._back = self.add_button("studio_history_back", "回到这一版  Enter", main=True)
        self._close.clicked.connect(self.reject)
        self._back.clicked.connect(self._on_back)
        self._table.row_chosen.connect(self._on_row_chosen)
        self._table.row_opened.connect(self._on_back)
        self.fit(50, 28)
        self._table.show_row(0 if lines else -1)
        self._on_row_chosen()
        self._table.setFocus()

    def _on_row_chosen(self) -> None:
        line = self._lines.record_at(self._table.currentIndex().row())
        self._back.setEnabled(line is not None and line.can_restore)

    def _on_back(self) -> None:
        line = self._lines.record_at(self._table.currentIndex().row())
        if line is not None and line.can_restore and line.version is not None:
            self.accept()
            self.chosen.emit(line.version)
