"""The ledger's table and its search box.

Show rows and emit which one was selected; request no data themselves.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from medcounter.desk.desk_records import LedgerRow
from medcounter.wording.terms import VOID

from ...look import theme
from ...look.tones import DANGER, PLAIN, QUIET, ink_of, state_tone
from ...shortcuts import SHORTCUTS
from ...widgets.act_menu import LINE, MenuRow, open_menu
from ...widgets.record_model import RECORD_ROLE, RecordModel
from ...widgets.record_view import RecordView
from .ledger_rows import LEDGER_COLUMNS

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

BY_ROOM = "by_room"
# Left out first where the table is narrow; the detail beside it shows them all.
_LEFT_OUT_FIRST = ("clerk", "category", "id_masked", "coverage", "prints", "year", "issued_at")
_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@cache
def _ledger_keys() -> tuple[QKeySequence, ...]:
    """Return the keys that act on the ledger and never on the text in its box."""
    return tuple(
        QKeySequence(keys)
        for entry in SHORTCUTS
        if entry.action.startswith("ledger_") and entry.action != "ledger_show"
        for keys in entry.keys
    )


class SearchBox(QLineEdit):
    """The search field: a number, a name or four last digits.

    Signals:
        stepped: A key event by which the clerk walks the table.
        cleared: The clerk wants to see everything again.
    """

    stepped = Signal(QKeyEvent)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._narrowed = False

    def show_narrowed(self, *, narrowed: bool) -> None:
        """Remember whether filters leave notices out."""
        self._narrowed = narrowed

    def event(self, event: QEvent) -> bool:
        """Override QLineEdit.event: the ledger's keys act, they edit no text."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()) in _ledger_keys()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent: up and down walk the table."""
        if event.key() in _STEPS:
            self.stepped.emit(event)
        elif event.key() == Qt.Key.Key_Escape and (self.text() or self._narrowed):
            self.clear()
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


def cell_tone(row: LedgerRow, column: str) -> str:
    """Return the tone a notice's cell is written in, as the form would."""
    if column == "state":
        return state_tone(row.mark)
    if row.state == VOID:
        return QUIET
    return DANGER if column == "coverage" and row.coverage_start is None else PLAIN


class LedgerDelegate(QStyledItemDelegate):
    """Cells in the colours of their state; the state's mark is in its text."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Override QStyledItemDelegate.initStyleOption: void rows are struck."""
        super().initStyleOption(option, index)
        row = index.data(RECORD_ROLE)
        if not isinstance(row, LedgerRow):
            return
        column = LEDGER_COLUMNS[index.column()].name
        void = row.state == VOID
        colors = theme.palette_in_use()
        color = ink_of(colors, cell_tone(row, column))
        # The stubs of PySide6 6.8.3 do not know these attributes.
        font, roles = option.font, option.palette  # type: ignore[attr-defined]  # see above
        font.setStrikeOut(void and column == "total")
        font.setBold(column in {"total", "state"})
        option.font = font  # type: ignore[attr-defined]  # see above
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]  # see above
            # The style sheet writes whatever is selected in one colour.
            option.state &= ~QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]  # see above
            option.backgroundBrush = QBrush(QColor(colors.accent_soft))  # type: ignore[attr-defined]  # see above
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            roles.setColor(role, QColor(color))
        option.palette = roles  # type: ignore[attr-defined]  # see above


class LedgerTable(RecordView):
    """The notices found, newest first.

    Signals:
        chosen: The number of the notice the clerk moved to.
        opened: The number of the notice the clerk wants to look at.
        end_reached: The clerk came to the last row shown.
        sort_wanted: Name of the column whose heading was clicked.
        columns_chosen: Names of the columns that are to be shown from now
            on; none for as many as have room.
    """

    chosen = Signal(str)
    opened = Signal(str)
    end_reached = Signal()
    sort_wanted = Signal(str)
    columns_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._rows: RecordModel[LedgerRow] = RecordModel(LEDGER_COLUMNS)
        super().__init__("ledger_table", "台账", self._rows, parent)
        self._rows.setParent(self)
        self._widths: dict[str, int] = {}
        self.setItemDelegate(LedgerDelegate(self))
        self._wished: tuple[str, ...] = ()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setToolTip("点一下按这一栏排序，再点倒过来，第三下按出单先后；右键选要看的栏")
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.sectionClicked.connect(self._on_header_section_clicked)
        header.customContextMenuRequested.connect(self._on_header_menu_requested)
        self.show_order("")
        self.row_chosen.connect(self._on_row_chosen)
        self.row_opened.connect(self._on_row_opened)

    def show_rows(self, rows: tuple[LedgerRow, ...], number: str) -> None:
        """Show rows and mark the notice of this number, if it is among them."""
        self._rows.show_rows(rows)
        self._widths = self._wanted_widths(rows)
        self.show_row(next((n for n, row in enumerate(rows) if row.number == number), -1))
        self._fit_columns()

    def number(self) -> str:
        """Return the number of the marked notice; empty when none is marked."""
        row = self._rows.record_at(self.currentIndex().row())
        return row.number if row else ""

    def numbers(self) -> tuple[str, ...]:
        """Return the numbers of all marked notices, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        records = (self._rows.record_at(row) for row in rows)
        return tuple(record.number for record in records if record)

    def marked(self) -> LedgerRow | None:
        """Return the row the cursor is in; None when it is in none."""
        return self._rows.record_at(self.currentIndex().row())

    def show_order(self, order: str) -> None:
        """Point at the column that the rows are sorted by."""
        name = order.removeprefix("-")
        down = (
            Qt.SortOrder.DescendingOrder if order.startswith("-") else Qt.SortOrder.AscendingOrder
        )
        self.horizontalHeader().setSortIndicator(self._rows.column_of(name) if name else -1, down)

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show these columns, however wide they are; none for as many as have room."""
        self._wished = names
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QTableView.resizeEvent: leave out what has no room."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column its text's width and an even share of the rest."""
        widths, room = self._widths, self.viewport().width()
        if not widths:
            return
        shown = set(widths)
        if self._wished:
            shown = {name for name in widths if name in self._wished}
        for name in () if self._wished else _LEFT_OUT_FIRST:
            if sum(widths[kept] for kept in shown) <= room:
                break
            shown.discard(name)
        spare = max(0, room - sum(widths[kept] for kept in shown)) // len(shown)
        for at, column in enumerate(LEDGER_COLUMNS):
            self.setColumnHidden(at, column.name not in shown)
            self.setColumnWidth(at, widths[column.name] + spare)

    def _wanted_widths(self, rows: tuple[LedgerRow, ...]) -> dict[str, int]:
        """Measure each column by its longest text: a view asked for all takes too long."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        widths = {}
        for at, column in enumerate(LEDGER_COLUMNS):
            texts = [column.text(row) for row in rows]
            longest = max(
                range(len(texts)), key=lambda n: metrics.horizontalAdvance(texts[n]), default=-1
            )
            cell = self.sizeHintForIndex(self._rows.index(longest, at)).width() if texts else 0
            widths[column.name] = metrics.averageCharWidth() + max(cell, header.sectionSizeHint(at))
        return widths

    def _on_header_section_clicked(self, section: int) -> None:
        self.sort_wanted.emit(LEDGER_COLUMNS[section].name)

    def _on_header_menu_requested(self, place: QPoint) -> None:
        header = self.horizontalHeader()
        rows = [
            MenuRow(column.name, column.title, checked=not self.isColumnHidden(at))
            for at, column in enumerate(LEDGER_COLUMNS)
        ]
        by_room = MenuRow(BY_ROOM, "有多宽看多少", checked=not self._wished)
        open_menu(
            header, "columns", (*rows, LINE, by_room), self._choose, header.mapToGlobal(place)
        )

    def _choose(self, name: str) -> None:
        """Show or hide a column, but never the last one."""
        shown = [
            column.name for at, column in enumerate(LEDGER_COLUMNS) if not self.isColumnHidden(at)
        ]
        wished = [
            column.name
            for column in LEDGER_COLUMNS
            if (column.name in shown) != (column.name == name)
        ]
        self._wished = () if name == BY_ROOM or not wished else tuple(wished)
        self._fit_columns()
        self.columns_chosen.emit(self._wished)

    def _on_row_chosen(self, row: int) -> None:
        self.chosen.emit(self.number())
        if row == self._rows.rowCount() - 1:
            self.end_reached.emit()

    def _on_row_opened(self, _row: int) -> None:
        self.opened.emit(self.number())
