"""The table of sample residents: what each pays, waits, is covered from.

What the last change changed is lit and marked; last year's value stands beside
what differs from it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from medcounter.authoring.live.row_outcome import NOTHING
from medcounter.authoring.live.ticks import TickState

from ....look.theme import palette_in_use
from ....widgets.gutter_scroll import keep_gutter
from ....widgets.record_model import END, RAW_ROLE, Column, RecordModel
from ....widgets.record_view import RecordView
from ....widgets.whole_texts import line_count, say_why_empty
from ....work.slices import make_timer
from .strip_view import outcome_text
from .who_lines import who_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from medcounter.authoring.live.row_outcome import RowOutcome
    from medcounter.authoring.live.sample_table import SampleRow
    from medcounter.authoring.live.ticks import TickMark

_TICK = 0
_GOES_ON = {TickState.OPEN, TickState.CHANGED}
_WAITING = "正在测算每一类居民缴多少、等多久、从哪天起享受……"
_EMPTY = "填了时段和缴费标准，这里就列出每一类居民缴多少、等多久、从哪天起享受"
_LAST_YEAR = "上年"
_OWN = "例：自己写的算例，不用打勾；回车到“算例”一节去改。"
# Widths in heights of a line: a figure takes what it needs, the resident all the rest.
_LEAST, _MOST = 1.5, 7.5
# What style sheet and style leave free left and right of a text, in pixels.
_MARGIN, _BOX_MARGIN = 20, 14
# A row of one line, in heights of a line.
_COMPACT = 1.25
_FIGURES = (0, 2, 3, 4)
# Qt's own end of a line within a cell.
_LINE_END = "\u2028"
_PERSON, _NAME_LINES = 1, 8
_TICKS = {
    TickState.OPEN: "☐",
    TickState.TICKED: "☑",
    TickState.CHANGED: "✗",
    TickState.OWN: "例",
    TickState.OWN_FAILS: "例✗",
}
_SHOWN = ("pays", "waits", "covered")


def short(column: str, outcome: RowOutcome) -> str:
    """Return the figure of a column without its days, or why there is none."""
    if outcome.refused and column == "pays":
        return "✗ 没有答案"
    text = str(getattr(outcome, column))
    if column == "covered":
        return text.partition(" 至 ")[0].replace("本年度没有待遇", "没有待遇")
    return text.partition("，")[0]


def cell_text(column: str, row: SampleRow) -> str:
    """Describe a figure, whether it changed, and last year's if it differs."""
    text = short(column, row.now)
    lit = "● " if column in row.changed else ""
    if row.last_year is None or column not in row.moved:
        return f"{lit}{text}"
    return f"{lit}{text}\n{_LAST_YEAR} {short(column, row.last_year)}"


class SampleLine(NamedTuple):
    """One resident with the tick."""

    row: SampleRow
    tick: TickMark | None


def tick_text(line: SampleLine) -> str:
    """Mark a row: compared, come out otherwise since, or an own example."""
    return _TICKS[state_of(line)]


def state_of(line: SampleLine) -> TickState:
    """Return how the row of a line stands."""
    return TickState.OPEN if line.tick is None else line.tick.state


def is_own(line: SampleLine) -> bool:
    """Return whether the row is an example that the author wrote."""
    return state_of(line) in {TickState.OWN, TickState.OWN_FAILS}


def row_text(line: SampleLine) -> str:
    """Describe a whole row, with last year's figures where they differ."""
    row, now = line.row, line.row.now
    sentence = f"{row.person}，{row.facts.payment_date} 缴费：{now.period}"
    if not now.refused and now.pays != NOTHING:
        sentence += f"；{outcome_text(now)}"
    if now.in_doubt:
        sentence += f"；存疑：{now.in_doubt}"
    before = row.last_year
    if before is not None and row.moved & set(_SHOWN):
        sentence += f"\n{_LAST_YEAR}：{outcome_text(before)}"
    differs = () if line.tick is None else line.tick.differs
    return "\n".join((sentence, *differs, *((_OWN,) if is_own(line) else ())))


def day_of(line: SampleLine) -> str:
    """Return the resident's payment day in words."""
    return f"，{line.row.facts.payment_date} 缴"


def who_text(line: SampleLine) -> str:
    """Name the resident and the day."""
    return f"{line.row.person}{day_of(line)}"


def _figure(column: str, title: str) -> Column[SampleLine]:
    alignment = END if column == "pays" else Qt.AlignmentFlag.AlignVCenter
    return Column(column, title, partial(_cell, column), partial(_lit, column), alignment, row_text)


def _cell(column: str, line: SampleLine) -> str:
    return cell_text(column, line.row)


def _lit(column: str, line: SampleLine) -> bool:
    return column in line.row.changed


SAMPLE_COLUMNS: tuple[Column[SampleLine], ...] = (
    Column("tick", "核", tick_text, lambda _: False, Qt.AlignmentFlag.AlignCenter),
    Column("person", "谁、哪天缴", who_text, lambda _: False, hint=row_text),
    _figure("pays", "应缴"),
    _figure("waits", "等待"),
    _figure("covered", "享受从"),
)


class LitDelegate(QStyledItemDelegate):
    """A cell on a ground of its own where it just changed; a name in few lines."""

    def __init__(self, view: SampleView) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Override QStyledItemDelegate.initStyleOption: the payment day is whole."""
        super().initStyleOption(option, index)
        if index.column() == _PERSON:
            # The stubs of PySide6 6.8.3 do not know the fields of a style option.
            name = _LINE_END.join(self._view.shown_name(index.row()))
            option.text = name  # type: ignore[attr-defined]  # see above

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Override QStyledItemDelegate.paint: the ground lies below the text."""
        if index.data(RAW_ROLE) is True:
            rect = option.rect  # type: ignore[attr-defined]  # the stubs, as above
            painter.fillRect(rect, QColor(palette_in_use().wait_soft))
        super().paint(painter, option, index)


class SampleRows(RecordModel[SampleLine]):
    """The residents as rows: where the same ones stay, only what changed is told."""

    def show_rows(self, rows: Sequence[SampleLine]) -> None:
        """Override RecordModel.show_rows: another figure of a resident is no other row."""
        before, after = self._rows, tuple(rows)
        if [line.row.id for line in before] != [line.row.id for line in after]:
            super().show_rows(after)
            return
        self._rows = after
        last = self.columnCount() - 1
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number, 0), self.index(number, last))


class SampleView(RecordView):
    """The residents; Space or a click on the box says that one was compared.

    Signals:
        ticked: Id of the row whose tick was set or removed.
        pointed: The SampleLine that is marked now.
    """

    ticked = Signal(str)
    pointed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        self._rows = SampleRows(SAMPLE_COLUMNS, parent)
        label = "样本居民：缴多少、等多久、从哪天起享受；空格表示已与通知核对"
        super().__init__("studio_samples", label, self._rows, parent)
        self._why_empty = _EMPTY
        self._measured: dict[tuple[str, int], int] = {}
        self._names: dict[tuple[str, int], tuple[str, ...]] = {}
        self.setWordWrap(True)
        self.setItemDelegate(LitDelegate(self))
        keep_gutter(self)
        compact = round(self.fontMetrics().height() * _COMPACT)
        self.verticalHeader().setDefaultSectionSize(compact)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(round(self.fontMetrics().height() * _LEAST))
        for place, column in enumerate(SAMPLE_COLUMNS):
            stretched = column.name == "person"
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
        self._rows.dataChanged.connect(self._on_data_changed)
        self._rows.modelReset.connect(self._fit)
        self._rows.rowsInserted.connect(self._fit)
        self.row_chosen.connect(self._on_row_chosen)
        self.clicked.connect(self._on_clicked)
        # Rows are told one by one; the widths follow once all are.
        self._refit = make_timer(self, 0, once=True)
        self._refit.timeout.connect(self._fit)

    def show_lines(self, lines: tuple[SampleLine, ...], *, waiting: bool = False) -> None:
        """Show the residents; the one that is marked stays marked, or else its place.

        Args:
            lines: All that were worked out so far.
            waiting: Whether more are being worked out.
        """
        self._why_empty = _WAITING if waiting else _EMPTY
        marked, at = self.marked(), max(self.currentIndex().row(), 0)
        top = self.verticalScrollBar().value()
        self._rows.show_rows(lines)
        names = [line.row.id for line in lines]
        if marked is not None and marked.row.id in names:
            at = names.index(marked.row.id)
        self.show_row(min(at, len(lines) - 1))
        self.verticalScrollBar().setValue(top)

    def marked(self) -> SampleLine | None:
        """Return the row that is marked."""
        return self._rows.record_at(self.currentIndex().row())

    def seen(self) -> frozenset[str]:
        """Name the rows that are on the screen."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        count = self._rows.rowCount()
        shown = range(max(first, 0), (last if last >= 0 else count - 1) + 1)
        rows = (self._rows.record_at(row) for row in shown)
        return frozenset(line.row.id for line in rows if line is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override RecordView.keyPressEvent: Space ticks, Home and End go far.

        Where Space takes a tick away, or may not tick, the row stays marked.
        """
        marked, last = self.marked(), self._rows.rowCount() - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() == Qt.Key.Key_Space and marked is not None:
            next_row = min(self.currentIndex().row() + 1, last)
            self.ticked.emit(marked.row.id)
            if state_of(marked) in _GOES_ON:
                self._go_to(next_row)
        elif event.key() in ends and last >= 0:
            self._go_to(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def point_at(self, row_id: str) -> bool:
        """Focus the row of a resident.

        Returns:
            Whether there is one.
        """
        for number in range(self._rows.rowCount()):
            line = self._rows.record_at(number)
            if line is not None and line.row.id == row_id:
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._go_to(number)
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override RecordView.paintEvent: an empty table says what fills it."""
        super().paintEvent(event)
        if not self._rows.rowCount():
            say_why_empty(self, self._why_empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override RecordView.resizeEvent: names wrap anew."""
        super().resizeEvent(event)
        self._wrap()

    def shown_name(self, number: int) -> tuple[str, ...]:
        """Return the lines that show the name of a row's resident."""
        line, room = self._rows.record_at(number), self.columnWidth(_PERSON) - _MARGIN
        if line is None:
            return ()
        key = (who_text(line), room)
        if key not in self._names:
            width = self.fontMetrics().horizontalAdvance
            person, day = line.row.person, day_of(line)
            self._names[key] = who_lines(person, day, room, _NAME_LINES, width)
        return self._names[key]

    def _fit(self) -> None:
        """Give the figures the width they need, and each row its height."""
        header, rows = self.horizontalHeader(), self._rows.rowCount()
        most = round(self.fontMetrics().height() * _MOST)
        for column in _FIGURES:
            texts = {str(self._rows.index(row, column).data()) for row in range(rows)}
            lines = {one for text in texts for one in text.split("\n")}
            lines.add(SAMPLE_COLUMNS[column].title)
            wanted = max(self.fontMetrics().horizontalAdvance(one) for one in lines)
            margin = _MARGIN if column else _BOX_MARGIN
            header.resizeSection(column, min(wanted + margin, most))
        self._wrap()

    def _wrap(self) -> None:
        """Give each row the height its texts need; each is measured once."""
        for number in range(self._rows.rowCount()):
            self._wrap_row(number)

    def _wrap_row(self, number: int) -> None:
        header = self.verticalHeader()
        more = (self._lines_of(number) - 1) * self.fontMetrics().lineSpacing()
        wanted = header.defaultSectionSize() + more
        if header.sectionSize(number) != wanted:
            header.resizeSection(number, wanted)

    def _on_data_changed(self, first: QModelIndex) -> None:
        self._wrap_row(first.row())
        self._refit.start()

    def _lines_of(self, number: int) -> int:
        most = len(self.shown_name(number))
        for column in _FIGURES:
            text, width = str(self._rows.index(number, column).data()), self.columnWidth(column)
            if (text, width) not in self._measured:
                lines = (line_count(self, one, width) for one in text.split("\n"))
                self._measured[text, width] = sum(lines)
            most = max(most, self._measured[text, width])
        return most

    def _go_to(self, number: int) -> None:
        self.selectRow(number)
        self.scrollTo(self.currentIndex())
        self._on_row_chosen()

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self._rows.record_at(index.row())
        if index.column() == _TICK and line is not None:
            self.ticked.emit(line.row.id)

    def _on_row_chosen(self) -> None:
        marked = self.marked()
        if marked is not None:
            self.pointed.emit(marked)
