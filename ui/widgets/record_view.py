"""A table whose rows are selected and activated, never edited.

Emits what the user moved to, but not selections made by the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from .act_menu import menu_place
from .gutter_scroll import keep_gutter
from .whole_texts import wrap_long_rows

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class RecordView(QTableView):
    """Rows to choose one from.

    Signals:
        row_chosen: The row the user moved to by key or mouse.
        row_opened: The row on which Enter was pressed or that was clicked
            twice.
        menu_wanted: Where on the screen a menu for the marked rows belongs.
        resized: The rows have another room, and each column its width in it.
    """

    row_chosen = Signal(int)
    row_opened = Signal(int)
    menu_wanted = Signal(QPoint)
    resized = Signal()

    def __init__(self, name: str, label: str, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        em = self.fontMetrics().height()
        self.verticalHeader().setMinimumSectionSize(em)
        self.verticalHeader().setDefaultSectionSize(em * 3 // 2)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(em)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_row(self, row: int) -> None:
        """Mark a row; a row that is not there marks none."""
        if row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row, 0) if row >= 0 else QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTableView.keyPressEvent: Enter opens, arrows choose.

        Left and right are left to what lies around: a row has no cells to
        walk.
        """
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.row_opened.emit(row)
            return
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)
        self._tell_choice(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QTableView.resizeEvent: tell when the columns have their widths."""
        super().resizeEvent(event)
        self.resized.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Override QTableView.contextMenuEvent: what may be done with the marked rows."""
        if self.currentIndex().isValid():
            self.menu_wanted.emit(menu_place(self, event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Override QTableView.mousePressEvent: tell what was clicked."""
        row = self.currentIndex().row()
        super().mousePressEvent(event)
        self._tell_choice(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Override QTableView.mouseMoveEvent: a drag chooses as it goes."""
        row = self.currentIndex().row()
        super().mouseMoveEvent(event)
        self._tell_choice(row)

    def _tell_choice(self, before: int) -> None:
        if self.currentIndex().row() not in {before, -1}:
            self.row_chosen.emit(self.currentIndex().row())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())


class WrappedTable(RecordView):
    """Rows whose long texts take more lines, so that no date or amount is cut."""

    def __init__(self, name: str, label: str, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(name, label, model, parent)
        self.setWordWrap(True)
        self._wrapped: tuple[object, ...] = ()
        keep_gutter(self)
        for changed in (model.modelReset, model.dataChanged, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._forget)
        # Its columns are stretched only once it is seen, on a page opened later too.
        self.horizontalHeader().geometriesChanged.connect(self.wrap)

    def wrap(self) -> None:
        """Give each row the height its texts need now.

        Measuring thousands of rows takes a second, and Qt tells the same widths many times
        over: what was measured is measured again only for other texts, widths or letters.
        """
        columns = range(self.model().columnCount())
        shown = tuple(at for at in columns if not self.isColumnHidden(at))
        widths = tuple(self.columnWidth(at) for at in shown)
        now = (shown, widths, self.font().key(), self.verticalHeader().defaultSectionSize())
        if now != self._wrapped:
            self._wrapped = now
            wrap_long_rows(self, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QTableView.resizeEvent: texts wrap anew."""
        super().resizeEvent(event)
        self.wrap()

    def _forget(self) -> None:
        self._wrapped = ()
