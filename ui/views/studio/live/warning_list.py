"""What must be answered before release: each line opens where it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView

from ....widgets.record_model import Column, RecordModel
from ....widgets.record_view import WrappedTable
from ....widgets.whole_texts import say_why_empty

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from medcounter.authoring.live.draft_warnings import DraftWarning

_EMPTY, _NOT_YET = "没有要改、要答的", "正在核对…"


def warning_text(warning: DraftWarning) -> str:
    """Write a warning with its mark, and its answer where it has one."""
    if warning.answer:
        return f"✓ {warning.text}（已答：{warning.answer}）"
    return f"{'✗' if warning.blocks else '⚠'} {warning.text}"


WARNING_COLUMNS: tuple[Column[DraftWarning], ...] = (
    Column("text", "签发之前要改或要答的；空格答复", warning_text, lambda warning: warning.path),
)


def _name(warning: DraftWarning) -> tuple[object, ...]:
    """Name a warning, so that it is the same one after another check or an answer."""
    return warning.kind, warning.where, warning.path


class WarningList(WrappedTable):
    """The warnings, the faults first.

    Signals:
        wanted: The DraftWarning whose field or resident is to be seen.
        to_answer: The DraftWarning that is to be answered.
    """

    wanted = Signal(object)
    to_answer = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._lines: RecordModel[DraftWarning] = RecordModel(WARNING_COLUMNS, parent)
        self._why_empty = _NOT_YET
        self._shown: tuple[DraftWarning, ...] | None = None
        super().__init__("studio_warnings", "签发之前要答的", self._lines, parent)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.row_opened.connect(self._on_row)
        self.clicked.connect(self._on_clicked)

    def show_warnings(self, warnings: tuple[DraftWarning, ...], *, checked: bool) -> None:
        """Show the warnings, the marked one still marked, or else its place.

        Args:
            warnings: All that were found.
            checked: Whether they are those of the draft as it is.
        """
        self._why_empty = _EMPTY if checked else _NOT_YET
        if warnings is self._shown:
            # Each key shows them, and none of them moves until they are found anew.
            self.viewport().update()
            return
        self._shown = warnings
        marked, at = self._marked(), self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self._lines.show_rows(warnings)
        self.wrap()
        names = [_name(one) for one in warnings]
        if marked is not None and _name(marked) in names:
            at = names.index(_name(marked))
        self.show_row(min(at, len(names) - 1))
        self.verticalScrollBar().setValue(top)

    def whole_height(self) -> int:
        """Return the height at which nothing has to be scrolled."""
        rows = self.verticalHeader().length() or self.fontMetrics().height() * 3 // 2
        return self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override WrappedTable.keyPressEvent: Space answers what does not block.

        Home and End go to the first and the last: a row has no cells to walk.
        """
        warning, last = self._marked(), self._lines.rowCount() - 1
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.show_row(0 if event.key() == Qt.Key.Key_Home and last >= 0 else last)
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif warning is not None and not warning.blocks:
            self.to_answer.emit(warning)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override WrappedTable.paintEvent: an empty list says so."""
        super().paintEvent(event)
        if not self._lines.rowCount():
            say_why_empty(self, self._why_empty)

    def _marked(self) -> DraftWarning | None:
        return self._lines.record_at(self.currentIndex().row())

    def _on_clicked(self, index: QModelIndex) -> None:
        self._on_row(index.row())

    def _on_row(self, row: int) -> None:
        line = self._lines.record_at(row)
        if line is not None:
            self.wanted.emit(line)
