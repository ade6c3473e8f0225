"""The rows of a card: label, control, and beside it what is said of the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from medcounter.authoring.form.form_records import FieldKind, FieldState

from ...widgets.chips import ChipStrip
from ...widgets.field_edit import INVALID, NEEDED, PLAIN, show_state, show_text
from .field_controls import (
    Control,
    SentenceEdit,
    ValueLine,
    control_for,
    cursor_of,
    focus_control,
    go_on_at,
    stops_of,
)

if TYPE_CHECKING:
    from medcounter.authoring.form.form_records import FormField
    from medcounter.json_path import JsonPath

    from .studio_state import FormMarks

# What is said of a value besides its own hint, by where it comes from.
_SAID = {
    FieldState.INHERITED: "沿用上级",
    FieldState.DERIVED: "程序写的，可以改",
    FieldState.CARRIED: "沿用上年，还没有核对",
}
_CARRIED = "◔ 沿用上年，核对后按 Ctrl+K"
# In heights of a line of text.
_LABEL_WIDTH = 5
# Choices with longer names take the whole width.
_SHORT = 10
LABEL, CONTROL, NOTE = range(3)


def row_name(path: JsonPath) -> str:
    """Return the object name of the control of a path."""
    return "_".join(str(step) for step in path).replace("-", "_")


def row_shape(field: FormField) -> tuple[object, ...]:
    """Return what a row is built from: rows of one shape show each other's fields."""
    return field.label, field.kind, field.choices


def is_blank(field: FormField) -> bool:
    """Return whether a field must still be filled."""
    return field.state is FieldState.EMPTY and not field.optional


class FieldRow(QObject):
    """One field: its label with buddy, its control, its note.

    Signals:
        typed: Path of the field, and the text the user made of it.
        left: Path of the field: the keys went elsewhere.
    """

    typed = Signal(object, str)
    left = Signal(object)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self.shape = row_shape(field)
        self._waits = self._is_unanswered = self._ended = False
        self.control: Control = control_for(field, parent)
        self.control.typed.connect(self._on_typed)
        if isinstance(self.control, ValueLine | SentenceEdit):
            self.control.left.connect(self._on_left)
        self._label = QLabel(field.label, parent)
        self._label.setProperty("role", "label")
        self._label.setBuddy(self.control)
        self._label.setWordWrap(True)
        self._label.setFixedWidth(parent.fontMetrics().height() * _LABEL_WIDTH)
        self._note = QLabel(parent)
        self._note.setProperty("role", "note")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # Else the first state shown would have each of them dressed a second time.
        for widget in (self.control, self._label, self._note):
            widget.setProperty("state", "")
        long = any(len(one.label) > _SHORT for one in field.choices)
        self._tall = isinstance(self.control, ChipStrip | SentenceEdit) or long

    @property
    def path(self) -> JsonPath:
        """Where the value of the field stands."""
        return self._field.path

    @property
    def said(self) -> str:
        """What is said beside the value."""
        return self._note.text()

    @property
    def waits(self) -> bool:
        """Whether the field is to be filled, or what it says to be looked at."""
        return self._waits and self.control.isEnabled()

    @property
    def is_unanswered(self) -> bool:
        """Whether nothing stands in the field, or what cannot be read."""
        return self._is_unanswered and self.control.isEnabled()

    def put(self, grid: QGridLayout, line: int) -> int:
        """Put the row into a grid; give the line after it."""
        top = Qt.AlignmentFlag.AlignTop
        # A layout shows what it got only in the next round, and the keys go only to what is seen.
        self._label.show()
        self.control.show()
        grid.addWidget(self._label, line, LABEL, top)
        self._label.setContentsMargins(0, self._label.fontMetrics().height() // 4, 0, 0)
        if self._tall:
            grid.addWidget(self.control, line, CONTROL, 1, 2)
            grid.addWidget(self._note, line + 1, CONTROL, 1, 2)
            return line + 2
        fixed = isinstance(self.control, ValueLine) and self._field.kind is not FieldKind.TEXT
        grid.addWidget(
            self.control, line, CONTROL, top | Qt.AlignmentFlag.AlignLeft if fixed else top
        )
        grid.addWidget(self._note, line, NOTE)
        return line + 1

    def show_field(self, field: FormField, marks: FormMarks, *, fixed: bool = False) -> None:
        """Show a field, or what is typed in its place and could not be read.

        Args:
            field: What is shown.
            marks: What is said of the form's fields.
            fixed: Whether it can only be read, as an answer of another place.
        """
        self._field = field
        self._waits = is_blank(field) or marks.is_open(field.path)
        self._is_unanswered = is_blank(field) or marks.is_unread(field.path)
        self.control.setEnabled(not fixed)
        name = row_name(field.path)
        if self.control.objectName() != name:
            self.control.setObjectName(name)
            self._label.setObjectName(f"{name}_label")
            self._note.setObjectName(f"{name}_note")
        typed = marks.typed.get(field.path)
        self.control.show_text(field.text if typed is None else typed.text)
        state, text = self._state_and_note(field, marks)
        show_state(self.control, state)
        show_state(self._note, state)
        show_text(self._note, text)
        self._note.setHidden(self._tall and not text)
        if self.control.accessibleDescription() != text:
            self.control.setAccessibleDescription(text)
        faint = field.state in {FieldState.INHERITED, FieldState.DERIVED}
        show_state(self._label, "faint" if faint else "")

    def focus(self, cursor: int | None = None) -> None:
        """Focus the control.

        Args:
            cursor: Where in its text or chips they go on; None marks all of it.
        """
        focus_control(self.control)
        if cursor is not None:
            go_on_at(self.control, cursor)

    @property
    def cursor(self) -> int | None:
        """Where in the text or the chips the keys are, if anywhere."""
        return cursor_of(self.control)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what takes the focus, in the order of the keys."""
        return stops_of(self.control)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return what the row put into the grid."""
        return self._label, self.control, self._note

    def end(self) -> None:
        """Stop emitting signals: the row is being removed, which is no leaving."""
        self._ended = True

    def _state_and_note(self, field: FormField, marks: FormMarks) -> tuple[str, str]:
        typed = marks.typed.get(field.path)
        if typed is not None and typed.sentence:
            return INVALID, f"✗ {typed.sentence}"
        if typed is not None and field.text not in {"", typed.text} and not field.choices:
            return PLAIN, f"读作 {field.text}"
        warned = marks.warned.get(field.path)
        if warned is not None:
            return NEEDED, f"⚠ {warned}"
        if field.path in marks.carried:
            return NEEDED, _CARRIED
        returned = marks.returned.get(field.path, "")
        if field.path in marks.refused:
            return NEEDED, returned
        note = " · ".join(filter(None, (returned, _SAID.get(field.state, ""), field.hint)))
        return PLAIN, note

    def _on_left(self) -> None:
        if not self._ended:
            self.left.emit(self._field.path)

    def _on_typed(self, text: str) -> None:
        self.typed.emit(self._field.path, text)
