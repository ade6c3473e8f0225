"""Help: what the field at hand takes, and every key of the window.

Reads the one table of shortcuts and the core's FIELDS; shows them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from medcounter.desk.draft import FIELDS

from ..shortcuts import ANSWER, FILLING, NOTICE, SHORTCUTS
from .field_edit import show_text

_FIELD = {field.name: field for field in FIELDS}
_COLUMN = {FILLING: 0, ANSWER: 1, NOTICE: 1}
_BEGIN = (
    "从证件号码开始",
    "按 F2，输入或刷证件后按 Enter；光标会走到下一个还要填的地方，填完就停在方案列表。",
)


def key_text(keys: tuple[str, ...]) -> str:
    """Write keys as they are engraved, each once: ``F9 / Ctrl+Enter``."""
    return " / ".join(dict.fromkeys(key.replace("Return", "Enter") for key in keys))


class HelpPage(QWidget):
    """The key map, and a word on the field the user came from."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help_page")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        column.setSpacing(em // 2)
        column.addWidget(self._make_field_card(em))
        column.addWidget(self._make_key_card(em))
        column.addStretch()
        self.show_field("")

    def show_field(self, name: str) -> None:
        """Tell what a field takes; no field's name tells where to begin."""
        field = _FIELD.get(name)
        title, text = (field.label, field.hint) if field else _BEGIN
        show_text(self._field_title, title)
        show_text(self._field_text, text)

    def _make_field_card(self, em: int) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(em, em // 2, em, em // 2)
        row.setSpacing(em)
        self._field_title = QLabel(card)
        self._field_title.setObjectName("help_field")
        self._field_title.setProperty("role", "title")
        self._field_text = QLabel(card)
        self._field_text.setObjectName("help_field_text")
        row.addWidget(self._field_title)
        row.addWidget(self._field_text, 1)
        return card

    def _make_key_card(self, em: int) -> QFrame:
        card = QFrame(self)
        card.setObjectName("key_map")
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(em, em // 2, em, em * 3 // 4)
        row.setSpacing(em)
        columns = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for heading in dict.fromkeys(entry.where for entry in SHORTCUTS):
            columns[_COLUMN.get(heading, 2)].addLayout(self._make_group(heading, card, em))
        for column in columns:
            column.setSpacing(em // 2)
            column.addStretch()
            row.addLayout(column, 1)
        return card

    def _make_group(self, heading: str, card: QFrame, em: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(em * 3 // 4)
        grid.setVerticalSpacing(em // 6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, em * 11 // 2)
        title = QLabel(heading, card)
        title.setProperty("role", "title")
        grid.addWidget(title, 0, 0, 1, 2)
        entries = [entry for entry in SHORTCUTS if entry.where == heading]
        for line, entry in enumerate(entries, start=1):
            keys = QLabel(key_text(entry.keys), card)
            keys.setObjectName(f"key_{entry.action}")
            keys.setProperty("role", "key")
            keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(keys, line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(entry.label, card), line, 1)
        return grid
