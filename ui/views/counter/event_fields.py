"""The special events of a resident: a chip for each, a date for those ticked.

Shows the events of a draft and emits changes to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ...widgets.chips import ChipStrip
from ...widgets.field_edit import ElidedLabel, FieldEdit, show_state, show_text, state_at
from .form_rows import make_note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcounter.desk.draft.draft import Field
    from medcounter.desk.evaluate.outcome import Outcome

_HINT = "发生日期"


class EventRow:
    """The date of one event: its label, edit, echo and note."""

    def __init__(self, code: str, text: str, parent: QWidget) -> None:
        self.code = code
        self.label = QLabel(text, parent)
        self.edit = FieldEdit(f"events.{code}.date", f"{text}发生日期", _HINT, parent)
        self.edit.offer_days()
        self.label.setBuddy(self.edit)
        name = self.edit.objectName()
        self.echo = ElidedLabel(f"{name}_echo", parent)
        self.echo.setProperty("role", "note")
        self.note = make_note(f"{name}_note", parent)

    def place(self, grid: QGridLayout) -> None:
        """Stand in a line of a grid, the note below."""
        line = grid.rowCount()
        for column, widget in enumerate((self.label, self.edit, self.echo)):
            grid.addWidget(widget, line, column)
        grid.addWidget(self.note, line + 1, 1, 1, 2)

    def show(self, text: str, state: str, note: str) -> None:
        """Show the date as typed, and how it was read or what is wrong."""
        for widget in (self.label, self.edit, self.echo):
            widget.show()
        self.edit.show_text(text)
        self.edit.show_state(state)
        self.echo.show_text("" if state else note)
        show_text(self.note, note if state else "")
        show_state(self.note, state)
        self.note.setVisible(bool(state))

    def hide(self) -> None:
        """Leave the form, as the event was unticked."""
        for widget in (self.label, self.edit, self.echo, self.note):
            widget.hide()

    def delete(self) -> None:
        """Go for good."""
        for widget in (self.label, self.edit, self.echo, self.note):
            widget.deleteLater()


class EventFields(QWidget):
    """The chips of all events and a row for each ticked one.

    Signals:
        edited: ``events`` and the pairs of code and date text as shown.
        entered: The user pressed Enter in one of the dates.
        grown: A date was added, the tab order must be told.
    """

    edited = Signal(str, object)
    entered = Signal(QWidget)
    grown = Signal()

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self.chips = ChipStrip(field.name, field.label, self)
        self.chips.ticked.connect(self._on_chips_ticked)
        self._rows: dict[str, EventRow] = {}
        self._names: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 4)
        column.addWidget(self.chips)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        self._grid.setVerticalSpacing(self.fontMetrics().height() // 8)
        self._grid.setHorizontalSpacing(self.fontMetrics().height() // 2)
        column.addLayout(self._grid)

    def show_choices(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """Offer other events: code, text and hint of each."""
        offered = tuple(choices)
        for row in self._rows.values():
            row.delete()
        self._rows = {}
        self._names = {code: text for code, text, _ in offered}
        self.chips.show_choices(offered)

    def edits(self) -> tuple[FieldEdit, ...]:
        """Return the dates that are open now, in the chips' order."""
        codes = self.chips.ticked_codes()
        return tuple(self._rows[code].edit for code in codes if code in self._rows)

    def stop(self, inside: str) -> QWidget:
        """Return what takes the focus for a problem at ``0.date``."""
        place = inside.partition(".")[0]
        edits = self.edits()
        return edits[int(place)] if place.isdecimal() and int(place) < len(edits) else self.chips

    def field_of(self, widget: QWidget) -> str:
        """Name the field of a date as problems name it: ``events.0.date``."""
        edits = self.edits()
        if isinstance(widget, FieldEdit) and widget in edits:
            return f"{self._field.name}.{edits.index(widget)}.date"
        return self._field.name

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Return chips and dates in the order Tab walks them."""
        rows = (self._rows[code] for code in self._names if code in self._rows)
        return (*self.chips.tab_stops(), *(row.edit for row in rows))

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the events of the draft, how dates were read, what is wrong."""
        events = outcome.draft.events
        self.chips.show_ticked(code for code, _ in events)
        open_codes = {code for code, _ in events}
        for code, row in self._rows.items():
            if code not in open_codes:
                row.hide()
        for index, (code, text) in enumerate(events):
            state, note = state_at(outcome, f"events.{index}")
            self._row(code).edit.show_today(outcome.on)
            self._row(code).show(text, state, note or outcome.echo_at(f"events.{index}.date"))

    def _row(self, code: str) -> EventRow:
        if code not in self._rows:
            row = EventRow(code, self._names.get(code, code), self)
            row.edit.edited.connect(self._on_date_edited)
            row.edit.entered.connect(self.entered)
            row.place(self._grid)
            self._rows[code] = row
            self.grown.emit()
        return self._rows[code]

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (code, self._rows[code].edit.text() if code in self._rows else "")
            for code in self.chips.ticked_codes()
        )

    def _on_chips_ticked(self, code: str, ticked: bool) -> None:  # noqa: FBT001 - the signal's own
        if not ticked and code in self._rows:
            self._rows[code].edit.clear()
        self.edited.emit(self._field.name, self._pairs())
        if ticked and code in self._rows:
            self._rows[code].edit.setFocus()

    def _on_date_edited(self) -> None:
        self.edited.emit(self._field.name, self._pairs())
