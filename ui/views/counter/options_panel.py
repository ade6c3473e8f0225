"""The options side by side: pay now, repair, another day, another window.

Shows an outcome's options; emits which one was chosen and which other day was
asked for. Digits and arrow keys choose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from medcounter.wording.wait_words import wait_length

from ...widgets.gutter_scroll import keep_gutter
from ...widgets.record_model import END, Column, RecordModel
from ...widgets.whole_texts import line_count, say_why_empty, steady_width

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from medcounter.assess.options import Option
    from medcounter.desk.evaluate.outcome import Outcome

_STEP = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LABEL = 1
_WAIT = 3
_DIFFERENCE = 5
_EMPTY = "左边改正后，这里列出可选的方案"
_NOBODY = "填了是谁，这里列出可选的方案"
_NO_RULES = "没有当地的规则，列不出方案"
# Heights of a line that an option's name needs to be told from the others.
_LABEL_WIDTH = 9.8
# Widths of the other columns and of what is around the table, in heights of a line.
_WIDTHS = {0: 1.5, 2: 4.2, 4: 4.6}
# A wait in days or months, or in whole months, which few places have.
_WAIT_WIDTHS = (3.2, 4.0)
_AROUND = 2.5
# In one line, or in two.
_DIFFERENCE_WIDTHS = (7.2, 5.0)
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
    """Return what an option costs."""
    fee = option.assessment.fee
    return show_money(fee.total) if fee else "不能缴"


def wait_text(option: Option) -> str:
    """Return how long an option makes the resident wait."""
    return wait_length(option.assessment.wait) if option.assessment.payable else "—"


def cover_text(option: Option) -> str:
    """Tell from when an option covers."""
    cover = option.assessment.coverage
    if cover:
        return cover.start.isoformat()
    return "没有待遇" if option.assessment.payable else "—"


def difference_text(option: Option) -> str:
    """Return what an option costs and gives more or less than paying now."""
    parts = []
    if option.extra_cost:
        parts.append(f"{_sign(option.extra_cost)}{show_money(abs(option.extra_cost))}")
    if option.extra_days:
        parts.append(f"{_sign(option.extra_days)}{abs(option.extra_days)} 天")
    return " / ".join(parts) or "—"


def _sign(number: int) -> str:
    return "+" if number > 0 else "−"


def option_columns() -> tuple[Column[Numbered], ...]:
    """Return the columns of the table of options."""
    return (
        Column("digit", "键", lambda row: str(row.digit), lambda row: row.digit),
        Column("label", "方案", lambda row: row.option.label, lambda row: row.option.code),
        Column("amount", "应缴", lambda row: amount_text(row.option), lambda row: row.option, END),
        Column("wait", "等待", lambda row: wait_text(row.option), lambda row: row.option, END),
        Column("cover", "待遇起", lambda row: cover_text(row.option), lambda row: row.option, END),
        Column(
            "difference",
            "比第 1 项",
            lambda row: difference_text(row.option),
            lambda row: row.option,
            END,
        ),
    )


class _Room(NamedTuple):
    """Pixels for the names of the options and for what differs; 0 hides it."""

    label: int
    difference: int


def _why_empty(outcome: Outcome) -> str:
    if outcome.mechanism is not None:
        return _NO_RULES
    return _EMPTY if outcome.problems else _NOBODY


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
        self._model: RecordModel[Numbered] = RecordModel(option_columns(), self)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_gutter(self)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self._em = em = self.fontMetrics().height()
        self.verticalHeader().setMinimumSectionSize(em)
        self.verticalHeader().setDefaultSectionSize(em * 5 // 4)
        self._rows_wanted = _FEWEST_ROWS
        self._why_empty = _EMPTY
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setAccessibleName("方案各栏的名称")
        header.setMinimumSectionSize(em)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, round(em * width))
        self.setColumnWidth(_WAIT, round(em * _WAIT_WIDTHS[0]))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._on_clicked)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the options, the chosen one marked."""
        rows = tuple(Numbered(n, option) for n, option in enumerate(outcome.options, start=1))
        self._model.show_rows(rows)
        self._widen_wait()
        self._why_empty = _why_empty(outcome)
        if len(rows) != self._rows_wanted:
            self._rows_wanted = len(rows)
            self.updateGeometry()
        self._wrap()
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
        self.setColumnHidden(_DIFFERENCE, self._room().difference == 0)
        self.setColumnWidth(_DIFFERENCE, self._room().difference)
        self._wrap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QTableView.paintEvent: an empty table says why."""
        super().paintEvent(event)
        if not self._model.rowCount():
            say_why_empty(self, self._why_empty)

    def sizeHint(self) -> QSize:
        """Override QTableView.sizeHint: as high as its rows, within reason."""
        rows = min(max(self._rows_wanted, _FEWEST_ROWS), _MOST_ROWS)
        return QSize(super().minimumSizeHint().width(), self._height_of(rows))

    def minimumSizeHint(self) -> QSize:
        """Override QTableView.minimumSizeHint: the fewest rows stay in sight."""
        return QSize(super().minimumSizeHint().width(), self._height_of(_FEWEST_ROWS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTableView.keyPressEvent: digits and arrows choose."""
        row = self.currentIndex().row() + _STEP.get(Qt.Key(event.key()), 0)
        if event.text().isascii() and event.text().isdigit():
            self._choose(int(event.text()) - 1)
        elif Qt.Key(event.key()) in _STEP:
            self._choose(row)
        else:
            super().keyPressEvent(event)

    def _widen_wait(self) -> None:
        """Give the wait the room that its longest text takes."""
        rows = range(self._model.rowCount())
        needed = max(
            (self.sizeHintForIndex(self._model.index(n, _WAIT)).width() for n in rows), default=0
        )
        widths = [round(self._em * share) for share in _WAIT_WIDTHS]
        self.setColumnWidth(_WAIT, next((one for one in widths if one >= needed), widths[-1]))

    def _room(self) -> _Room:
        """Share the width between the names and what differs.

        Told by the width of the whole answer: a table that went by its own
        would be resized by the rows it makes higher.
        """
        fixed = round(self._em * (sum(_WIDTHS.values()) + _AROUND)) + self.columnWidth(_WAIT)
        left = steady_width(self) - fixed
        for share in _DIFFERENCE_WIDTHS:
            difference = round(self._em * share)
            if left - difference >= self._em * _LABEL_WIDTH:
                return _Room(left - difference, difference)
        return _Room(left, 0)

    def _row_height(self, row: int) -> int:
        usual, room = self.verticalHeader().defaultSectionSize(), self._room()
        lines = 1
        for column, width in ((_LABEL, room.label), (_DIFFERENCE, room.difference)):
            text = self._model.index(row, column).data()
            if text and width:
                lines = max(lines, line_count(self, str(text), width))
        return usual + (lines - 1) * self.fontMetrics().lineSpacing()

    def _wrap(self) -> None:
        header = self.verticalHeader()
        for row in range(self._model.rowCount()):
            height = self._row_height(row)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)
                self.updateGeometry()

    def _height_of(self, rows: int) -> int:
        header = self.horizontalHeader().sizeHint().height()
        height = sum(self._row_height(row) for row in range(rows))
        return header + height + self.frameWidth() * 2 + 2

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
