"""Erase people whose term is over: who, what remains, what is left to do.

Shows what is due, asks, and shows progress; erases nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ..widgets.field_edit import show_state, show_text
from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.safety.retention import Due

_MOST_NAMED = 8


class RetentionDialog(PlainDialog):
    """Asks whether to erase people now.

    Signals:
        confirmed: The clerk wants it done.
    """

    confirmed = Signal()

    def __init__(self, due: Due, parent: QWidget | None = None) -> None:
        super().__init__("retention_dialog", "清除到期的个人信息", parent)
        self.setModal(True)
        self._count = due.count
        self.add_text("retention_title", "清除到期的个人信息", role="title")
        self.add_text("retention_due", due.text)
        years = "\n".join(f"{year} 年　{count} 张" for year, count in due.years)
        self.add_text("retention_years", years)
        self.add_text(
            "retention_effect",
            "清除前先备份；清除后不能恢复，也不能再查看和补打这些通知单。每张各记一条清除记录，"
            "台账的核对不受影响。",
            role="hint",
        )
        self._alert = self.add_text("retention_said", role="alert")
        self._alert.hide()
        self._cancel = self.add_button("retention_cancel", "以后再说  Esc", main=True)
        self._confirm = self.add_button("retention_confirm", "现在清除(&C)")
        self._cancel.clicked.connect(self.reject)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self.fit(36)

    def show_progress(self, erased: int) -> None:
        """Show how many were erased so far."""
        self._say(f"已清除 {erased} / {self._count} 张", "")

    def show_refused(self, text: str) -> None:
        """Show why it was not done, or not to the end."""
        self._say(text, "problem")
        self._confirm.setEnabled(True)

    def show_done(self, erased: int, copies: tuple[Path, ...]) -> None:
        """Show what was done, and which copies still hold what was erased."""
        names = "\n".join(f"{path.parent.name}/{path.name}" for path in copies[:_MOST_NAMED])
        more = f"\n等 {len(copies)} 个" if len(copies) > _MOST_NAMED else ""
        left = (
            "以下旧备份里还有这些信息：日备份 14 天、周备份 8 周、月备份 12 个月后自动删除；"
            "before-version 开头的、replaced 和 -rescued 文件夹里的、U 盘上的请主管核对后删除。"
            f"\n{names}{more}"
            if copies
            else ""
        )
        self._say(f"已清除 {erased} 张，并已重新备份。{left}", "good")
        self._confirm.hide()
        self._cancel.setText("关闭  Esc")

    def _say(self, text: str, tone: str) -> None:
        show_text(self._alert, text)
        show_state(self._alert, tone)
        self._alert.show()
        self.fit(36)

    def _on_confirm_clicked(self) -> None:
        self._confirm.setEnabled(False)
        self.confirmed.emit()
