"""The members of a household as tabs, and their total.

Shown for two or more. Emits which member was clicked.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from medcounter.money import show_money

from ...widgets.act_menu import LINE, MenuRow, open_menu
from ...widgets.field_edit import show_state, show_text

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from medcounter.desk.evaluate.household import Gathering, MemberRow

_MENU = (
    MenuRow("remove_member", "把这个人移出本户"),
    MenuRow("new_member", "同一户再加一人"),
    LINE,
    MenuRow("preview", "预览这个人的通知单"),
    MenuRow("why", "为什么是这个结果"),
)
_READY = "✓"
_BLOCKED = "⚠"
# A name longer than this is cut so that the amount never is.
_LONGEST_NAME = 5
# So many stand side by side in one line on the narrowest screen.
_MOST_IN_A_LINE = 4


def member_text(row: MemberRow, between: str) -> str:
    """Tell a member's name, state and amount.

    Args:
        row: The member.
        between: What parts name and amount: a blank, or a new line.
    """
    name = row.name if len(row.name) <= _LONGEST_NAME else f"{row.name[: _LONGEST_NAME - 1]}…"
    amount = show_money(row.amount) if row.amount is not None else "待补全"
    return f"{_READY if row.ready else _BLOCKED} {name}{between}{amount}"


class MemberStrip(QWidget):
    """One tab for each member.

    Signals:
        pressed: Place of the member that was clicked, from 0.
        acted: Act of the table of shortcuts, for the member pressed last.
    """

    pressed = Signal(int)
    acted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("member_strip")
        self.setAccessibleName("本户成员，F6 换人")
        em = self.fontMetrics().height()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, em // 3, em // 8)
        self._row.setSpacing(em // 4)
        self._between = ""
        self._tabs: list[QPushButton] = []
        self._row.addStretch()
        self._total = QLabel(self)
        self._total.setObjectName("household_total")
        self._total.setProperty("role", "label")
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._total)
        self.hide()

    def show_gathering(self, gathering: Gathering) -> None:
        """Show the members; nothing for a single resident."""
        self.setVisible(len(gathering.rows) > 1)
        while len(self._tabs) < len(gathering.rows):
            self._tabs.append(self._make(len(self._tabs)))
        self._between = "  " if len(gathering.rows) <= _MOST_IN_A_LINE else "\n"
        for place, tab in enumerate(self._tabs):
            tab.setVisible(place < len(gathering.rows))
            if place < len(gathering.rows):
                self._show(tab, gathering.rows[place], current=place == gathering.at)
        count = len(gathering.rows) - len(gathering.blocked)
        ready = f"{len(gathering.rows)} 人 · 可出单 {count} 人"
        show_text(self._total, f"{ready}{self._between}合计 {show_money(gathering.total)}")

    def _show(self, tab: QPushButton, row: MemberRow, *, current: bool) -> None:
        text = member_text(row, self._between)
        if tab.text() != text:
            tab.setText(text)
            tab.setToolTip("：".join(filter(None, (row.name, row.trouble))))
            tab.setAccessibleName(text.replace("\n", " "))
            tab.setAccessibleDescription(row.trouble)
        show_state(tab, "" if row.ready else "needed")
        if tab.isChecked() != current:
            tab.setChecked(current)

    def _open_menu(self, place: int, at: QPoint) -> None:
        self.pressed.emit(place)
        tab = self._tabs[place]
        open_menu(tab, "member_menu", _MENU, self.acted.emit, tab.mapToGlobal(at))

    def _make(self, place: int) -> QPushButton:
        tab = QPushButton(self)
        tab.setObjectName(f"member_{place}")
        tab.setProperty("role", "member")
        tab.setCheckable(True)
        tab.setAutoDefault(False)
        tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tab.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        tab.clicked.connect(partial(self.pressed.emit, place))
        tab.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tab.customContextMenuRequested.connect(partial(self._open_menu, place))
        self._row.insertWidget(place, tab)
        return tab
