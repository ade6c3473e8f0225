"""The side panel of the day view: closes, days left open, actions.

Shows a DayState and emits what the clerk wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from medcounter.money import show_money

from ...shortcuts import key_of
from .day_session import AFTER, BEFORE, CHOOSE, CLOSE, GO_TO, PRINT, SAVE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from .day_session import DayState

_ACTS = (
    (CLOSE, "日结", "view_day"),
    (PRINT, "打印", "day_print"),
    (SAVE, "存为 PDF", "day_save"),
    (BEFORE, "前一天", "day_before"),
    (AFTER, "后一天", "day_after"),
)
_ACT, _VALUE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class DaySide(QFrame):
    """The side panel of a day.

    Signals:
        asked: An act of the day session and its value.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("day_side")
        self.setProperty("role", "card")
        em = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(*([em * 3 // 4] * 4))
        column.setSpacing(em // 2)
        self._closes = self._make_list("day_closes", "这一天的日结", column)
        self._forgotten = self._make_list("day_forgotten", "还没有日结的日子", column)
        self._buttons: dict[str, QPushButton] = {}
        for act, text, named in _ACTS:
            button = QPushButton(f"{text}  {key_of(named)}", self)
            button.setObjectName(f"day_{act}_button")
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.setProperty("act", act)
            button.clicked.connect(self._on_button_clicked)
            column.addWidget(button)
            self._buttons[act] = button
        self._buttons[CLOSE].setProperty("role", "primary")

    def show_state(self, state: DayState) -> None:
        """Show closes and forgotten days."""
        self._closes.clear()
        if state.look.can_close:
            shown = f"未结　{show_money(state.look.open.total)}"
            self._add(self._closes, shown, CHOOSE, "", chosen=not state.number)
        for close in state.look.closes:
            text = f"{close.number}　{close.at:%H:%M}　{show_money(close.figures.total)}"
            self._add(self._closes, text, CHOOSE, close.number, chosen=close.number == state.number)
        self._forgotten.clear()
        for day in state.look.forgotten:
            self._add(self._forgotten, f"{day}", GO_TO, f"{day}", chosen=False)
        self._forgotten.setVisible(bool(state.look.forgotten))
        label = self._forgotten.property("label")
        if isinstance(label, QLabel):
            label.setVisible(bool(state.look.forgotten))
        self._buttons[CLOSE].setEnabled(state.look.can_close)
        self._buttons[AFTER].setEnabled(not state.today)

    def _make_list(self, name: str, text: str, column: QVBoxLayout) -> QListWidget:
        label = QLabel(text, self)
        label.setProperty("role", "label")
        shown = QListWidget(self)
        shown.setObjectName(name)
        shown.setAccessibleName(text)
        shown.setProperty("label", label)
        label.setBuddy(shown)
        shown.itemActivated.connect(self._on_item_activated)
        shown.itemClicked.connect(self._on_item_activated)
        column.addWidget(label)
        column.addWidget(shown, 1)
        return shown

    def _add(self, shown: QListWidget, text: str, act: str, value: str, *, chosen: bool) -> None:
        item = QListWidgetItem(text, shown)
        item.setData(_ACT, act)
        item.setData(_VALUE, value)
        if chosen:
            shown.setCurrentItem(item)

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self.asked.emit(str(item.data(_ACT)), str(item.data(_VALUE)))

    def _on_button_clicked(self) -> None:
        self.asked.emit(str(self.sender().property("act")), "")
