"""How safe the ledger is, in a few words at the upper edge.

Shows the age of the newest verified backup and whether anybody can read the
ledger; pressed, it asks for a backup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from .field_edit import show_state

if TYPE_CHECKING:
    from medcounter.desk.keeping import KeepingState


class SafetyMark(QPushButton):
    """A mark that is amber when somebody should do something."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("safety_mark")
        self.setProperty("role", "tab")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_keeping(self, state: KeepingState) -> None:
        """Show how the copies of the ledger stand."""
        if self.text() != state.short:
            self.setText(state.short)
            self.setAccessibleName(state.short)
        self.setToolTip(f"{state.text}\n按 Ctrl+B 备份到 U 盘或别的磁盘。")
        show_state(self, state.tone)
        self.show()
