"""Restore a backup in place of the ledger: what comes back, what would be lost.

Emits the answer; restores nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from .clock_dialog import LONGEST_REASON
from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class RestoreDialog(PlainDialog):
    """Asks for confirmation before a backup is restored.

    Signals:
        confirmed: Name or path of the backup, and the reason; empty for none.
    """

    confirmed = Signal(str, str)

    def __init__(self, chosen: str, held: str, parent: QWidget | None = None) -> None:
        super().__init__("restore_dialog", "恢复备份", parent)
        self._chosen = chosen
        self.setModal(True)
        self.add_text("restore_title", "恢复备份", role="title")
        self.add_text("restore_held", held)
        self.add_text(
            "restore_effect",
            "先逐条核对备份，核对无误才恢复。现在的台账和密钥移到数据文件夹的 replaced 里保存，"
            "不会删除。已经打在纸上的编号不会再发一次。",
            role="hint",
        )
        self._reason = QLineEdit(self)
        self._reason.setObjectName("restore_reason")
        self._reason.setMaxLength(LONGEST_REASON)
        self._reason.setAccessibleName("原因")
        self._reason.setPlaceholderText("台账打不开或核对不符的可以不写")
        label = self.add_text(
            "restore_reason_label", "原因（现在的台账完好时必须写）", role="label"
        )
        label.setBuddy(self._reason)
        self.body.addWidget(self._reason)
        cancel = self.add_button("restore_cancel", "不恢复  Esc", main=True)
        confirm = self.add_button("restore_confirm", "恢复(&R)")
        cancel.clicked.connect(self.reject)
        confirm.clicked.connect(self._on_confirm_clicked)
        self.fit(34)

    def _on_confirm_clicked(self) -> None:
        self.confirmed.emit(self._chosen, self._reason.text().strip())
        self.accept()
