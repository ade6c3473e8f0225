"""Tables in which no amount and no date is cut off: long texts are wrapped.

Measures texts; changes the height of rows and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout
from PySide6.QtWidgets import QScrollArea

from ..look.theme import palette_in_use

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView, QWidget

# What the style sheet puts left and right of a cell's text, and a little more.
_MARGIN = 14


def wrap_long_rows(table: QTableView, columns: tuple[int, ...]) -> bool:
    """Give the rows whose text is wider than its column the height they need.

    Args:
        table: Wraps its words.
        columns: Those that may hold a long text.

    Returns:
        Whether the table is higher or lower than before.
    """
    changed = False
    header = table.verticalHeader()
    usual = header.defaultSectionSize()
    for row in range(table.model().rowCount()):
        lines = max(_lines(table, row, column) for column in columns)
        wanted = usual + (lines - 1) * table.fontMetrics().lineSpacing()
        if header.sectionSize(row) != wanted:
            header.resizeSection(row, wanted)
            changed = True
    return changed


def steady_width(widget: QWidget) -> int:
    """Return a width that no scroll bar changes by coming or going.

    What a widget leaves out must not hang on its own width: leaving it out
    makes it lower, a scroll bar goes, the widget is wider, and so on without
    end.
    """
    around: QWidget | None = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return widget.width() if around is None else around.width()


def say_why_empty(table: QTableView, text: str) -> None:
    """Write in the middle of an empty table why it is empty."""
    painter = QPainter(table.viewport())
    painter.setPen(QColor(palette_in_use().muted))
    rect = table.viewport().rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(rect, int(flags), text)
    painter.end()


def line_count(table: QTableView, text: str, width: int) -> int:
    """Count the lines a text takes in a column so many pixels wide."""
    room = width - _MARGIN
    if room <= 0 or table.fontMetrics().horizontalAdvance(text) <= room:
        return 1
    layout = QTextLayout(text, table.font())
    layout.beginLayout()
    lines = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        lines += 1
    layout.endLayout()
    return lines


def _lines(table: QTableView, row: int, column: int) -> int:
    if table.isColumnHidden(column):
        return 1
    text = str(table.model().index(row, column).data() or "")
    return line_count(table, text, table.columnWidth(column))
