"""The alert bar, one row below the upper edge.

Shows the most serious alert with its actions; emits which one was pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ..widgets.field_edit import show_state, show_text

if TYPE_CHECKING:
    from medcounter.desk.safety.alerts import Alert

_WAYS = 2


class StandingBar(QFrame):
    """One alert at a time; hidden while there is none.

    Signals:
        pressed: Name of the act.
        put_aside: Kind of the condition that may wait.
    """

    pressed = Signal(str)
    put_aside = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("standing_bar")
        em = self.fontMetrics().height()
        self._condition: Alert | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(em * 3 // 4, em // 8, em * 3 // 4, em // 8)
        row.setSpacing(em // 2)
        self._text = QLabel(self)
        self._text.setObjectName("standing_text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setAccessibleName("需要处理")
        row.addWidget(self._text, 1)
        self._more = QLabel(self)
        self._more.setObjectName("standing_more")
        row.addWidget(self._more)
        self._ways = tuple(self._make_button(f"standing_way_{n}", row) for n in range(_WAYS))
        self._later = self._make_button("standing_later", row)
        self._later.setText("以后再说")
        self.hide()

    def show_conditions(self, stand: tuple[Alert, ...]) -> None:
        """Show the first of what stands, and how many more there are."""
        condition = stand[0] if stand else None
        if condition is not None:
            show_text(self._text, f"⚠ {condition.text}")
            show_text(self._more, f"还有 {len(stand) - 1} 项" if len(stand) > 1 else "")
            for widget in (self, self._text, self._more):
                show_state(widget, condition.tone)
            for number, button in enumerate(self._ways):
                button.setVisible(number < len(condition.acts))
                if number < len(condition.acts):
                    button.setText(condition.acts[number].label)
            self._later.setVisible(condition.may_wait)
        self._condition = condition
        self.setVisible(condition is not None)

    def _make_button(self, name: str, row: QHBoxLayout) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(self._on_clicked)
        row.addWidget(button)
        return button

    def _on_clicked(self) -> None:
        button = self.sender()
        if self._condition is None:
            return
        if button is self._later:
            self.put_aside.emit(self._condition.kind)
            return
        place = int(button.objectName().removeprefix("standing_way_"))
        self.pressed.emit(self._condition.acts[place].name)
