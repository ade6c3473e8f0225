"""The three lists of one programme: rules, sources, other claims.

Shows lines and, below the list, the selected line in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from ...widgets.choice import Tabs
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label
from ...widgets.record_model import RecordModel
from ...widgets.record_view import WrappedTable
from .rule_rows import (
    CONFLICT_COLUMNS,
    RULE_COLUMNS,
    SOURCE_COLUMNS,
    conflict_text,
    rule_text,
    source_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from medcounter.desk.rules.rules_overview import ProgrammeView

    from ...widgets.record_model import Column


# Heights of a line; what is stretched shares the rest.
_WIDTHS = {"question": 7, "grounds": 8.6, "grade": 3.2, "status": 3.6, "publisher": 9, "about": 6}
_STRETCHED = {"answer", "title", "says", "used"}


class _Page(NamedTuple):
    """One list: its heading, how its lines are said, and its widgets."""

    heading: str
    sentence: Callable[[Any], str]
    rows: RecordModel[Any]
    table: WrappedTable


class RuleLists(QWidget):
    """The lists of one programme behind three tabs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rules_pages")
        self._em = self.fontMetrics().height()
        self._tabs = Tabs(self)
        self._tabs.setObjectName("rules_tabs")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tabs.setAccessibleName("规定、来源、不同说法")
        self._stack = QStackedWidget(self)
        self._pages = (
            self._page("rules_list", "规定", RULE_COLUMNS, rule_text),
            self._page("rules_sources", "来源", SOURCE_COLUMNS, source_text),
            self._page("rules_conflicts", "不同说法", CONFLICT_COLUMNS, conflict_text),
        )
        self._sentence = plain_label("rules_said", self, "banner")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setMinimumHeight(self._em * 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._em // 4)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self._sentence)
        self._tabs.tabBarClicked.connect(self.open_page)

    def show_programme(self, view: ProgrammeView) -> None:
        """Show the lists of a programme from their first lines."""
        for number, lines in enumerate((view.rules, view.sources, view.conflicts)):
            page = self._pages[number]
            self._tabs.setTabText(number, f"{page.heading} {len(lines)}")
            page.rows.show_rows(lines)
            page.table.wrap()
            page.table.show_row(0 if lines else -1)
        self._say()

    def open_page(self, number: int) -> None:
        """Open one of the lists, counted from 0."""
        if 0 <= number < len(self._pages):
            self._tabs.setCurrentIndex(number)
            self._stack.setCurrentIndex(number)
            self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: left and right change the list."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.open_page(self._stack.currentIndex() + step)
            self._stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(
        self,
        name: str,
        heading: str,
        columns: tuple[Column[Any], ...],
        sentence: Callable[[Any], str],
    ) -> _Page:
        rows: RecordModel[Any] = RecordModel(columns, self)
        table = WrappedTable(name, heading, rows, self._stack)
        header = table.horizontalHeader()
        for place, column in enumerate(columns):
            stretched = column.name in _STRETCHED
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(place, mode)
            header.resizeSection(place, round(self._em * _WIDTHS.get(column.name, 5)))
        table.row_chosen.connect(self._say)
        self._tabs.addTab(heading)
        self._stack.addWidget(table)
        return _Page(heading, sentence, rows, table)

    def _say(self) -> None:
        page = self._pages[self._stack.currentIndex()]
        line = page.rows.record_at(page.table.currentIndex().row())
        show_text(self._sentence, page.sentence(line) if line else f"没有{page.heading}")
