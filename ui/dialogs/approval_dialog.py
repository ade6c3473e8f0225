"""A supervisor's approval of one act: name and secret.

Checks nothing itself and keeps nothing that was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ..widgets.choice import ChoiceBox
from ..widgets.field_edit import show_state, show_text
from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ApprovalDialog(PlainDialog):
    """Asks a supervisor for approval.

    Signals:
        given: The supervisor's name and secret.
    """

    given = Signal(str, str)

    def __init__(
        self, reason: str, supervisors: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__("approval_dialog", "请主管同意", parent)
        self.setModal(True)
        self.add_text("approval_title", "请主管同意", role="title")
        self.add_text("approval_reason", reason)
        self._name = ChoiceBox(self)
        self._name.setObjectName("approval_name")
        self._name.setAccessibleName("主管")
        self._name.addItems(supervisors)
        label = self.add_text("approval_name_label", "主管", role="label")
        label.setBuddy(self._name)
        self.body.addWidget(self._name)
        self._secret = self.make_secret("approval_secret", "口令")
        label = self.add_text("approval_secret_label", "口令", role="label")
        label.setBuddy(self._secret)
        self.body.addWidget(self._secret)
        self._alert = self.add_text("approval_said", role="alert")
        self._alert.hide()
        cancel = self.add_button("approval_cancel", "取消  Esc")
        self._agree = self.add_button("approval_agree", "同意  Enter", main=True)
        self._agree.setEnabled(False)
        self._secret.textChanged.connect(self._on_secret_text_changed)
        cancel.clicked.connect(self.reject)
        self._agree.clicked.connect(self._on_agree_clicked)
        self.fit(30)
        self._secret.setFocus()

    def show_busy(self) -> None:
        """Take nothing but leaving while what was typed is checked."""
        show_text(self._alert, "正在核对")
        show_state(self._alert, "")
        self._alert.show()
        self._able(can=False)

    def show_refused(self, text: str) -> None:
        """Show why it was refused; the secret is typed anew."""
        self._able(can=True)
        show_text(self._alert, text)
        show_state(self._alert, "problem")
        self._alert.show()
        self._secret.clear()
        self._secret.setFocus()
        self.fit(30)

    def _able(self, *, can: bool) -> None:
        for widget in (self._name, self._secret, self._agree):
            widget.setEnabled(can)

    def _on_secret_text_changed(self, text: str) -> None:
        self._agree.setEnabled(bool(text))

    def _on_agree_clicked(self) -> None:
        self.given.emit(self._name.currentText(), self._secret.text())
