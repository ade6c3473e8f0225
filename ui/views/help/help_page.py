"""Help: what the current field accepts, every key, the manual, the glossary.

Reads the table of shortcuts, the core's FIELDS and the manual's pages. Needs no
network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from medcounter.desk.draft.draft import FIELDS
from medcounter.wording.glossary import GLOSSARY, meaning

from ...shortcuts import ANSWER, FILLING, NOTICE, SHORTCUTS, key_of
from ...widgets.choice import Tabs
from ...widgets.field_edit import show_text
from ...widgets.gutter_scroll import GutterScroll
from .manual_browser import ManualBrowser

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from medcounter.desk.draft.draft import Field

_FIELD = {field.name: field for field in FIELDS}
_COLUMN = {FILLING: 0, ANSWER: 1, NOTICE: 1}
_BEGIN = (
    "从证件号码开始",
    "按 F2，输入或刷证件后按 Enter；光标会走到下一个还要填的地方，填完就停在方案列表。",
)
_KEYS, _MANUAL, _WORDS = 0, 1, 2


def key_text(keys: tuple[str, ...]) -> str:
    """Write keys as they are engraved, each once: ``F9 / Ctrl+Enter``."""
    return " / ".join(dict.fromkeys(key.replace("Return", "Enter") for key in keys))


def said_of(field: Field) -> str:
    """Say how a field is filled, and what its name means where that is not plain."""
    return "。".join(filter(None, (field.hint, meaning(field.label).removesuffix("。"))))


class HelpPage(QWidget):
    """A word on the field the user came from; below it keys, manual or glossary.

    Attributes:
        glossary: Number of the page with the glossary.
    """

    glossary = _WORDS

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help_page")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(em // 2, em // 2, em // 2, em // 2)
        column.setSpacing(em // 3)
        column.addWidget(self._make_field_card(em))
        self._tabs = Tabs(self)
        self._tabs.setObjectName("help_tabs")
        self._tabs.setAccessibleName("按键、使用手册和名词")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tabs.addTab("按键")
        self._tabs.addTab("使用手册（再按 F1）")
        self._tabs.addTab(f"名词（{key_of('glossary')}）")
        self._tabs.tabBarClicked.connect(self.open_page)
        column.addWidget(self._tabs)
        self._pages = QStackedWidget(self)
        keys = GutterScroll("key_scroll", self._make_key_card(em), self)
        keys.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keys.setAccessibleName("全部按键")
        self._pages.addWidget(keys)
        self._manual = ManualBrowser(self)
        self._pages.addWidget(self._manual)
        words = GutterScroll("glossary_scroll", self._make_glossary(em), self)
        words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words.setAccessibleName("名词")
        self._pages.addWidget(words)
        column.addWidget(self._pages, 1)
        self.show_field("")

    def show_field(self, name: str) -> None:
        """Show what a field takes; when help is already open, switch to the manual.

        Args:
            name: A field's name; empty tells where to begin.
        """
        if self.isVisible():
            self.open_page(_KEYS if self._pages.currentIndex() == _MANUAL else _MANUAL)
            return
        field = _FIELD.get(name)
        title, text = (field.label, said_of(field)) if field else _BEGIN
        show_text(self._field_title, title)
        show_text(self._field_text, text)
        self.open_page(_KEYS)

    def open_page(self, number: int) -> None:
        """Open the keys, the manual or the glossary, counted from 0."""
        if 0 <= number < self._pages.count():
            self._tabs.setCurrentIndex(number)
            self._pages.setCurrentIndex(number)
            if number == _MANUAL:
                self._manual.open_manual()
            self._pages.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Override QWidget.showEvent: the arrow keys scroll at once."""
        super().showEvent(event)
        self._pages.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._field_text.setWordWrap(True)
        row.addWidget(self._field_title)
        row.addWidget(self._field_text, 1)
        return card

    def _make_glossary(self, em: int) -> QFrame:
        card = QFrame(self)
        card.setObjectName("glossary")
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(em, em // 2, em, em // 2)
        grid.setHorizontalSpacing(em)
        grid.setVerticalSpacing(em // 3)
        grid.setColumnStretch(1, 1)
        for line, (term, text) in enumerate(GLOSSARY.items()):
            named = QLabel(term, card)
            named.setProperty("role", "title")
            meaning = QLabel(text, card)
            meaning.setWordWrap(True)
            # Read in one go, the word with its meaning.
            meaning.setAccessibleName(f"{term}：{text}")
            grid.addWidget(named, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(meaning, line, 1)
        grid.setRowStretch(len(GLOSSARY), 1)
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
        title = QLabel(heading, card)
        title.setProperty("role", "title")
        grid.addWidget(title, 0, 0, 1, 2)
        entries = [entry for entry in SHORTCUTS if entry.where == heading]
        for line, entry in enumerate(entries, start=1):
            keys = QLabel(key_text(entry.keys), card)
            keys.setObjectName(f"key_{entry.action}")
            keys.setProperty("role", "key")
            keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
            does = QLabel(entry.label, card)
            does.setWordWrap(True)
            grid.addWidget(keys, line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(does, line, 1)
        return grid
