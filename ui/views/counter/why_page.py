"""The page behind F4: the derivation in full.

Shows an outcome's derivation with sources, rejected rules, doubts and hints,
scrolled with the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from medcounter.wording.doubt_words import code_names

from ...look.theme import palette_in_use
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label
from .result_text import spoken
from .why_html import around_html, steps_html

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook
    from medcounter.desk.evaluate.outcome import Outcome


class WhyPage(QWidget):
    """Two columns: the steps, and what stands around them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("why_page")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        column.setSpacing(em // 2)
        self._result = plain_label("why_result", self, "title")
        column.addWidget(self._result)
        row = QHBoxLayout()
        row.setSpacing(em // 2)
        self._steps = self._make_text("why_steps", "依据，逐条", row, 3)
        self._around = self._make_text("why_around", "怎么算的，没有把握的，怎样会不同", row, 2)
        column.addLayout(row, 1)

    def show_outcome(self, outcome: Outcome, book: RuleBook | None) -> None:
        """Write the whole reason of an outcome; the rule book names its codes."""
        names = {} if book is None else code_names(book)
        palette = palette_in_use()
        show_text(self._result, f"{spoken(outcome)}　（F4 或 Esc 返回）")
        self._steps.setHtml(steps_html(outcome, palette))
        self._around.setHtml(around_html(outcome, palette, names))

    def focus_steps(self) -> None:
        """Let the arrow keys scroll the steps."""
        self._steps.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_text(self, name: str, label: str, row: QHBoxLayout, share: int) -> QTextBrowser:
        text = QTextBrowser(self)
        text.setObjectName(name)
        text.setAccessibleName(label)
        text.setProperty("role", "card")
        text.setFrameShape(QFrame.Shape.NoFrame)
        text.setOpenLinks(False)
        text.setTabChangesFocus(True)
        row.addWidget(text, share)
        return text
