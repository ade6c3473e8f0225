"""A box to find a place in: typed text above, the places found below.

Lies over the window below the list it stands for. Shows rows and emits what
was typed and chosen; searches nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .choice import ChoiceBox
from .field_edit import FieldEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from medcounter.desk.draft.place_choice import PlaceRow

_HINT = "拼音、首字母、地名或代码"
_NOBODY = "没有找到；可改用六位代码，或只打首字母，或打上一级的地名"
_NOT_HERE = (
    "这里列的是有规则的地方，别处打字就能找到。没有规则的也可以选：先按国家规定答复；"
    "要出单，请在“规则”里更新规则包，或请主管按当地公告编写（编制）。"
)
_WIDTH, _MOST_ROWS, _FEWEST_ROWS = 26, 12, 2


class PlaceBox(ChoiceBox):
    """The list of places; opened or typed into, it lets a place be searched.

    Signals:
        search_wanted: The text a search begins with.
    """

    search_wanted = Signal(str)

    def showPopup(self) -> None:
        """Override QComboBox.showPopup: the search shows the places."""
        self.search_wanted.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QComboBox.keyPressEvent: what is typed begins a search."""
        text = event.text()
        if text.isprintable() and text.strip():
            self.search_wanted.emit(text)
        else:
            super().keyPressEvent(event)


class SearchLine(FieldEdit):
    """The line typed into; tells when the cursor leaves it.

    Signals:
        left: The cursor went elsewhere.
    """

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override FieldEdit.focusOutEvent: the search is over."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        }:
            self.left.emit()


class PlaceFinder(QFrame):
    """The search for a place.

    Signals:
        sought: What is typed now.
        chosen: Code of the place the clerk chose.
    """

    sought = Signal(str)
    chosen = Signal(str)

    def __init__(self, box: QWidget, room: QWidget) -> None:
        """Stand for a list.

        Args:
            box: The list.
            room: What the search may lie over.
        """
        super().__init__(room)
        self.setObjectName("place_finder")
        self.setProperty("role", "card")
        self._box = box
        self._room = room
        self._rows: tuple[PlaceRow, ...] = ()
        self._lines: list[int] = []
        self._before: QWidget = box
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em // 3, em // 3, em // 3, em // 3)
        column.setSpacing(em // 4)
        self._line = SearchLine("place_search", "找参保地", _HINT, self)
        self._line.set_input("search")
        self._line.edited.connect(self._on_line_edited)
        self._line.entered.connect(self._on_line_entered)
        self._line.left.connect(self.hide)
        self._list = QListWidget(self)
        self._list.setObjectName("places_found")
        self._list.setAccessibleName("找到的地区，点一下，或按数字、上下键选择")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setUniformItemSizes(True)
        self._list.itemClicked.connect(self._on_list_clicked)
        self._none = QLabel(_NOBODY, self)
        self._none.setObjectName("places_none")
        self._none.setProperty("role", "note")
        self._hint = QLabel(_NOT_HERE, self)
        self._hint.setObjectName("places_hint")
        self._hint.setProperty("role", "note")
        self._hint.setWordWrap(True)
        for widget in (self._line, self._list, self._none, self._hint):
            column.addWidget(widget)
        self.hide()

    def begin(self, text: str) -> None:
        """Open the search with what was typed, below its list."""
        self._before = QApplication.focusWidget() or self._box
        self._line.setText(text)
        self.sought.emit(text)
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # The focus marks the whole line: what is typed next would replace the first letter.
        self._line.setCursorPosition(len(text))

    def show_places(self, rows: tuple[PlaceRow, ...]) -> None:
        """Show the places found, those of one group under its heading."""
        self._rows, self._lines = rows, []
        self._list.clear()
        typed = bool(self._line.text().strip())
        bold = self._list.font()
        bold.setBold(True)
        group = ""
        for number, row in enumerate(rows, start=1):
            if row.group != group:
                group = row.group
                heading = QListWidgetItem(group, self._list)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(bold)
            digit = f"{number}  " if typed and not self._is_code() else ""
            self._lines.append(self._list.count())
            self._list.addItem(f"{digit}{row.name}  {row.code}  {row.note}")
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._list.setCurrentRow(0 if typed and rows else -1)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QFrame.keyPressEvent: the arrows choose, Esc leaves."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (max(self._row(), -step) + step) % len(self._rows)
            self._list.setCurrentRow(self._lines[row])
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _row(self) -> int:
        """Return which place is chosen, headings not counted; -1 for none."""
        line = self._list.currentRow()
        return self._lines.index(line) if line in self._lines else -1

    def _is_code(self) -> bool:
        return any(map(str.isdecimal, self._line.text()))

    def _place(self) -> None:
        em = self.fontMetrics().height()
        count = min(max(self._list.count(), _FEWEST_ROWS), _MOST_ROWS)
        row = self._list.sizeHintForRow(0) if self._rows else em * 2
        self._list.setFixedHeight(row * count + 2 * self._list.frameWidth())
        corner = self._box.mapTo(self._room, QPoint(0, self._box.height()))
        width = min(em * _WIDTH, self._room.width())
        left = min(corner.x(), self._room.width() - width)
        # A text that breaks into lines is as high as its width makes it.
        self.resize(width, self.height())
        column = self.layout()
        high = column.totalHeightForWidth(width) if column is not None else self.height()
        height = min(high, self._room.height() - corner.y())
        self.setGeometry(left, corner.y(), width, height)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._rows):
            code = self._rows[row].code
            self._leave()
            self.chosen.emit(code)

    def _leave(self) -> None:
        self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _on_line_edited(self, _name: str, text: str) -> None:
        digit = text[-1:]
        before = text[:-1]
        chooses = (
            digit.isdecimal()
            and before.strip()
            and not any(map(str.isdecimal, before))
            and 1 <= int(digit) <= len(self._rows)
        )
        if chooses:
            self._choose(int(digit) - 1)
        else:
            self.sought.emit(text)

    def _on_line_entered(self) -> None:
        self._choose(self._row())

    def _on_list_clicked(self, item: QListWidgetItem) -> None:
        line = self._list.row(item)
        if line in self._lines:
            self._choose(self._lines.index(line))
