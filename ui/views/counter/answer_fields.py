"""The free questions of a region and year: chips to choose from, or a line.

Shows the answers of a draft and emits what was answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ...widgets.chips import ChipStrip
from ...widgets.field_edit import ElidedLabel, FieldEdit, show_state, state_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcounter.assess.engine.rule_book import AnswerField
    from medcounter.desk.evaluate.outcome import Outcome

_YES_NO = (("是", "是", ""), ("否", "否", ""))
_HINTS = {"number": "数字", "years": "如 2023、2024", "date": "如 20251106 或 11月6日"}


class AnswerRow:
    """One question with its control and the note beside it."""

    def __init__(self, field: AnswerField, parent: QWidget, *, on_demand: bool) -> None:
        self.code = field.code
        self.shown = True
        self._on_demand = on_demand
        name = f"answers.{field.code}"
        self.label = QLabel(field.label, parent)
        self.label.setWordWrap(True)
        self.chips: ChipStrip | None = None
        self.edit: FieldEdit | None = None
        choices = tuple((choice.value, choice.label, "") for choice in field.choices)
        if field.kind == "bool" or choices:
            self.chips = ChipStrip(name.replace(".", "_"), field.label, parent)
            self.chips.show_choices(choices or _YES_NO)
            self.label.setBuddy(self.chips)
        else:
            self.edit = FieldEdit(name, field.label, _HINTS.get(field.kind, ""), parent)
            self.edit.setAttribute(
                Qt.WidgetAttribute.WA_InputMethodEnabled, field.kind not in _HINTS
            )
            if field.kind == "date":
                self.edit.offer_days()
            self.label.setBuddy(self.edit)
        self.note = ElidedLabel(f"answers_{field.code}_note", parent)
        self.note.setProperty("role", "note")

    @property
    def control(self) -> QWidget:
        """The widget that takes the focus for this question."""
        return self.chips or self.edit or self.label

    def show(self, text: str, state: str, note: str) -> None:
        """Show an answer, its state and its note."""
        if self.chips:
            self.chips.show_ticked((text,))
        if self.edit:
            self.edit.show_text(text)
        show_state(self.control, state)
        self.note.show_text(note)
        show_state(self.note, state)
        self.shown = bool(text or state) or not self._on_demand
        self.label.setVisible(self.shown)
        self.control.setVisible(self.shown)
        self.note.setVisible(self.shown and bool(note))

    def delete(self) -> None:
        """Take the row away."""
        for widget in (self.label, self.control, self.note):
            widget.deleteLater()


class AnswerFields(QWidget):
    """A row for each question of the region.

    Signals:
        edited: ``answers.<code>`` and the text of the answer.
        entered: The user pressed Enter in a line.
    """

    edited = Signal(str, object)
    entered = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("answers")
        self._rows: list[AnswerRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(self.fontMetrics().height() // 2)
        self._grid.setVerticalSpacing(self.fontMetrics().height() // 5)

    def show_questions(self, questions: Iterable[AnswerField], on_demand: Iterable[str]) -> None:
        """Ask other questions.

        Args:
            questions: In the order they are put.
            on_demand: Codes that stay hidden until they matter.
        """
        hidden = set(on_demand)
        for row in self._rows:
            row.delete()
        self._rows = [self._make(field, on_demand=field.code in hidden) for field in questions]

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the answers of the draft and what is wrong with them."""
        for row in self._rows:
            state, note = state_at(outcome, f"answers.{row.code}")
            if row.edit:
                row.edit.show_today(outcome.on)
            row.show(outcome.draft.answer(row.code), state, note)
        self.setVisible(any(row.shown for row in self._rows))

    def controls(self) -> tuple[QWidget, ...]:
        """Return what takes the focus for each question, from top to bottom."""
        return tuple(row.control for row in self._rows)

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Return what Tab walks, question by question."""
        stops: list[QWidget] = []
        for row in self._rows:
            stops.extend(row.chips.tab_stops() if row.chips else (row.control,))
        return tuple(stops)

    def stop(self, code: str) -> QWidget:
        """Return what takes the focus for a question; the whole if unknown."""
        return next((row.control for row in self._rows if row.code == code), self)

    def _make(self, field: AnswerField, *, on_demand: bool) -> AnswerRow:
        row = AnswerRow(field, self, on_demand=on_demand)
        if row.chips:
            row.chips.ticked.connect(self._on_chips_ticked)
        if row.edit:
            row.edit.edited.connect(self.edited)
            row.edit.entered.connect(self.entered)
        line = self._grid.rowCount()
        self._grid.addWidget(row.label, line, 0)
        self._grid.addWidget(row.control, line, 1)
        self._grid.addWidget(row.note, line + 1, 1)
        return row

    def _on_chips_ticked(self, code: str, ticked: bool) -> None:  # noqa: FBT001 - the signal's own
        strip = self.sender()
        row = next((row for row in self._rows if row.chips is strip), None)
        if row is not None:
            self.edited.emit(f"answers.{row.code}", code if ticked else "")
