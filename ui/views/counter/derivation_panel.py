"""The derivation in short: its steps and their sources.

Shows the steps of an outcome, one line each; F4 opens the long form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from medcounter.wording.glossary import meaning

from ...shortcuts import key_of
from ...widgets.badge_delegate import BadgeDelegate
from ...widgets.field_edit import ElidedLabel
from ...widgets.gutter_scroll import keep_gutter
from ...widgets.record_model import END, Column, RecordModel
from ...widgets.whole_texts import say_why_empty, steady_width, wrap_long_rows
from .result_text import BADGE

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from medcounter.assess.assessment import Assessment, Step
    from medcounter.desk.evaluate.outcome import Outcome

_TEXT, _STATUS, _SOURCE, _CLAUSE, _GRADE = 1, 2, 3, 4, 5
# Heights of a line that a table needs to name sources and clauses.
_ROOM_FOR_PUBLISHERS = 35
_ROOM_FOR_CLAUSES = 22
_EMPTY = "有了结果，这里逐条写明依据"


class StepLine(NamedTuple):
    """A step with its number and the name of who published its source."""

    number: int
    step: Step
    publisher: str


def step_lines(shown: Assessment | None) -> tuple[StepLine, ...]:
    """Number the steps and name their publishers."""
    if shown is None:
        return ()
    publishers = {citation.id: citation.publisher for citation in shown.citations}
    return tuple(
        StepLine(number, step, publishers.get(step.source, step.source))
        for number, step in enumerate(shown.steps, start=1)
    )


def source_text(line: StepLine) -> str:
    """Name who said it and in which clause."""
    return f"{line.publisher} {line.step.clause}".strip()


def _clause(line: StepLine) -> str:
    return line.step.clause


def step_columns() -> tuple[Column[StepLine], ...]:
    """Return the columns of the short derivation."""
    return (
        Column("number", "", lambda line: str(line.number), lambda line: line.number),
        Column(
            "text", "依据", lambda line: line.step.text, lambda line: line.step, hint=_whole_text
        ),
        Column("status", "把握", _badge_text, lambda line: line.step.status, hint=_badge_tip),
        Column("source", "出处", source_text, lambda line: line.step.source, END, source_text),
        Column("clause", "条款", _clause, lambda line: line.step.clause, END, source_text),
        Column(
            "grade",
            "级",
            lambda line: line.step.grade,
            lambda line: line.step.grade,
            END,
            _grade_tip,
        ),
    )


def _badge_text(line: StepLine) -> str:
    return BADGE.get(line.step.status, "")


def _badge_tip(line: StepLine) -> str:
    return meaning(_badge_text(line))


def _grade_tip(line: StepLine) -> str:
    return f"{line.step.grade} 级：{meaning(f'{line.step.grade} 级')}"


def _whole_text(line: StepLine) -> str:
    return f"{line.step.label}：{line.step.text}"


class StepTable(QTableView):
    """The steps, one line each; a narrow table leaves the sources to F4."""

    def __init__(self, model: RecordModel[StepLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("derivation")
        self.setAccessibleName("依据，逐条")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_gutter(self)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._em = em = self.fontMetrics().height()
        self.setMinimumHeight(em * 7 // 2)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(em)
        self.verticalHeader().setDefaultSectionSize(em * 17 // 16)
        header = self.horizontalHeader()
        header.hide()
        header.setMinimumSectionSize(em)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, round(em * 1.8))
        for number, width in ((_STATUS, 2.4), (_SOURCE, 9.0), (_CLAUSE, 4.6), (_GRADE, 1.2)):
            self.setColumnWidth(number, round(em * width))
        self.setItemDelegateForColumn(_STATUS, BadgeDelegate(self))

    def wrap(self) -> None:
        """Give long steps the lines they need."""
        wrap_long_rows(self, (_TEXT, _SOURCE, _CLAUSE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QTableView.resizeEvent: the text has the first claim to room."""
        super().resizeEvent(event)
        room = steady_width(self) / self._em
        whole = room >= _ROOM_FOR_PUBLISHERS
        self.setColumnHidden(_SOURCE, not whole)
        self.setColumnHidden(_CLAUSE, whole or room < _ROOM_FOR_CLAUSES)
        self.setColumnHidden(_GRADE, room < _ROOM_FOR_CLAUSES)
        self.wrap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QTableView.paintEvent: an empty table says why."""
        super().paintEvent(event)
        if not self.model().rowCount():
            say_why_empty(self, _EMPTY)


class DerivationPanel(QFrame):
    """The steps in short.

    Signals:
        pressed: Name of an act, as in the table of shortcuts.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("derivation_panel")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em // 2, em // 4, em // 2, em // 5)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(em // 3, 0, em // 3, em // 6)
        title = QLabel("依据", self)
        title.setProperty("role", "title")
        more = ElidedLabel("derivation_hint", self)
        more.setProperty("role", "hint")
        more.setAlignment(Qt.AlignmentFlag.AlignRight)
        more.show_text("F4 看条款出处、未采用的规则、怎样会不同")
        head.addWidget(title)
        head.addWidget(more, 1)
        words = QPushButton(f"名词  {key_of('glossary')}", self)
        words.setObjectName("glossary_button")
        words.setAccessibleName("名词：推定、未定、存疑、A 级是什么意思")
        words.setProperty("role", "quiet")
        words.setAutoDefault(False)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words.clicked.connect(self._on_words_clicked)
        head.addSpacing(em // 2)
        head.addWidget(words)
        column.addLayout(head)
        self._model: RecordModel[StepLine] = RecordModel(step_columns(), self)
        self._table = StepTable(self._model, self)
        column.addWidget(self._table, 1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the steps that led to what is shown."""
        self._model.show_rows(step_lines(outcome.on_screen))
        self._table.wrap()

    def _on_words_clicked(self) -> None:
        self.pressed.emit("glossary")
