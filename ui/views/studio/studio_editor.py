"""The editor of a draft: sections, form and meaning side by side.

Shows an EditorState and passes on what the user did.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ...look.icons import dress_button
from ...shortcuts import key_of
from ...widgets.field_edit import ElidedLabel, show_state, show_text
from ...widgets.message_row import MessageRow
from ...widgets.work_bar import WorkBar
from .base_dialog import LOOK_AT_BASE, BaseStrip
from .card_column import CardColumn
from .live.live_side import LiveSide
from .next_strip import NextStrip
from .section_list import SectionList
from .source_files.source_file_pane import SourceFilePane

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent

    from medcounter.json_path import JsonPath

    from ...messages import Message
    from .studio_state import EditorState

_ACTS = (
    ("studio_history", "历史", ""),
    ("studio_source_files", "原件", ""),
    ("studio_export", "存成文件", ""),
    ("studio_sheet", "审签单", ""),
    ("studio_hand_on", "交复核", "primary"),
)
_SECTIONS_WIDTH, _SPARED = 10, 1
# The meaning is as wide as the form where both are narrow.
_NARROW, _EVEN, _LESS = 64, 5, 4
# Narrower than this, in heights of a line, form and meaning take turns.
_FOLDS_BELOW = 56
# From this width on the announcement stands beside form and meaning.
_ROOM_FOR_ALL = 88


class StudioEditor(QWidget):
    """Three columns, or two of them where there is little room.

    Signals:
        pressed: An act of the table of shortcuts.
        section_chosen: Key of the section the user goes to.
    """

    pressed = Signal(str)
    section_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studio_editor")
        self._em = self.fontMetrics().height()
        self._folded = False
        self._title = ElidedLabel("studio_title", self)
        self._title.setProperty("role", "title")
        self._stage = QLabel(self)
        self._stage.setObjectName("studio_stage")
        self._stage.setProperty("role", "badge")
        self._check = ElidedLabel("studio_check", self)
        self._check.setProperty("role", "muted")
        self._buttons = {act: self._button(act, text, role) for act, text, role in _ACTS}
        self._sections = SectionList(self)
        self._sections.chosen.connect(self.section_chosen)
        self._sections.entered.connect(self.focus_cards)
        self.cards = CardColumn(self)
        self.live = LiveSide(self)
        self._beside = QSplitter(Qt.Orientation.Horizontal, self)
        self._beside.setObjectName("studio_beside")
        self._source_file = SourceFilePane(self._beside)
        self._source_file.closed.connect(self.hide_source_file)
        self.work = WorkBar(self, "studio")
        # The other comparison may go on beside it: each has a bar, and Esc stops one.
        self.base_work = WorkBar(self, "studio_base")
        self._message = MessageRow("studio_message", self)
        self._base = BaseStrip(self)
        self._next = NextStrip(self)
        self._next.pressed.connect(self.pressed)
        self._base.looked.connect(partial(self.pressed.emit, LOOK_AT_BASE))
        self._lay_out()

    def show_state(self, state: EditorState) -> None:
        """Show everything of a state but what is live."""
        self._title.show_text(state.title)
        show_text(self._stage, state.stage_label)
        show_state(self._stage, state.stage_tone)
        self._check.show_text(state.check)
        self._buttons["studio_hand_on"].setText(
            f"{state.hand_on_label}  {key_of('studio_hand_on')}"
        )
        self._buttons["studio_export"].setText(f"{state.export_label}  {key_of('studio_export')}")
        self._sections.show_lines(state.lines, state.section.key)
        self.cards.show_section(state.section, state.marks)
        self._base.show_news(state.base_news)
        self._next.show_steps(state.next_steps)

    def show_message(self, message: Message) -> None:
        """Show what came of an act until the next; an empty text shows none."""
        self._message.show_message(message)

    def go_to(self, path: JsonPath | None) -> None:
        """Focus a field, or the first one of the section.

        Args:
            path: Of the field; empty for the first one, None for the list of sections.
        """
        if path is None:
            self._sections.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        # What is hidden takes no keys.
        self._turn_to(live=False)
        if not path or not self.cards.focus_path(path):
            self.focus_cards()

    def show_source_file(self, name: str, shown: str | QImage) -> None:
        """Let a source file stand beside the form; a bar between them is dragged."""
        was_hidden = self._source_file.isHidden()
        self._source_file.show_file(name, shown)
        self._source_file.show()
        self._turn_to(live=False)
        if was_hidden:
            half = self._beside.width() // 2
            self._beside.setSizes([half, half])

    def hide_source_file(self) -> None:
        """Give the room back to what the draft means."""
        self._source_file.hide()
        self._turn_to(live=False)

    def focus_cards(self) -> None:
        """Focus the form."""
        self._turn_to(live=False)
        self.cards.focus_first()

    def next_pane(self) -> None:
        """Move the focus from the form to the residents, the warnings, and back."""
        here = QApplication.focusWidget()
        panes = self.live.panes()
        number = next((n for n, one in enumerate(panes) if here is one), None)
        if number is None and panes:
            self._turn_to(live=True)
            panes[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif number is not None and number + 1 < len(panes):
            panes[number + 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_cards()

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Override QWidget.focusNextPrevChild: Tab walks round the editor."""
        stops = [self._sections, *self.cards.stops(), *self.live.panes()]
        focused = QApplication.focusWidget()
        around = [
            number
            for number, stop in enumerate(stops)
            if stop is focused or (focused is not None and stop.isAncestorOf(focused))
        ]
        # From what is no stop, as a button that was clicked, Tab begins at the list.
        here = max(around, default=-1 if onward else len(stops))
        following = (*stops[here + 1 :], *stops[: max(here, 0)])
        destination = next(filter(_takes_keys, following if onward else reversed(following)), None)
        if destination is None:
            return super().focusNextPrevChild(onward)
        ways = (Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.TabFocusReason)
        destination.setFocus(ways[onward])
        if self.cards.isAncestorOf(destination):
            self.cards.ensureWidgetVisible(destination, 0, self._em * 3)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: with little room the columns take turns."""
        super().resizeEvent(event)
        self._folded = self.width() < self._em * _FOLDS_BELOW
        narrow = self.width() < self._em * _NARROW
        self._sections.setFixedWidth(self._em * (_SECTIONS_WIDTH - _SPARED * narrow))
        self._body.setStretchFactor(self.live, _EVEN if narrow else _LESS)
        self._turn_to(live=self.live.isVisible() and self.cards.isHidden())

    def _turn_to(self, *, live: bool) -> None:
        # But on a wide screen form and meaning take turns beside the announcement.
        crowded = not self._source_file.isHidden() and self.width() < self._em * _ROOM_FOR_ALL
        turned = self._folded or crowded
        self.cards.setVisible(not (turned and live))
        self._beside.setVisible(not (self._folded and live))
        self.live.setVisible(live if turned else True)

    def _lay_out(self) -> None:
        em = self._em
        head = QHBoxLayout()
        head.setSpacing(em // 2)
        head.addWidget(self._title, 3)
        head.addWidget(self._stage)
        head.addWidget(self._check, 2)
        for button in self._buttons.values():
            head.addWidget(button)
        body = self._body = QHBoxLayout()
        body.setSpacing(em // 2)
        left = QFrame(self)
        left.setProperty("role", "card")
        inner = QVBoxLayout(left)
        inner.setContentsMargins(em // 6, em // 6, em // 6, em // 6)
        inner.addWidget(self._sections)
        body.addWidget(left)
        self._beside.setChildrenCollapsible(False)
        self._beside.setHandleWidth(em // 3)
        self._beside.addWidget(self.cards)
        self._beside.addWidget(self._source_file)
        self._source_file.hide()
        body.addWidget(self._beside, _EVEN)
        body.addWidget(self.live, _LESS)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*([em // 2] * 4))
        outer.setSpacing(em // 2)
        outer.addLayout(head)
        outer.addWidget(self._next)
        outer.addWidget(self._base)
        outer.addLayout(body, 1)
        outer.addWidget(self.work)
        outer.addWidget(self.base_work)
        outer.addWidget(self._message)

    def _button(self, act: str, text: str, role: str) -> QPushButton:
        button = QPushButton(f"{text}  {key_of(act)}", self)
        button.setObjectName(f"{act}_button")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setProperty("role", role)
        dress_button(button, act, primary=bool(role))
        button.clicked.connect(partial(self.pressed.emit, act))
        return button


def _takes_keys(widget: QWidget) -> bool:
    tabbed = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabbed and widget.isEnabled() and widget.isVisible()
