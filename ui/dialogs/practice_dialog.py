"""The cases to practise with, chosen by a digit.

Shows them and emits the chosen one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from .plain_dialog import PlainDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.recovery.practice_cases import PracticeCase


class PracticeDialog(PlainDialog):
    """Offers cases; the tenth is under 0.

    Signals:
        chosen: The Draft of the case.
    """

    chosen = Signal(object)

    def __init__(self, cases: Sequence[PracticeCase], parent: QWidget | None = None) -> None:
        super().__init__("practice_dialog", "选一个练习", parent)
        self._cases = tuple(cases)
        self.add_text("practice_title", "选一个练习：按数字，或点一下", role="title")
        for place, case in enumerate(self._cases):
            digit = (place + 1) % 10
            button = QPushButton(f"{digit}　{case.title}　—　{case.task}", self)
            button.setObjectName(f"practice_case_{digit}")
            button.setProperty("role", "choice")
            button.setProperty("place", place)
            button.setAutoDefault(False)
            button.clicked.connect(self._on_case_clicked)
            shortcut = QShortcut(QKeySequence(f"{digit}"), self)
            shortcut.activated.connect(button.click)
            self.body.addWidget(button)
        cancel = self.add_button("practice_cancel", "不选  Esc")
        cancel.clicked.connect(self.reject)
        self.fit(38)

    def _on_case_clicked(self) -> None:
        case = self._cases[int(self.sender().property("place"))]
        self.accept()
        self.chosen.emit(case.draft)
