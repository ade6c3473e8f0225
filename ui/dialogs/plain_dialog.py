"""The base of dialogs with a body and a row of buttons below it.

Opened, never executed; deleted when closed. Those that show whole sheets have a
layout of their own.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..widgets.labels import selectable_label


class PlainDialog(QDialog):
    """A dialog with a title; call :meth:`open`, it deletes itself."""

    def __init__(self, name: str, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._em = self.fontMetrics().height()
        self.body = QVBoxLayout()
        self.body.setSpacing(self._em // 2)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(self._em // 2)
        self._buttons.addStretch()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(self._em, self._em, self._em, self._em)
        self._column.setSpacing(self._em * 3 // 4)
        self._column.addLayout(self.body, 1)
        self._column.addLayout(self._buttons)

    def fit(self, width_em: int, height_em: int = 0) -> None:
        """Ask for a size in lines of text, never more than the window has.

        Args:
            width_em: Width in heights of a line.
            height_em: Height likewise; 0 takes what the contents need.
        """
        width, height = width_em * self._em, height_em * self._em
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().size()
            width = min(width, room.width() - 2 * self._em)
            height = min(height, room.height() - 4 * self._em)
        self.resize(width, height or self._column.totalHeightForWidth(width))

    def add_text(self, name: str, text: str = "", *, role: str = "") -> QLabel:
        """Add a text that breaks into lines and can be copied."""
        label = selectable_label(name, self, role, text)
        self.body.addWidget(label)
        return label

    def make_secret(self, name: str, spoken: str) -> QLineEdit:
        """Make a line in which a secret is typed; input methods do not see it."""
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(spoken)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        return line

    def add_button(self, name: str, text: str, *, main: bool = False) -> QPushButton:
        """Add a button at the lower end; the main one is pressed by Enter."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(main)
        button.setDefault(main)
        if main:
            button.setProperty("role", "primary")
        self._buttons.addWidget(button)
        return button
