"""Continue with an emergency ledger: what that means, and its desk number.

Emits the answer; creates nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

_DIGITS = 2


class EmergencyDialog(PlainDialog):
    """Asks whether to use an emergency ledger, and under which desk number.

    Signals:
        confirmed: The desk number, two digits.
    """

    confirmed = Signal(str)

    def __init__(
        self, number: str, place: Path, left_out: str, parent: QWidget | None = None
    ) -> None:
        """Ask.

        Args:
            number: Proposed for the desk, two digits.
            place: Where the emergency ledger lies.
            left_out: What it cannot do that the other could; empty for nothing.
            parent: Lies below.
        """
        super().__init__("emergency_dialog", "应急台账", parent)
        self.setModal(True)
        self.add_text("emergency_title", "用应急台账继续出单", role="title")
        self.add_text(
            "emergency_effect",
            "另开一本台账，原来的台账一个字也不动。应急台账的通知单照样编号、留存、可补打、可作废；"
            "查不到原台账里的通知单，也不用登录，所以拿到这台电脑的人能读出它。为了编号不重复，请用本大厅没有用过的窗口号。",
        )
        self.add_text("emergency_left_out", left_out, role="banner").setVisible(bool(left_out))
        self.add_text("emergency_place", f"放在：{place}", role="hint")
        self._number = QLineEdit(number, self)
        self._number.setObjectName("emergency_number")
        self._number.setAccessibleName("应急窗口号")
        self._number.setValidator(
            QRegularExpressionValidator(QRegularExpression("[0-9]{0,2}"), self._number)
        )
        label = self.add_text("emergency_number_label", "应急窗口号（两位数字）", role="label")
        label.setBuddy(self._number)
        self.body.addWidget(self._number)
        cancel = self.add_button("emergency_cancel", "不用  Esc")
        self._confirm = self.add_button("emergency_confirm", "用应急台账  Enter", main=True)
        self._number.textChanged.connect(self._on_number_text_changed)
        cancel.clicked.connect(self.reject)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self.fit(34)
        self._number.setFocus()
        self._number.selectAll()

    def _on_number_text_changed(self, text: str) -> None:
        self._confirm.setEnabled(len(text) == _DIGITS)

    def _on_confirm_clicked(self) -> None:
        self.confirmed.emit(self._number.text())
        self.accept()
