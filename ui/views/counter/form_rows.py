"""The rows of the form: label, input, and a note below.

Builds rows into a grid and shows the state of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from medcounter.wording.glossary import meaning

from ...widgets.field_edit import PLAIN, FieldEdit, show_state, show_text, state_at
from ...widgets.labels import plain_label
from .omnibox import Omnibox

if TYPE_CHECKING:
    from medcounter.desk.draft.draft import Field
    from medcounter.desk.evaluate.outcome import Outcome

# How much more of the room left over stays below the form than between two lines.
_FREE = 8


class FormRow:
    """One field of the form: its label with buddy, and its control.

    Attributes:
        name: The draft's field.
        control: What takes the focus.
    """

    def __init__(self, field: Field, control: QWidget, parent: QWidget) -> None:
        self.name = field.name
        self.control = control
        self._hint = field.hint
        self.label = QLabel(field.label, parent)
        self.label.setObjectName(f"{field.name}_label")
        self.label.setProperty("role", "label")
        self.label.setBuddy(control)
        tip = meaning(field.label) or field.hint
        self.label.setToolTip(tip)
        control.setToolTip(tip)

    def show(self, outcome: Outcome) -> tuple[str, str]:
        """Mark the control; give its state and the sentence for the note."""
        state, text = state_at(outcome, self.name)
        show_state(self.control, state)
        described = text if state else self._hint
        if self.control.accessibleDescription() != described:
            self.control.setAccessibleDescription(described)
        return state, text


class FormLine:
    """One line of the form: up to two fields and the note below them.

    Attributes:
        note: How the fields were read, or what is wrong with them.
    """

    def __init__(self, rows: tuple[FormRow, ...], parent: QWidget, *, tight: bool) -> None:
        self.rows = rows
        self._tight = tight
        self.note = make_note(f"{rows[0].name}_note", parent)
        self.note.setHidden(tight)

    def show(self, outcome: Outcome, *notes: str) -> None:
        """Show the fields' states; problems come before what is told."""
        shown = [row.show(outcome) for row in self.rows]
        wrong = [text for state, text in shown if state]
        state = next((state for state, _ in shown if state), PLAIN)
        texts = wrong or [*(text for _, text in shown if text), *filter(None, notes)]
        show_state(self.note, state)
        show_text(self.note, " · ".join(texts))
        self.note.setHidden(self._tight and not texts)


def make_note(name: str, parent: QWidget) -> QLabel:
    """Make a small text that breaks into lines below a field."""
    return plain_label(name, parent, "note")


class FormGrid:
    """The grid the lines stand in."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._em = parent.fontMetrics().height()
        self._row = 0
        self._grid = QGridLayout(parent)
        self._grid.setContentsMargins(
            self._em * 3 // 4, self._em // 2, self._em * 3 // 4, self._em // 4
        )
        self._grid.setHorizontalSpacing(self._em // 2)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)

    def add_search(self, field: Field) -> FormLine:
        """Add the line with the one search box."""
        box = Omnibox(field.name, field.label, field.hint, self._parent)
        box.set_input("search")
        row = FormRow(field, box, self._parent)
        self._grid.addWidget(row.label, self._row, 0)
        self._grid.addWidget(box, self._row, 1, 1, 3)
        return self._end_line(FormLine((row,), self._parent, tight=False))

    def add_below(self, widget: QWidget) -> None:
        """Add a widget below the last line, which takes room only while it is seen."""
        widget.hide()
        self._grid.addWidget(widget, self._row, 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
        self._row += 1

    def add_edits(self, *fields: Field, tight: bool = False) -> FormLine:
        """Add a line to type into, with one field or two.

        Args:
            fields: The fields of the line.
            tight: The note takes room only while it says something.
        """
        rows = tuple(self._add_edit(field, half) for half, field in enumerate(fields))
        return self._end_line(FormLine(rows, self._parent, tight=tight))

    def add_control(
        self, field: Field, control: QWidget, beside: Field | None = None, *, spread: bool = True
    ) -> FormLine:
        """Add a line with one control as wide as the form, or with a field beside it.

        Args:
            field: What the control is for.
            control: What is ticked or typed into.
            beside: A field to type into, in the other half of the line.
            spread: Whether the line takes its share of the room left over.
        """
        row = FormRow(field, control, self._parent)
        row.label.setContentsMargins(0, self._em // 6, 0, 0)
        self._grid.addWidget(row.label, self._row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(control, self._row, 1, 1, 1 if beside else 3)
        rows = (row,) if beside is None else (row, self._add_edit(beside, 1))
        return self._end_line(FormLine(rows, self._parent, tight=True), spread=spread)

    def add_note(self, name: str) -> QLabel:
        """Add a note of its own, hidden until it says something."""
        note = make_note(name, self._parent)
        note.hide()
        self._grid.addWidget(note, self._row, 1, 1, 3)
        self._row += 1
        return note

    def add_button(self, name: str, text: str) -> QPushButton:
        """Add a small button of its own, hidden until there is something to do."""
        button = QPushButton(text, self._parent)
        button.setObjectName(name)
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.hide()
        self._grid.addWidget(button, self._row, 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
        self._row += 1
        return button

    def finish(self) -> None:
        """Let what room is left stay below the last line."""
        self._grid.setRowStretch(self._row, _FREE)

    def _add_edit(self, field: Field, half: int) -> FormRow:
        row = FormRow(field, FieldEdit.of(field, self._parent), self._parent)
        self._grid.addWidget(row.label, self._row, 2 * half)
        self._grid.addWidget(row.control, self._row, 2 * half + 1)
        return row

    def _end_line(self, line: FormLine, *, spread: bool = True) -> FormLine:
        self._grid.addWidget(line.note, self._row + 1, 1, 1, 3)
        self._grid.setRowMinimumHeight(self._row + 1, self._em // 5 if spread else self._em // 6)
        self._grid.setRowStretch(self._row + 1, int(spread))
        self._row += 2
        return line
