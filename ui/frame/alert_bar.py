"""The alert bar, one row below the upper edge.

Shows the most serious alert with its actions; emits which one was pressed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ..widgets.field_edit import show_state, show_text
from ..widgets.labels import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.desk.safety.alerts import Alert

_WAYS = 2


class AlertBar(QFrame):
    """One alert at a time; hidden while there is none.

    Signals:
        pressed: Name of the act.
        snoozed: Kind of the alert that may wait.
    """

    pressed = Signal(str)
    snoozed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alert_bar")
        em = self.fontMetrics().height()
        self._alert: Alert | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(em * 3 // 4, em // 8, em * 3 // 4, em // 8)
        row.setSpacing(em // 2)
        self._text = plain_label("alert_text", self)
        self._text.setAccessibleName("需要处理")
        row.addWidget(self._text, 1)
        self._more = QLabel(self)
        self._more.setObjectName("alert_more")
        row.addWidget(self._more)
        self._ways = tuple(
            self._make_button(f"alert_way_{n}", row, partial(self._press, n)) for n in range(_WAYS)
        )
        self._later = self._make_button("alert_later", row, self._snooze)
        self._later.setText("以后再说")
        self.hide()

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """Show the first alert, and how many more there are."""
        first = alerts[0] if alerts else None
        if first is not None:
            show_text(self._text, f"⚠ {first.text}")
            show_text(self._more, f"还有 {len(alerts) - 1} 项" if len(alerts) > 1 else "")
            for widget in (self, self._text, self._more):
                show_state(widget, first.tone)
            for number, button in enumerate(self._ways):
                button.setVisible(number < len(first.acts))
                if number < len(first.acts):
                    button.setText(first.acts[number].label)
            self._later.setVisible(first.may_wait)
        self._alert = first
        self.setVisible(first is not None)

    def _make_button(self, name: str, row: QHBoxLayout, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        row.addWidget(button)
        return button

    def _press(self, place: int) -> None:
        if self._alert is not None:
            self.pressed.emit(self._alert.acts[place].name)

    def _snooze(self) -> None:
        if self._alert is not None:
            self.snoozed.emit(self._alert.kind)
