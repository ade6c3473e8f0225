"""The view 规则编制: the drafts, or the editor of one of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ...widgets.key_action import INSIDE, add_key
from .draft_page import IMPORT, DraftPage
from .studio_editor import StudioEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from medcounter.desk.authoring.authoring_records import DraftLine

    from ...messages import Message
    from .studio_state import EditorState

# Keys that no other view binds for the whole window, and that mean the same wherever the
# keys are in the view.
_KEYS = (
    IMPORT, "studio_drop", "studio_confirm", "studio_confirm_all", "studio_redo",
    "studio_before", "studio_after", "studio_export", "studio_acts", "studio_source_files",
)  # fmt: skip
_MOST_NUMBERED = 9


class StudioPanel(QWidget):
    """The start page and the editor.

    Signals:
        pressed: An act of the table of shortcuts.
        left: The user goes back to the list of drafts.
    """

    pressed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_panel")
        self._stack = QStackedWidget(self)
        self.start = DraftPage(self._stack)
        self.editor = StudioEditor(self._stack)
        for page in (self.start, self.editor):
            self._stack.addWidget(page)
            page.pressed.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        for act in _KEYS:
            add_key(self, act, partial(self.pressed.emit, act))
        for number in range(1, _MOST_NUMBERED + 1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.setContext(INSIDE)
            key.activated.connect(partial(self.editor.cards.add_by_number, number))

    @property
    def is_editing(self) -> bool:
        """Whether a draft is open."""
        return self._stack.currentWidget() is self.editor

    def show_drafts(self, lines: tuple[DraftLine, ...], signed_in: bool) -> None:  # noqa: FBT001 - a signal's value
        """Show the drafts."""
        self._stack.setCurrentWidget(self.start)
        self.start.show_drafts(lines, signed_in=signed_in)

    def show_editor(self) -> None:
        """Bring the editor to the front."""
        self._stack.setCurrentWidget(self.editor)

    def show_state(self, state: EditorState) -> None:
        """Show the draft that is open."""
        self.editor.show_state(state)

    def show_message(self, message: Message) -> None:
        """Show what came of an act."""
        if self.is_editing:
            self.editor.show_message(message)
        else:
            self.start.show_message(message)

    def focus_first(self) -> None:
        """Focus what is worked on first."""
        if self.is_editing:
            self.editor.focus_cards()
        else:
            self.start.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Esc goes back to the drafts."""
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            self.left.emit()
        else:
            super().keyPressEvent(event)
