"""Why, in short: the steps of the derivation and where it says so.

Shows the steps of an outcome, one line each; F4 opens the long form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..models.record_table import END, Column, RecordTable
from .badge_delegate import BadgeDelegate
from .result_text import BADGE

if TYPE_CHECKING:
    from medcounter.assess.assessment import Assessment, Step
    from medcounter.desk.outcome import Outcome

_STATUS = 2


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


def step_columns() -> tuple[Column[StepLine], ...]:
    """Give the columns of the short derivation."""
    return (
        Column("number", "", lambda line: str(line.number), lambda line: line.number),
        Column(
            "text", "依据", lambda line: line.step.text, lambda line: line.step, hint=_whole_text
        ),
        Column("status", "把握", _badge_text, lambda line: line.step.status),
        Column("source", "出处", source_text, lambda line: line.step.source, END, source_text),
        Column("grade", "级", lambda line: line.step.grade, lambda line: line.step.grade, END),
    )


def _badge_text(line: StepLine) -> str:
    return BADGE.get(line.step.status, "")


def _whole_text(line: StepLine) -> str:
    return f"{line.step.label}：{line.step.text}"


class DerivationPanel(QFrame):
    """The steps in short."""

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
        more = QLabel("F4 看条款出处、未采用的规则、怎样会不同", self)
        more.setProperty("role", "hint")
        head.addWidget(title)
        head.addStretch()
        head.addWidget(more)
        column.addLayout(head)
        self._model: RecordTable[StepLine] = RecordTable(step_columns(), self)
        column.addWidget(self._make_table(em), 1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the steps that led to what is shown."""
        self._model.show_rows(step_lines(outcome.shown))

    def _make_table(self, em: int) -> QTableView:
        table = QTableView(self)
        table.setObjectName("derivation")
        table.setAccessibleName("依据，逐条")
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(em * 7 // 2)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(em)
        table.verticalHeader().setDefaultSectionSize(em * 17 // 16)
        header = table.horizontalHeader()
        header.hide()
        header.setMinimumSectionSize(em)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for number, width in ((0, 1.8), (2, 2.4), (3, 9.0), (4, 1.2)):
            table.setColumnWidth(number, round(em * width))
        table.setItemDelegateForColumn(_STATUS, BadgeDelegate(table))
        return table
