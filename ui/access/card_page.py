"""The base of all sign-in pages: a card in the middle of the window.

Layout only.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..widgets.field_edit import show_state, show_text
from ..widgets.labels import plain_label


class CardPage(QWidget):
    """A card with a heading, a body, a message line, and buttons."""

    def __init__(self, name: str, title: str, parent: QWidget, width: int = 36) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._em = self.fontMetrics().height()
        self._labels: dict[QWidget, QLabel] = {}
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._card.setMaximumWidth(self._em * width)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(2 * self._em, self._em, 2 * self._em, self._em)
        column.setSpacing(self._em // 2)
        self.body = QVBoxLayout()
        self.body.setSpacing(self._em // 2)
        heading = QLabel(title, self._card)
        heading.setObjectName(f"{name}_title")
        heading.setProperty("role", "heading")
        self._alert = plain_label(f"{name}_said", self._card, "alert")
        # Its place is kept: a button does not move from under the pointer.
        kept = self._alert.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._alert.setSizePolicy(kept)
        self._alert.setMinimumHeight(self._em * 7 // 2)
        self._alert.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(self._em // 2)
        column.addWidget(plain_label(f"{name}_program", self._card, "caption", "医保缴费测算台"))
        column.addWidget(heading)
        column.addLayout(self.body)
        column.addWidget(self._alert)
        column.addLayout(self._buttons)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self._card, 8)
        middle.addStretch()
        outer.addLayout(middle)
        outer.addStretch(3)

    def add_text(self, name: str, text: str = "", role: str = "") -> QLabel:
        """Add a text that breaks into lines."""
        label = plain_label(name, self._card, role, text)
        self.body.addWidget(label)
        return label

    def add_line(self, name: str, text: str, *, secret: bool = False) -> QLineEdit:
        """Add a labelled line to type into."""
        label = self.add_text(f"{name}_label", text, "label")
        line = make_line(name, text, self._card, secret=secret)
        self.label(line, label)
        self.body.addWidget(line)
        return line

    def label(self, widget: QWidget, label: QLabel) -> None:
        """Let a label name a widget, and come and go with it."""
        label.setBuddy(widget)
        self._labels[widget] = label

    def show_with_label(self, widget: QWidget, *, is_shown: bool) -> None:
        """Show or hide a widget and what names it."""
        widget.setVisible(is_shown)
        self._labels[widget].setVisible(is_shown)

    def add_button(self, name: str, text: str, *, main: bool = False) -> QPushButton:
        """Add a button at the lower end."""
        button = QPushButton(text, self._card)
        button.setObjectName(name)
        button.setAutoDefault(True)
        if main:
            button.setProperty("role", "primary")
        self._buttons.addWidget(button)
        return button

    def say(self, text: str, tone: str = "problem") -> None:
        """Show one sentence above the buttons; an empty one hides it."""
        show_text(self._alert, text)
        show_state(self._alert, tone)
        self._alert.setVisible(bool(text))


def make_line(name: str, label: str, parent: QWidget, *, secret: bool = False) -> QLineEdit:
    """Make a line to type into; a secret is never shown nor composed."""
    line = QLineEdit(parent)
    line.setObjectName(name)
    line.setAccessibleName(label)
    if secret:
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    return line
