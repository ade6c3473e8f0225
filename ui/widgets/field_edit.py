"""One line of input and the short texts beside it.

Shows a text, its state and its note; emits what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from .aids.day_picker import DayPicker

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from medcounter.desk.draft.draft import Field
    from medcounter.desk.evaluate.outcome import Outcome

PLAIN = ""
INVALID = "invalid"
NEEDED = "needed"
MISSING = "missing"
_COMPOSED = frozenset({"text", "search"})
_INPUT_HINTS = {
    "search": Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText,
    "id": Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText,
    "date": Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhNoPredictiveText,
    "count": Qt.InputMethodHint.ImhDigitsOnly,
}
# The cursor comes back by itself from another window and from a menu.
_COMES_BACK = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)
_WITH_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def show_state(widget: QWidget, state: str) -> None:
    """Set the property that the style sheet reads; costs nothing when equal."""
    _show_property(widget, "state", state)


def show_density(widget: QWidget, density: str) -> None:
    """Describe how little room a widget has: ``tight``, ``tightest`` or empty."""
    _show_property(widget, "density", density)


def _show_property(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def show_text(label: QLabel, text: str) -> None:
    """Set a label's text, unless it stands there already."""
    if label.text() != text:
        label.setText(text)


def state_at(outcome: Outcome, name: str) -> tuple[str, str]:
    """Return the state of a field and the sentence to show at it."""
    problem = outcome.problem_at(name)
    if problem is None:
        return PLAIN, outcome.echo_at(name)
    return (NEEDED if problem.code == MISSING else INVALID), problem.text


class ElidedLabel(QLabel):
    """A line that ends in … where it is too long; the whole is its tip."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show a text; the same again costs nothing."""
        if self.text() != text:
            self.setText(text)
            self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Override QLabel.minimumSizeHint: a few signs are the least."""
        return QSize(2 * self.fontMetrics().height(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QLabel.paintEvent: cut the text to the width there is."""
        del event
        painter = QPainter(self)
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            painter,
            rect,
            int(self.alignment().value),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()


class FieldEdit(QLineEdit):
    """A text field of the draft.

    Signals:
        edited: The field's name and the text the user made it.
        entered: The user pressed Enter in it.
        spelt: Letters that an input method had not made characters of yet;
            they were taken, and the key that took them did nothing else.
    """

    edited = Signal(str, object)
    entered = Signal(QWidget)
    spelt = Signal(str)

    def __init__(self, name: str, label: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._composed = ""
        self._days: DayPicker | None = None
        self.setObjectName(name.replace(".", "_").replace("-", "_"))
        self.setAccessibleName(label)
        self.setAccessibleDescription(hint)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_return_pressed)

    @classmethod
    def of(cls, field: Field, parent: QWidget) -> FieldEdit:
        """Make the edit of a field; the input method is off where none is due."""
        edit = cls(field.name, field.label, field.hint, parent)
        edit.setPlaceholderText(field.hint.partition("，")[0])
        edit.set_input(field.kind)
        if field.kind == "date":
            edit.offer_days()
        return edit

    def offer_days(self) -> None:
        """Let the day be picked from a calendar as well."""
        self._days = DayPicker(self)

    def show_today(self, day: date) -> None:
        """Let the calendar, where there is one, begin at this day."""
        if self._days is not None:
            self._days.show_today(day)

    def set_input(self, kind: str) -> None:
        """Let an input method help with names, and never with numbers and dates."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, kind in _COMPOSED)
        self.setInputMethodHints(_INPUT_HINTS.get(kind, Qt.InputMethodHint.ImhNone))

    def show_text(self, text: str) -> None:
        """Show a text; cursor and selection stay when it stands there already."""
        if self.text() != text:
            self.setText(text)

    def show_state(self, state: str) -> None:
        """Mark the field; the sentence beside it says why."""
        show_state(self, state)

    def event(self, event: QEvent) -> bool:
        """Override QLineEdit.event: taking back and doing again is the window's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(key) for key in _STEPS)
        ):
            event.ignore()
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            acts = event.key() in _FUNCTION_KEYS or bool(event.modifiers() & _WITH_KEYS)
            taken = self._take_composition() if acts else ""
            # Half a spelling is nobody's name: who presses F9 sees it first.
            if taken and taken.isascii():
                event.accept()
                self.spelt.emit(taken)
                return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Override QLineEdit.inputMethodEvent: remember what is still composed."""
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusOutEvent: what is composed stays here, whole."""
        if event.reason() not in _COMES_BACK:
            self._take_composition()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent: Enter is done with here.

        Qt passes it on to the parents, which would go one field too far.
        """
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()

    def _take_composition(self) -> str:
        """Put what an input method still composes into the text; return it."""
        taken = self._composed
        if taken:
            QGuiApplication.inputMethod().commit()
        # An input method that does not answer would let the text fall.
        if self._composed:
            event = QInputMethodEvent()
            event.setCommitString(self._composed)
            QCoreApplication.sendEvent(self, event)
        return taken

    def _on_text_edited(self, text: str) -> None:
        self.edited.emit(self._name, text)

    def _on_return_pressed(self) -> None:
        self.entered.emit(self)
