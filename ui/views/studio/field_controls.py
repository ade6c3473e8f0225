"""What one value of the form is typed, chosen or ticked in, by its kind.

Each control shows a text and emits the text the user made of it; none of them
reads a value.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from medcounter.authoring.form.field_texts import NO, YES
from medcounter.authoring.form.form_records import FieldChoice, FieldKind

from ...widgets.chips import ChipStrip
from ...widgets.field_edit import FieldEdit
from .choice_strips import ManyStrip, RadioStrip

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from medcounter.authoring.form.form_records import FormField

# More choices than this take a list: a strip of chips would be a page of them.
_MOST_CHIPS = 7
_LONGEST_CHIPS = 44
_STEPS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
# What Ctrl does with these in a text, it does in every text of the desktop.
_OF_TEXTS = {
    Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Insert,
}  # fmt: skip
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_INPUT = {
    FieldKind.DATE: "date",
    FieldKind.YEAR_DAY: "date",
    FieldKind.TEXT: "text",
    FieldKind.SENTENCE: "text",
    FieldKind.YEAR: "count",
    FieldKind.NUMBER: "count",
}
# Widths of a line typed into, in heights of a line of text.
_WIDTHS = {
    FieldKind.DATE: 8,
    FieldKind.YEAR_DAY: 8,
    FieldKind.CODE: 8,
}
_USUAL_WIDTH = 6
_MARGIN = 2.0
_FLAG = (FieldChoice("yes", YES), FieldChoice("no", NO))
_NUMBERS = tuple("123456789")
_WAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class ValueLine(FieldEdit):
    """One line to type a value into.

    Signals:
        typed: The text the user made it.
        left: The keys went elsewhere.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__("studio_value", field.label, field.hint, parent)
        self.setPlaceholderText("")
        self.set_input(_INPUT.get(field.kind, "id"))
        if field.kind is not FieldKind.TEXT:
            self.setFixedWidth(self.fontMetrics().height() * _WIDTHS.get(field.kind, _USUAL_WIDTH))
        self.textEdited.connect(self.typed)

    def event(self, event: QEvent) -> bool:
        """Override FieldEdit.event: keys with Ctrl are the form's, but for a few."""
        return _is_forms(event) or super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override FieldEdit.focusOutEvent: what was typed is written in full."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override FieldEdit.keyPressEvent: taking back is the whole form's."""
        if any(event.matches(key) for key in _STEPS) or event.key() in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class SentenceEdit(QPlainTextEdit):
    """A sentence that breaks into as many lines as it needs.

    Signals:
        typed: The text the user made it.
        left: The keys went elsewhere.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(field.label)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(_MARGIN)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        self._shown = ""

    def show_text(self, text: str) -> None:
        """Show a text; cursor and selection stay when it stands there already."""
        self._shown = text
        if self.toPlainText() != text:
            self.setPlainText(text)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Override QPlainTextEdit.sizeHint: all of its lines."""
        lines = max(1, int(self.document().size().height()))
        around = 2 * self.frameWidth() + int(3 * _MARGIN)
        height = lines * self.fontMetrics().lineSpacing() + around
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Override QPlainTextEdit.minimumSizeHint: no line is scrolled away."""
        return QSize(self.fontMetrics().height() * 6, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QPlainTextEdit.resizeEvent: other width, other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QPlainTextEdit.focusOutEvent: the sentence is done with."""
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Override QPlainTextEdit.event: keys with Ctrl are the form's, but a few."""
        return _is_forms(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QPlainTextEdit.keyPressEvent: Enter goes on, a sentence has no lines."""
        if any(event.matches(key) for key in _STEPS) or event.key() in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.updateGeometry()
            self.typed.emit(text)


class OneOfMany(QPushButton):
    """One value of a long list: by its number, by the arrows, or from a menu.

    Signals:
        typed: The label chosen.
    """

    typed = Signal(str)

    def __init__(self, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "list")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._name = field.label
        self._labels = tuple(one.label for one in field.choices)
        self._shown = ""
        self.clicked.connect(self._open)

    def show_text(self, text: str) -> None:
        """Show the label chosen."""
        if text != self._shown or not self.text():
            self._shown = text
            self.setText(f"{text or '请选'} ▾")
            self.setAccessibleName(f"{self._name}：{text}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QPushButton.keyPressEvent: a number or an arrow chooses, Space opens."""
        key, text = Qt.Key(event.key()), event.text()
        if text in _NUMBERS and int(text) <= len(self._labels):
            self._choose(self._labels[int(text) - 1])
        elif key in _WAYS and self._labels:
            here = self._labels.index(self._shown) if self._shown in self._labels else -1
            self._choose(self._labels[(max(here, -_WAYS[key]) + _WAYS[key]) % len(self._labels)])
        elif key in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("studio_choices")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, label in enumerate(self._labels, start=1):
            action = menu.addAction(menu_words(number, label) if number <= len(_NUMBERS) else label)
            action.triggered.connect(partial(self._choose, label))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, label: str) -> None:
        self.show_text(label)
        self.typed.emit(label)


def menu_words(number: int, label: str) -> str:
    """Write a choice of a menu, its key apart from what it chooses."""
    return f"&{number}.　{label}"


def _is_forms(event: QEvent) -> bool:
    """Leave to the form the keys with Ctrl that Qt would take for a text."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if not ctrl or event.key() in _OF_TEXTS:
        return False
    event.ignore()
    return True


Control = ValueLine | SentenceEdit | RadioStrip | ManyStrip | OneOfMany


def control_for(field: FormField, parent: QWidget) -> Control:
    """Make the control of a field."""
    if field.kind is FieldKind.SENTENCE:
        return SentenceEdit(field, parent)
    if field.kind is FieldKind.CHOICES:
        return ManyStrip(field, parent)
    if field.kind is FieldKind.FLAG and not field.choices:
        return RadioStrip(replace(field, choices=_FLAG), parent)
    if not field.choices:
        return ValueLine(field, parent)
    words = sum(len(one.label) + 2 for one in field.choices)
    few = len(field.choices) <= _MOST_CHIPS and words <= _LONGEST_CHIPS
    return RadioStrip(field, parent) if few else OneOfMany(field, parent)


def stops_of(control: Control) -> tuple[QWidget, ...]:
    """Return the widgets of a control that take the focus, in tab order."""
    return control.tab_stops() if isinstance(control, ChipStrip) else (control,)


def focus_control(control: Control) -> None:
    """Focus a control; the text of a line is selected, so that typing replaces it."""
    if isinstance(control, ChipStrip):
        stops = control.tab_stops()
        first = next((one for one in stops if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return
    control.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(control, ValueLine | SentenceEdit):
        control.selectAll()


def cursor_of(control: Control) -> int | None:
    """Return where in a text, or at which chip, the keys are, if anywhere."""
    if isinstance(control, ValueLine):
        return control.cursorPosition()
    if isinstance(control, SentenceEdit):
        return control.textCursor().position()
    stops = stops_of(control)
    return next((n for n, one in enumerate(stops) if one is control.window().focusWidget()), None)


def go_on_at(control: Control, cursor: int) -> None:
    """Put the cursor at a place in a control that has the focus."""
    if isinstance(control, ValueLine):
        control.setCursorPosition(cursor)
    elif isinstance(control, SentenceEdit):
        at = control.textCursor()
        at.setPosition(min(cursor, len(control.toPlainText())))
        control.setTextCursor(at)
    elif cursor < len(stops_of(control)):
        stops_of(control)[cursor].setFocus(Qt.FocusReason.OtherFocusReason)
