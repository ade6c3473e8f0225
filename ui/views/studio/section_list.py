"""The left of the editor: the sections, and what is open in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView

from ...widgets.record_model import END, Column, RecordModel
from ...widgets.record_view import RecordView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section, as it is listed.

    Attributes:
        key: Of the section.
        title: Chinese heading.
        own: How many cards of its own it has.
        open: How many fields are not answered yet.
    """

    key: str
    title: str
    own: int
    open: int


def open_text(line: SectionLine) -> str:
    """Describe what is open in a section."""
    if line.open:
        return f"⚠ {line.open}"
    return "✓" if line.own else ""


SECTION_COLUMNS: tuple[Column[SectionLine], ...] = (
    Column("title", "章节", lambda line: line.title, lambda line: line.key),
    Column("open", "未答", open_text, lambda line: line.open, END),
)


class SectionList(RecordView):
    """The sections to choose one from.

    Signals:
        chosen: Key of the section the user goes to.
        entered: Enter was pressed: the user goes on into the section.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        self._lines: RecordModel[SectionLine] = RecordModel(SECTION_COLUMNS, parent)
        super().__init__("studio_sections", "章节，和每节没有答完的", self._lines, parent)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, self.fontMetrics().height() * 13 // 5)
        self.row_chosen.connect(self._on_row)
        self.row_opened.connect(self._on_row)
        self.row_opened.connect(self.entered)

    def show_lines(self, lines: tuple[SectionLine, ...], key: str) -> None:
        """Show the sections, and which of them is open."""
        self._lines.show_rows(lines)
        self.show_row(next((row for row, line in enumerate(lines) if line.key == key), -1))

    def _on_row(self, row: int) -> None:
        line = self._lines.record_at(row)
        if line is not None:
            self.chosen.emit(line.key)
