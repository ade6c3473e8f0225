"""The desk: form on the left, result on the right, actions below.

Arranges the panels and passes an outcome on to each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...widgets.gutter_scroll import GutterScroll
from .case_form import CaseForm
from .derivation_panel import DerivationPanel
from .member_strip import MemberStrip
from .options_panel import OptionsPanel
from .result_panel import ResultPanel
from .season_foot import SeasonFoot

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from medcounter.desk.evaluate.household import Gathering
    from medcounter.desk.evaluate.outcome import Outcome

_FORM_SHARE = 44
_ANSWER_SHARE = 56
# Heights of a line below which there is room for the decision alone.
_LOW = 26


class AnswerScroll(GutterScroll):
    """The answer; where room is scarce the reasons are left to F4."""

    def __init__(self, answer: QWidget, reasons: QWidget, parent: QWidget) -> None:
        super().__init__("answer_scroll", answer, parent)
        self._reasons = reasons

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QScrollArea.resizeEvent: the decision has the first claim."""
        super().resizeEvent(event)
        self._reasons.setVisible(self.height() >= _LOW * self.fontMetrics().height())


class CounterView(QWidget):
    """One screen for one resident.

    Attributes:
        form: What is typed.
        options: What can be chosen.
        result: What is said to the resident.
        members: The household, shown for two and more.
        derivation: The steps in short.
        foot: The season, its counts and the queue's number.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("counter_view")
        em = self.fontMetrics().height()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(em // 3, em // 4, 0, em // 4)
        whole.setSpacing(0)
        self.members = MemberStrip(self)
        whole.addWidget(self.members)
        row = QHBoxLayout()
        whole.addLayout(row, 1)
        row.setSpacing(0)
        self.form = CaseForm(self)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(GutterScroll("form_scroll", self.form, self), 1)
        self.foot = SeasonFoot(self)
        left.addWidget(self.foot)
        row.addLayout(left, _FORM_SHARE)
        answer = QWidget(self)
        answer.setObjectName("answer")
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 3)
        self.result = ResultPanel(answer)
        self.options = OptionsPanel(answer)
        self.derivation = DerivationPanel(answer)
        column.addWidget(self.result)
        column.addWidget(self.options)
        column.addWidget(self.derivation, 1)
        scroll = AnswerScroll(answer, self.derivation, self)
        row.addWidget(scroll, _ANSWER_SHARE)

    def show_gathering(self, gathering: Gathering) -> None:
        """Show the household beside the member being edited."""
        self.members.show_gathering(gathering)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show an outcome in every panel."""
        self.form.show_outcome(outcome)
        self.result.show_outcome(outcome)
        self.options.show_outcome(outcome)
        self.derivation.show_outcome(outcome)
