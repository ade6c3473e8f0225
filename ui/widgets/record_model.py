"""A read-only table model of frozen records, one column per function.

Changes no record and does not interpret any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

RAW_ROLE = Qt.ItemDataRole.UserRole
RECORD_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Record = TypeVar("_Record")

START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[_Record]):
    """One column of a table of records.

    Attributes:
        name: snake_case, for tests and stored layouts.
        title: The Chinese heading.
        text: What the cell shows.
        raw: The value itself, for delegates and tests.
        alignment: Numbers stand at the end, all else at the start.
        hint: A longer text for a tool tip; None shows none.
    """

    name: str
    title: str
    text: Callable[[_Record], str]
    raw: Callable[[_Record], object]
    alignment: Qt.AlignmentFlag = START
    hint: Callable[[_Record], str] | None = None


_CELL: dict[int, Callable[[Column[Any], Any], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, record: column.text(record),
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _: column.alignment,
    Qt.ItemDataRole.ToolTipRole: lambda column, record: column.hint and column.hint(record),
    Qt.ItemDataRole.AccessibleTextRole: lambda column, record: (
        f"{column.title} {column.text(record)}"
    ),
    RAW_ROLE: lambda column, record: column.raw(record),
    RECORD_ROLE: lambda _, record: record,
}


class RecordModel(QAbstractTableModel, Generic[_Record]):
    """Records as rows, read-only."""

    def __init__(self, columns: Sequence[Column[_Record]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[_Record, ...] = ()

    def show_rows(self, rows: Sequence[_Record]) -> None:
        """Show these records; rows already shown at the top are kept."""
        new = tuple(rows)
        kept = len(self._rows)
        if new == self._rows:
            return
        if kept and new[:kept] == self._rows:
            self.beginInsertRows(_NOWHERE, kept, len(new) - 1)
            self._rows = new
            self.endInsertRows()
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def record_at(self, row: int) -> _Record | None:
        """Return the record of a row; None outside the table."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def column_of(self, name: str) -> int:
        """Find a column by its name.

        Raises:
            KeyError: The table has no such column.
        """
        for position, column in enumerate(self._columns):
            if column.name == name:
                return position
        raise KeyError(name)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractTableModel.rowCount: a table has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractTableModel.columnCount: the same for all rows."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Override QAbstractTableModel.data: text, value, record, alignment."""
        answer = _CELL.get(role)
        # Qt asks of each cell it draws what colour and font it has: the style sheet says.
        if answer is None or not index.isValid():
            return None
        record = self.record_at(index.row())
        return None if record is None else answer(self._columns[index.column()], record)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Override QAbstractTableModel.headerData: titles aligned as cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._columns[section].alignment
        return None
