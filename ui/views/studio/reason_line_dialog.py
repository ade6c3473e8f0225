"""Ask for a reason in one line: to take a draft over, to answer a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ...dialogs.plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LONGEST = 200
_WIDTH = 36


class ReasonLineDialog(PlainDialog):
    """A dialog with a sentence, a line to type a reason into, and a button.

    Signals:
        given: The reason.
    """

    given = Signal(str)

    def __init__(
        self, title: str, about: str, button: str, parent: QWidget, proposed: str = ""
    ) -> None:
        """Ask for a reason.

        Args:
            title: What is asked.
            about: What it is about.
            button: What giving it does.
            parent: Lies below.
            proposed: What stands there, to be taken or typed over.
        """
        super().__init__("studio_reason_dialog", title, parent)
        self.add_text("studio_reason_title", title, role="title")
        self.add_text("studio_reason_about", about)
        self._line = QLineEdit(self)
        self._line.setObjectName("studio_reason")
        self._line.setAccessibleName("原因")
        self._line.setMaxLength(_LONGEST)
        self.body.addWidget(self._line)
        self._cancel = self.add_button("studio_reason_cancel", "取消  Esc")
        self._give = self.add_button("studio_reason_button", f"{button}  Enter", main=True)
        self._line.setText(proposed)
        self._line.selectAll()
        self._give.setEnabled(bool(proposed))
        self._line.textEdited.connect(self._on_line_edited)
        self._cancel.clicked.connect(self.reject)
        self._give.clicked.connect(self._on_give_clicked)
        self.fit(_WIDTH)
        self._line.setFocus()

    def _on_line_edited(self, text: str) -> None:
        self._give.setEnabled(bool(text.strip()))

    def _on_give_clicked(self) -> None:
        self.accept()
        self.given.emit(self._line.text().strip())
