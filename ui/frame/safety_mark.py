"""How safe the ledger is, in a few words at the upper edge.

Shows the age of the newest verified backup and whether the ledger is open to
anybody with the disk; a click lets the window act on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from medcounter.desk.access.access_records import ROLE_NAMES

from ..widgets.field_edit import show_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.desk.access.access_records import Clerk
    from medcounter.desk.safety.backup_schedule import BackupState


class SafetyMark(QPushButton):
    """A mark that turns amber when something should be done."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "tab")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_backups(self, state: BackupState) -> None:
        """Show how the copies of the ledger stand."""
        if self.text() != state.short:
            self.setText(state.short)
            self.setAccessibleName(state.short)
        self.setToolTip(f"{state.text}\n按 Ctrl+B 备份到 U 盘或别的磁盘。")
        show_state(self, state.tone)
        self.show()

    def show_access(self, who: Clerk | None) -> None:
        """Show in which role somebody signed in, or that nobody does."""
        text = "⚠ 未设登录" if who is None else ROLE_NAMES.get(who.role, who.name)
        tip = (
            "拿到这台电脑的人能读出台账；每一步都由这台电脑签名，证明不了是谁办的。按这里设置登录。"
            if who is None
            else "按这里改口令，主管在这里加人、删人。Ctrl+L 锁屏。"
        )
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tip)
        show_state(self, "late" if who is None else "")
        self.show()


def add_mark(name: str, bar: QWidget, pressed: Callable[[], object]) -> SafetyMark:
    """Add a mark at the end of a bar, and return it."""
    mark = SafetyMark(name, bar)
    mark.clicked.connect(pressed)
    layout = bar.layout()
    if layout is not None:
        layout.addWidget(mark)
    return mark
