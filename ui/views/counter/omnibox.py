"""The search box: an ID number, or anything that finds a known person.

Shows the matches under it, chosen by keys or a click; the cursor never leaves
the box. Searches nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from medcounter.desk.draft.draft_edits import is_search

from ...widgets.act_menu import copy_text, menu_place
from ...widgets.aids.field_signs import FieldSigns
from ...widgets.field_edit import FieldEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QListWidgetItem

    from medcounter.desk.counter.people import Match

_PLACEHOLDER = "证件号码，或姓名、拼音首字母、单号、后四位"
_RECENT_TIP = "最近办的几位，↓；锁屏后清掉"
_ROOM = 3
# The cursor comes back by itself from another window and from a menu.
_STAYS = {
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}


def match_line(digit: int | str, match: Match) -> str:
    """Tell a known person in one line."""
    who = f"{match.name}  {match.id_masked or '无证件号码'}"
    return f"{digit}  {who}  {match.category_label}  {match.benefit_year} 年度 {match.day}"


class MatchList(QListWidget):
    """The matches, laid over what is below the box; never has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("matches")
        self.setAccessibleName("找到的居民，点一下，或按数字、上下键选择")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self._room = parent
        self.hide()

    def show_lines(self, lines: list[str], below: QWidget) -> None:
        """Show lines under a widget, as wide as the form."""
        self.clear()
        self.addItems(lines)
        self.setVisible(bool(lines))
        if not lines:
            return
        corner = below.mapTo(self._room, QPoint(0, below.height()))
        margin = self.fontMetrics().height() // 2
        height = self.sizeHintForRow(0) * len(lines) + 2 * self.frameWidth() + _ROOM
        top = corner.y() + 1
        height = self._past_the_cut(top + height) - top
        self.setGeometry(margin, top, self._room.width() - 2 * margin, height)
        self.raise_()

    def _past_the_cut(self, bottom: int) -> int:
        """Move the lower edge past the fields it would show half of."""
        edits: list[QLineEdit] = list(self._room.findChildren(QLineEdit))
        for edit in edits:
            top = edit.mapTo(self._room, QPoint(0, 0)).y()
            if edit.isVisible() and top < bottom < top + edit.height():
                return top + edit.height() + _ROOM
        return bottom


class Omnibox(FieldEdit):
    """The field a resident begins with.

    Signals:
        taken: Number of the notice of the person the clerk chose.
        unknown: The text of a search that finds nobody, and Enter.
        recent_wanted: Who was served last is wanted.
    """

    taken = Signal(str)
    unknown = Signal(str)
    recent_wanted = Signal()

    def __init__(self, name: str, label: str, hint: str, parent: QWidget) -> None:
        super().__init__(name, label, hint, parent)
        self.setAccessibleDescription(_PLACEHOLDER)
        self.setPlaceholderText(_PLACEHOLDER)
        self._matches: tuple[Match, ...] = ()
        self._only_search = False
        self._masked = ""
        self._list = MatchList(parent)
        FieldSigns(self).add("history", _RECENT_TIP, self.recent_wanted.emit)
        self._list.itemClicked.connect(self._on_list_clicked)

    def show_matches(self, text: str, matches: tuple[Match, ...]) -> None:
        """Show who was found; an empty text ends the search."""
        self._only_search = bool(text) and is_search(text)
        self._matches = matches if text else ()
        lines = [match_line(n, match) for n, match in enumerate(self._matches, start=1)]
        if self._only_search and not lines:
            lines = [f"没有找到“{text}”，按 Enter 或点这里，作为新居民办理"]
        self._list.show_lines(lines, self)
        # Digits may go on to be a new number, so nobody is chosen for them.
        self._list.setCurrentRow(0 if self._only_search else -1)

    def show_masked(self, masked: str) -> None:
        """Keep the number with its middle starred, to be copied."""
        self._masked = masked

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Override FieldEdit.contextMenuEvent: the starred number may be copied too."""
        menu = self.createStandardContextMenu()
        menu.setObjectName("id_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction("复制证件号码（遮盖）", menu)
        copy.setObjectName("id_menu_masked")
        copy.setEnabled(bool(self._masked))
        copy.triggered.connect(self._on_copy_triggered)
        menu.addSeparator()
        menu.addAction(copy)
        menu.popup(menu_place(self, event))

    def show_recent(self, matches: tuple[Match, ...]) -> None:
        """Show who was served last; no digit chooses, it may begin a number."""
        self._only_search, self._matches = False, matches
        self._list.show_lines([match_line("·", match) for match in matches], self)
        self._list.setCurrentRow(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_text(self, text: str) -> None:
        """Override FieldEdit.show_text: a search stays while it is typed."""
        if not self._only_search:
            super().show_text(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override FieldEdit.keyPressEvent: arrows, Enter and digits choose."""
        key, text = event.key(), event.text()
        row = self._list.currentRow()
        if key == Qt.Key.Key_Down and not self._matches and not self.text():
            self.recent_wanted.emit()
        elif self._matches and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((max(row, -step) + step) % len(self._matches))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._matches and row >= 0:
            self.taken.emit(self._matches[row].number)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._only_search:
            self.unknown.emit(self.text())
        elif self._chooses(text):
            self.taken.emit(self._matches[int(text) - 1].number)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override FieldEdit.focusInEvent: a search goes on where it was left."""
        super().focusInEvent(event)
        self._list.setVisible(self._list.count() > 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override FieldEdit.focusOutEvent: no list lies over the next field."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self._list.hide()

    def _on_copy_triggered(self) -> None:
        copy_text(self._masked)

    def _on_list_clicked(self, item: QListWidgetItem) -> None:
        row = self._list.row(item)
        if self._matches:
            self.taken.emit(self._matches[row].number)
        else:
            self.unknown.emit(self.text())

    def _chooses(self, digit: str) -> bool:
        """Tell a choice from a digit that goes on with a number."""
        if not self._only_search or any(map(str.isdecimal, self.text())):
            return False
        return digit.isdecimal() and 1 <= int(digit) <= len(self._matches)
