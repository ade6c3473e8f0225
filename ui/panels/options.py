"""The choices side by side: pay now, repair, another day, another window.

Shows an outcome's options; tells by signals which one was chosen and which
other day was asked about. A digit chooses, so do the arrow keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from medcounter.money import show_money

from ..models.record_table import END, Column, RecordTable
from .result_text import wait_length

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from medcounter.assess.options import Option
    from medcounter.desk.outcome import Outcome

_STEP = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_DIFFERENCE = 5
# Heights of a line that an option's name needs to be told from the others.
_LABEL_WIDTH = 8
_FEWEST_ROWS = 3
_MOST_ROWS = 6


class Numbered:
    """An option and the digit that chooses it."""

    __slots__ = ("digit", "option")

    def __init__(self, digit: int, option: Option) -> None:
        self.digit = digit
        self.option = option

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Numbered):
            return NotImplemented
        return (self.digit, self.option) == (other.digit, other.option)

    def __hash__(self) -> int:
        return hash((self.digit, self.option.code))


def amount_text(option: Option) -> str:
    """Tell what an option costs."""
    fee = option.assessment.fee
    return show_money(fee.total) if fee else "不能缴"


def wait_text(option: Option) -> str:
    """Tell how long an option makes the resident wait."""
    return wait_length(option.assessment.wait) if option.assessment.payable else "—"


def cover_text(option: Option) -> str:
    """Tell from when an option covers."""
    cover = option.assessment.coverage
    if cover:
        return cover.start.isoformat()
    return "没有待遇" if option.assessment.payable else "—"


def difference_text(option: Option) -> str:
    """Tell what an option costs and gives more or less than paying now."""
    parts = []
    if option.extra_cost:
        parts.append(f"{_sign(option.extra_cost)}{show_money(abs(option.extra_cost))}")
    if option.extra_days:
        parts.append(f"{_sign(option.extra_days)}{abs(option.extra_days)} 天")
    return " / ".join(parts) or "—"


def _sign(number: int) -> str:
    return "+" if number > 0 else "−"


def option_columns() -> tuple[Column[Numbered], ...]:
    """Give the columns of the table of options."""
    return (
        Column("digit", "键", lambda row: str(row.digit), lambda row: row.digit),
        Column("label", "方案", lambda row: row.option.label, lambda row: row.option.code),
        Column("amount", "应缴", lambda row: amount_text(row.option), lambda row: row.option, END),
        Column("wait", "等待", lambda row: wait_text(row.option), lambda row: row.option, END),
        Column("cover", "待遇起", lambda row: cover_text(row.option), lambda row: row.option, END),
        Column(
            "difference",
            "比现在缴",
            lambda row: difference_text(row.option),
            lambda row: row.option,
            END,
        ),
    )


class OptionTable(QTableView):
    """The table of choices.

    Signals:
        chosen: Code of the option the user chose.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("options")
        self.setAccessibleName("方案，按数字选择")
        self._model: RecordTable[Numbered] = RecordTable(option_columns(), self)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        em = self.fontMetrics().height()
        self.verticalHeader().setMinimumSectionSize(em)
        self.verticalHeader().setDefaultSectionSize(em * 5 // 4)
        self._rows_wanted = _FEWEST_ROWS
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setAccessibleName("方案各栏的名称")
        header.setMinimumSectionSize(em)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 1.5), (2, 4.2), (3, 3.2), (4, 4.6), (5, 6.4)):
            self.setColumnWidth(column, round(em * width))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._on_clicked)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the options, the chosen one marked."""
        rows = tuple(Numbered(n, option) for n, option in enumerate(outcome.options, start=1))
        self._model.show_rows(rows)
        if len(rows) != self._rows_wanted:
            self._rows_wanted = len(rows)
            self.updateGeometry()
        chosen = next((n for n, o in enumerate(outcome.options) if o is outcome.chosen), -1)
        if self.currentIndex().row() != chosen:
            self.selectionModel().setCurrentIndex(
                self._model.index(chosen, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QTableView.resizeEvent: a narrow table tells less of each."""
        super().resizeEvent(event)
        fixed = sum(self.columnWidth(column) for column in (0, 2, 3, 4, _DIFFERENCE))
        narrow = self.viewport().width() - fixed < self.fontMetrics().height() * _LABEL_WIDTH
        self.setColumnHidden(_DIFFERENCE, narrow)

    def sizeHint(self) -> QSize:
        """Override QTableView.sizeHint: as high as its rows, within reason."""
        return self._height_of(min(max(self._rows_wanted, _FEWEST_ROWS), _MOST_ROWS))

    def minimumSizeHint(self) -> QSize:
        """Override QTableView.minimumSizeHint: the fewest rows stay in sight."""
        return self._height_of(_FEWEST_ROWS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTableView.keyPressEvent: digits and arrows choose."""
        row = self.currentIndex().row() + _STEP.get(Qt.Key(event.key()), 0)
        if event.text().isascii() and event.text().isdigit():
            self._choose(int(event.text()) - 1)
        elif Qt.Key(event.key()) in _STEP:
            self._choose(row)
        else:
            super().keyPressEvent(event)

    def _height_of(self, rows: int) -> QSize:
        header = self.horizontalHeader().sizeHint().height()
        height = header + rows * self.verticalHeader().defaultSectionSize()
        return QSize(super().minimumSizeHint().width(), height + self.frameWidth() * 2 + 2)

    def _choose(self, row: int) -> None:
        numbered = self._model.record_at(row)
        if numbered is not None:
            self.chosen.emit(numbered.option.code)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())


class OptionsPanel(QFrame):
    """The card around the table of choices.

    Signals:
        edited: ``option`` and the code of the option the user chose.
    """

    edited = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("options_panel")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em // 2, em // 5, em // 2, em // 4)
        self._table = OptionTable(self)
        self._table.chosen.connect(self._on_table_chosen)
        column.addWidget(self._table)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the options of an outcome."""
        self._table.show_outcome(outcome)

    def focus_table(self) -> None:
        """Let digits choose from now on."""
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_table_chosen(self, code: str) -> None:
        self.edited.emit("option", code)
