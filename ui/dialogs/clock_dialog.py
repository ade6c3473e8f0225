"""Accept the machine's time although the ledger has a later one.

Asks for the reason and emits it; changes nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_REASON = 200


class ClockDialog(PlainDialog):
    """Asks a supervisor why the clock was set back.

    Signals:
        confirmed: The reason.
    """

    confirmed = Signal(str)

    def __init__(self, at: datetime, last: datetime, parent: QWidget | None = None) -> None:
        super().__init__("clock_dialog", "确认电脑时间", parent)
        self.setModal(True)
        self.add_text("clock_title", "确认电脑时间", role="title")
        self.add_text("clock_now", f"电脑现在的时间：{at:%Y-%m-%d %H:%M}")
        self.add_text("clock_last", f"台账最后一条记录：{last:%Y-%m-%d %H:%M}")
        self.add_text(
            "clock_effect",
            "请先看墙上的钟：电脑时间不对的，请取消并校准电脑时间。时间确实正确的，写明原因后确认，"
            "台账从现在的时间接着记，原因和经办人留在台账里。",
            role="hint",
        )
        self._reason = QLineEdit(self)
        self._reason.setObjectName("clock_reason")
        self._reason.setMaxLength(LONGEST_REASON)
        self._reason.setAccessibleName("原因")
        self._reason.setPlaceholderText("必填，例如：前一天电脑时间设错，已校准")
        label = self.add_text("clock_reason_label", "原因", role="label")
        label.setBuddy(self._reason)
        self.body.addWidget(self._reason)
        cancel = self.add_button("clock_cancel", "取消  Esc")
        self._confirm = self.add_button("clock_confirm", "时间正确，确认  Enter", main=True)
        self._confirm.setEnabled(False)
        self._reason.textEdited.connect(self._on_reason_text_edited)
        cancel.clicked.connect(self.reject)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self.fit(34)
        self._reason.setFocus()

    def _on_reason_text_edited(self, text: str) -> None:
        self._confirm.setEnabled(bool(text.strip()))

    def _on_confirm_clicked(self) -> None:
        self.confirmed.emit(self._reason.text().strip())
        self.accept()
