"""The view of today and the season: figures, four pictures, and their table.

Shows a SeasonState and emits what the clerk wants.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from medcounter.desk.day.tally import tally_lines

from ...look.icons import dress_button
from ...shortcuts import key_of
from ...widgets.choice import Tabs
from ...widgets.field_edit import show_text
from ...widgets.key_action import add_key
from ...widgets.labels import plain_label
from ...widgets.message_row import MessageRow
from ...widgets.record_model import RecordModel
from ...widgets.record_view import RecordView
from ...widgets.tall_scroll import TallScroll
from .bar_chart import BarChart
from .season_charts import (
    AMOUNT,
    NOTICES,
    SEASON,
    SEASON_COLUMNS,
    TODAY,
    charts,
    figure_texts,
    title_text,
)
from .season_session import MEASURE, PRINT, SAVE, SPAN

if TYPE_CHECKING:
    from medcounter.desk.day.tally import TallyLine

    from ...messages import Message
    from .season_charts import SeasonState

_SPANS = ((TODAY, "今日"), (SEASON, "本季"))
_MEASURES = ((NOTICES, "份数"), (AMOUNT, "金额"))
_SHAPES = (("pictures", "图"), ("table", "表格"))
_MOST_CHARTS = 4
_LABEL = 1


class SeasonPanel(QWidget):
    """Today and the season of this desk.

    Signals:
        asked: An act of the season session and its value.
        left: The clerk goes back to the counter.
    """

    asked = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("season_panel")
        self._em = self.fontMetrics().height()
        self._title = plain_label("season_title", self, "title", wraps=False)
        self._valid = plain_label("season_valid", self, "figure", wraps=False)
        self._total = plain_label("season_total", self, "figure", wraps=False)
        self._facts = plain_label("season_facts", self, "detail", wraps=False)
        self._spans = self._make_tabs("season_spans", "今日还是本季", _SPANS)
        self._measures = self._make_tabs("season_measures", "份数还是金额", _MEASURES)
        self._shapes = self._make_tabs("season_shapes", "图还是表格", _SHAPES)
        self._spans.currentChanged.connect(self._on_spans_changed)
        self._measures.currentChanged.connect(self._on_measures_changed)
        self._charts = [BarChart(f"season_chart_{n}", self) for n in range(_MOST_CHARTS)]
        self._rows: RecordModel[tuple[str, TallyLine]] = RecordModel(SEASON_COLUMNS)
        self._table = RecordView(
            "season_table", "按天、时段、地区和身份的份数和金额", self._rows, self
        )
        self._rows.setParent(self._table)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_LABEL, QHeaderView.ResizeMode.Stretch)
        self._message = MessageRow("season_message", self)
        self._pages = QStackedWidget(self)
        self._shapes.currentChanged.connect(self._pages.setCurrentIndex)
        self._lay_out()
        for act, name in ((PRINT, "season_print"), (SAVE, "season_save")):
            add_key(self, name, partial(self.asked.emit, act, ""))

    def show_state(self, state: SeasonState) -> None:
        """Show everything of a state."""
        show_text(self._title, title_text(state))
        valid, total, facts = figure_texts(state.counted)
        show_text(self._valid, valid)
        show_text(self._total, total)
        show_text(self._facts, facts)
        shown = charts(state)
        for number, chart in enumerate(self._charts):
            chart.setVisible(number < len(shown))
            if number < len(shown):
                chart.show_chart(shown[number])
        # Of one day the hours have the whole width.
        self._grid.removeWidget(self._charts[0])
        self._grid.addWidget(self._charts[0], 0, 0, 1, 2 if len(shown) < _MOST_CHARTS else 1)
        places = ((1, 0), (1, 1)) if len(shown) < _MOST_CHARTS else ((0, 1), (1, 0), (1, 1))
        for chart, place in zip(self._charts[1:], places, strict=False):
            self._grid.removeWidget(chart)
            self._grid.addWidget(chart, *place)
        self._rows.show_rows(tally_lines(state.counted))

    def show_message(self, message: Message) -> None:
        """Show what came of an act until the next."""
        self._message.show_message(message)

    def focus_first(self) -> None:
        """Let the arrow keys turn from today to the season."""
        self._spans.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_tabs(self, name: str, label: str, choices: tuple[tuple[str, str], ...]) -> Tabs:
        tabs = Tabs(self)
        tabs.setObjectName(name)
        tabs.setAccessibleName(label)
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        for _, text in choices:
            tabs.addTab(text)
        return tabs

    def _button(self, act: str, text: str) -> QPushButton:
        button = QPushButton(f"{text}  {key_of(act)}", self)
        button.setObjectName(f"{act}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        pictures = QWidget(self)
        pictures.setObjectName("season_pictures")
        self._grid = QGridLayout(pictures)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(self._em)
        for number in (0, 1):
            self._grid.setColumnStretch(number, 1)
            self._grid.setRowStretch(number, 1)
        self._pages.addWidget(TallScroll("season_scroll", pictures, self))
        self._pages.addWidget(self._table)
        head = QHBoxLayout()
        head.setSpacing(self._em)
        for tabs in (self._spans, self._measures, self._shapes):
            head.addWidget(tabs)
        head.addStretch()
        back, out, kept = (
            self._button("step_back", "返回"),
            self._button("season_print", "打印"),
            self._button("season_save", "存为 PDF"),
        )
        dress_button(out, "issue")
        dress_button(kept, "ledger_save")
        back.clicked.connect(self.left)
        out.clicked.connect(partial(self.asked.emit, PRINT, ""))
        kept.clicked.connect(partial(self.asked.emit, SAVE, ""))
        for button in (out, kept, back):
            head.addWidget(button)
        sums = QHBoxLayout()
        sums.setSpacing(self._em)
        for label in (self._valid, self._total, self._facts):
            sums.addWidget(label, 0, Qt.AlignmentFlag.AlignBottom)
        sums.addStretch()
        card = QFrame(self)
        card.setObjectName("season_card")
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*([self._em * 3 // 4] * 4))
        column.setSpacing(self._em // 2)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addLayout(sums)
        column.addWidget(self._pages, 1)
        column.addWidget(self._message)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*([self._em // 2] * 4))
        whole.addWidget(card)

    def _on_spans_changed(self, number: int) -> None:
        self.asked.emit(SPAN, _SPANS[number][0])

    def _on_measures_changed(self, number: int) -> None:
        self.asked.emit(MEASURE, _MEASURES[number][0])
