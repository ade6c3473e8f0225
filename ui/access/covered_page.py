"""The lock screen where nobody signs in: hides the resident, protects nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from .card_page import CardPage

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget


class CoveredPage(CardPage):
    """Hides the screen until somebody presses Enter.

    Signals:
        lifted: Somebody is back.
    """

    lifted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("covered_page", "屏幕已遮住", parent, 30)
        self.add_text(
            "covered_text",
            "已经填写的内容还在。这台电脑没有设登录，谁按 Enter 都能继续；要有口令才能继续，"
            "请按窗口上方的“未设登录”设置登录。",
            "muted",
        )
        self._lift = self.add_button("covered_lift", "继续办理  Enter", main=True)
        self._buttons.addStretch()
        self._lift.clicked.connect(self.lifted)

    def showEvent(self, event: QShowEvent) -> None:
        """Override QWidget.showEvent: Enter lifts the cover."""
        super().showEvent(event)
        self._lift.setFocus()
