"""The card for the phrases that clerks often add to a notice, one on a line.

Shows a SettingsState and emits what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from medcounter.settings import CHECKS, LONGEST_TEXT, MOST_PHRASES

from ...widgets.field_edit import INVALID, PLAIN, show_state, show_text

if TYPE_CHECKING:
    from .settings_session import SettingsState

PHRASES = "phrases"
_HOW = (
    f"一行一句，最多 {MOST_PHRASES} 句，每句不超过 {LONGEST_TEXT} 字。办理时在“附言”里按 Alt+M 选，"
    "印在单上并注明是经办人的话。这里不加密，不要写居民的姓名和证件号码。"
)
_LINES = 5


class PhrasesCard(QFrame):
    """The phrases of this desk.

    Signals:
        edited: ``phrases`` and the lines typed.
    """

    edited = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_phrases")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(*([em] * 4))
        column.setSpacing(em // 4)
        caption = QLabel(CHECKS[PHRASES].label, self)
        caption.setObjectName("setting_phrases_label")
        caption.setProperty("role", "caption")
        self._lines = QPlainTextEdit(self)
        self._lines.setObjectName("setting_phrases")
        self._lines.setAccessibleName(CHECKS[PHRASES].label)
        self._lines.setAccessibleDescription(_HOW)
        self._lines.setTabChangesFocus(True)
        self._lines.setMinimumHeight(_LINES * self._lines.fontMetrics().lineSpacing() + em)
        self._lines.textChanged.connect(self._on_lines_changed)
        caption.setBuddy(self._lines)
        self._note = QLabel(self)
        self._note.setObjectName("setting_phrases_note")
        self._note.setProperty("role", "note")
        self._note.setWordWrap(True)
        for widget in (caption, self._lines, self._note):
            column.addWidget(widget)

    def show_state(self, state: SettingsState) -> None:
        """Show the phrases as typed, and what is wrong with them."""
        typed, fault = state.texts[PHRASES], state.fault_at(PHRASES)
        if self._lines.toPlainText() != typed:
            with QSignalBlocker(self._lines):
                self._lines.setPlainText(typed)
        for widget in (self._lines, self._note):
            show_state(widget, INVALID if fault else PLAIN)
        show_text(self._note, fault or _HOW)

    def focus(self) -> None:
        """Put the cursor behind what stands there."""
        self._lines.setFocus()
        self._lines.moveCursor(self._lines.textCursor().MoveOperation.End)

    def _on_lines_changed(self) -> None:
        self.edited.emit(PHRASES, self._lines.toPlainText())
