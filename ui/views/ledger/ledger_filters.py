"""The filter boxes above the ledger: days, state and clerk.

Show a wish and emit what is chosen; filter nothing themselves.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from medcounter.desk.counter.ledger_wish import ANYBODY, DAY_CHOICES, STATE_CHOICES

from ...shortcuts import key_of
from ...widgets.choice import ChoiceBox
from ...widgets.key_action import ANYWHERE, add_key
from .ledger_state import CLERK, DAYS, EVERYTHING, STATE

if TYPE_CHECKING:
    from .ledger_state import LedgerState

_SHORTEST, _WIDEST_EM = 3, 12
_BOXES = ((DAYS, "日期"), (STATE, "状态"), (CLERK, "经办"))


class LedgerFilters(QWidget):
    """Narrows the ledger.

    Signals:
        asked: An act of the ledger session and the choice made.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ledger_filters")
        em = self.fontMetrics().height()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(em // 2)
        self._boxes: dict[str, QComboBox] = {}
        for act, text in _BOXES:
            label = QLabel(text, self)
            label.setProperty("role", "caption")
            box = ChoiceBox(self)
            box.setObjectName(f"ledger_{act}_box")
            box.setAccessibleName(text)
            box.setToolTip(f"{text}  {key_of(f'ledger_{act}')}")
            label.setBuddy(box)
            box.activated.connect(partial(self._ask, act))
            # They share what room there is; a narrow window is not made wider by them.
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_SHORTEST)
            box.setMaximumWidth(_WIDEST_EM * em)
            row.addWidget(label)
            row.addWidget(box, 6)
            self._boxes[act] = box
        self._boxes[DAYS].addItems(DAY_CHOICES)
        self._boxes[STATE].addItems(STATE_CHOICES)
        self._boxes[CLERK].addItem(ANYBODY)
        self._let_days_be_typed(self._boxes[DAYS])
        self._clear = QPushButton("看全部  Esc", self)
        self._clear.setObjectName("ledger_everything_button")
        self._clear.setAutoDefault(False)
        self._clear.clicked.connect(self._on_clear_clicked)
        row.addStretch(1)
        row.addWidget(self._clear)
        self._add_keys()

    def show_state(self, state: LedgerState) -> None:
        """Show what is asked for."""
        clerks = self._boxes[CLERK]
        if [clerks.itemText(place) for place in range(clerks.count())] != list(state.clerks):
            clerks.clear()
            clerks.addItems(state.clerks)
        wish = state.wish
        for act, text in ((STATE, wish.state), (CLERK, wish.clerk)):
            self._boxes[act].setCurrentIndex(self._boxes[act].findText(text))
        if not self._boxes[DAYS].hasFocus():
            self._boxes[DAYS].setEditText(wish.days)
        self._clear.setVisible(wish.narrows)

    def _let_days_be_typed(self, box: QComboBox) -> None:
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # The stubs of PySide6 6.8.3 do not know that None means without.
        box.setCompleter(None)  # type: ignore[arg-type]  # see above
        edit = box.lineEdit()
        if edit is not None:
            edit.setObjectName("ledger_days_edit")
            edit.setAccessibleName("日期，可写 0305、3月5日")
            edit.setPlaceholderText("可写 0305")
            edit.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
            edit.returnPressed.connect(self._on_days_return_pressed)

    def _add_keys(self) -> None:
        for act, box in self._boxes.items():
            add_key(self, f"ledger_{act}", partial(_bring_cursor_to, box), ANYWHERE)

    def _ask(self, act: str, place: int) -> None:
        self.asked.emit(act, self._boxes[act].itemText(place))

    def _on_days_return_pressed(self) -> None:
        self.asked.emit(DAYS, self._boxes[DAYS].currentText().strip())

    def _on_clear_clicked(self) -> None:
        self.asked.emit(EVERYTHING, "")


def _bring_cursor_to(box: QComboBox) -> None:
    box.setFocus(Qt.FocusReason.ShortcutFocusReason)
    edit = box.lineEdit()
    if edit is not None:
        edit.selectAll()
    else:
        box.showPopup()
