"""Sign in to the key file of a backup: a secret, or the recovery key.

Checks nothing itself and keeps nothing that was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ..widgets.choice import ChoiceBox
from ..widgets.field_edit import show_state, show_text
from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class BackupKeyDialog(PlainDialog):
    """Asks who can open a backup's key file.

    Signals:
        given: Name, secret and recovery key; the last or the first two.
    """

    given = Signal(str, str, str)

    def __init__(self, where: str, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__("backup_key_dialog", "打开备份的密钥", parent)
        self.setModal(True)
        self.add_text("backup_key_title", "打开备份的密钥", role="title")
        self.add_text(
            "backup_key_where",
            f"“{where}”里的密钥文件启用了登录。请用当时的口令登录，或输入恢复密钥。",
        )
        self._name = ChoiceBox(self)
        self._name.setObjectName("backup_key_name")
        self._name.setAccessibleName("姓名")
        self._name.addItems(names)
        label = self.add_text("backup_key_name_label", "姓名", role="label")
        label.setBuddy(self._name)
        self.body.addWidget(self._name)
        self._secret = self._make_line("backup_key_secret", "口令")
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._recovery = self._make_line("backup_key_recovery", "或者恢复密钥（13 组）")
        self._alert = self.add_text("backup_key_said", role="alert")
        self._alert.hide()
        cancel = self.add_button("backup_key_cancel", "取消  Esc")
        self._open = self.add_button("backup_key_open", "打开  Enter", main=True)
        self._open.setEnabled(False)
        for line in (self._secret, self._recovery):
            line.textChanged.connect(self._on_line_text_changed)
        cancel.clicked.connect(self.reject)
        self._open.clicked.connect(self._on_open_clicked)
        self.fit(32)
        self._secret.setFocus()

    def show_refused(self, text: str) -> None:
        """Show why it was refused; the secret is typed anew."""
        self._say(text, "problem")
        self._secret.clear()
        self._on_line_text_changed("")
        (self._recovery if self._recovery.text().strip() else self._secret).setFocus()

    def _make_line(self, name: str, text: str) -> QLineEdit:
        label = self.add_text(f"{name}_label", text, role="label")
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(text)
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        label.setBuddy(line)
        self.body.addWidget(line)
        return line

    def _say(self, text: str, state: str) -> None:
        show_text(self._alert, text)
        show_state(self._alert, state)
        self._alert.show()
        self.fit(32)

    def _on_line_text_changed(self, _text: str) -> None:
        self._open.setEnabled(bool(self._secret.text() or self._recovery.text().strip()))

    def _on_open_clicked(self) -> None:
        self._open.setEnabled(False)
        self._say("正在核对", "")
        self.given.emit(self._name.currentText(), self._secret.text(), self._recovery.text())
