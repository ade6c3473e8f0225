"""The desk: form on the left, decision on the right, acts below.

Arranges the panels and passes an outcome on to each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from .case_form import CaseForm
from .derivation import DerivationPanel
from .options import OptionsPanel
from .result import ResultPanel

if TYPE_CHECKING:
    from medcounter.desk.outcome import Outcome

_FORM_SHARE = 44
_ANSWER_SHARE = 56


class DeskView(QWidget):
    """One screen for one resident.

    Attributes:
        form: What is typed.
        options: What can be chosen.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("desk_view")
        em = self.fontMetrics().height()
        row = QHBoxLayout(self)
        row.setContentsMargins(em // 3, em // 3, em // 3, em // 3)
        row.setSpacing(em // 3)
        self.form = CaseForm(self)
        row.addWidget(self._scrolled("form_scroll", self.form), _FORM_SHARE)
        answer = QWidget(self)
        answer.setObjectName("answer")
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em // 3)
        self._result = ResultPanel(answer)
        self.options = OptionsPanel(answer)
        self._derivation = DerivationPanel(answer)
        column.addWidget(self._result)
        column.addWidget(self.options)
        column.addWidget(self._derivation, 1)
        row.addWidget(self._scrolled("answer_scroll", answer), _ANSWER_SHARE)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show an outcome in every panel."""
        self.form.show_outcome(outcome)
        self._result.show_outcome(outcome)
        self.options.show_outcome(outcome)
        self._derivation.show_outcome(outcome)

    def _scrolled(self, name: str, inside: QWidget) -> QScrollArea:
        """Let a screen lower than any we know scroll rather than cut."""
        scroll = QScrollArea(self)
        scroll.setObjectName(name)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll
