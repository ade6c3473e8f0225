"""What came of an act, in one line; a button opens the folder of a saved file."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ..messages import Message, marked
from .field_edit import ElidedLabel, show_state


@runtime_checkable
class HasStrip(Protocol):
    """A view that shows messages itself."""

    def show_message(self, message: Message) -> None:
        """Show a message."""


class FolderButton(QPushButton):
    """Opens the folder a message names; hidden while it names none."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("打开所在文件夹", parent)
        self.setObjectName(name)
        self.setProperty("role", "quiet")
        self.setAutoDefault(False)
        self._folder = ""
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Offer the folder of what a message says was saved."""
        self._folder = message.folder
        self.setVisible(bool(message.folder))

    def _on_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))


class MessageRow(QWidget):
    """The strip of a view: a message until the next."""

    def __init__(self, name: str, parent: QWidget) -> None:
        """Begin without a message.

        Args:
            name: The line's object name; the button's begins with it.
            parent: The view.
        """
        super().__init__(parent)
        self._text = ElidedLabel(name, self)
        self._text.setProperty("role", "strip")
        self._text.setAccessibleName("提示")
        self._folder = FolderButton(f"{name}_folder", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._folder)

    def show_message(self, message: Message) -> None:
        """Show a message; an empty text shows none."""
        self._text.show_text(marked(message) if message.text else "")
        show_state(self._text, message.tone)
        self._folder.show_message(message)
