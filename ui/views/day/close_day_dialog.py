"""Confirm closing a day, which cannot be undone.

Emits the answer; closes nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from medcounter.money import show_money
from medcounter.notice.content.amount_in_words import amount_in_words

from ...dialogs.plain_dialog import PlainDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from .day_session import DayState


class CloseDayDialog(PlainDialog):
    """Asks whether to close a day.

    Signals:
        confirmed: It shall.
    """

    confirmed = Signal()

    def __init__(self, state: DayState, parent: QWidget | None = None) -> None:
        super().__init__("close_day_dialog", "日结", parent)
        figures = state.look.open
        self.setModal(True)
        further = "补充日结" if state.look.closes else "日结"
        self.add_text("close_day_title", f"{further} {state.look.day}", role="title")
        self.add_text(
            "close_day_figures",
            f"出单 {figures.issued} 份，作废 {figures.voided + figures.earlier} 份，"
            f"补打 {figures.reprints} 次",
        )
        self.add_text("close_day_total", show_money(figures.total), role="figure")
        self.add_text("close_day_words", f"人民币{amount_in_words(figures.total)}")
        if figures.unconfirmed:
            text = f"有 {len(figures.unconfirmed)} 次打印还没有核对，会写在日结单上。"
            self.add_text("close_day_unconfirmed", text, role="hint")
        self.add_text(
            "close_day_effect",
            "日结后编号、定数，不能改动，可以随时重新打印；之后当天再出的单另作补充日结。",
            role="hint",
        )
        cancel = self.add_button("close_day_cancel", "不结  Esc")
        confirm = self.add_button("close_day_confirm", "日结  Enter", main=True)
        cancel.clicked.connect(self.reject)
        confirm.clicked.connect(self._on_confirm_clicked)
        self.fit(30)
        confirm.setFocus()

    def _on_confirm_clicked(self) -> None:
        self.accept()
        self.confirmed.emit()
