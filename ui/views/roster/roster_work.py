"""The progress of work on a list: a bar, a count, and a button to stop.

Shows given numbers and emits that the work should stop.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from ...shortcuts import key_of
from ...widgets.field_edit import show_text
from ...widgets.labels import plain_label


class RosterWork(QFrame):
    """One row while work on a list is in progress; otherwise hidden.

    Signals:
        stopped: The button was pressed.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("roster_work")
        em = self.fontMetrics().height()
        self._text = plain_label("roster_work_text", self, wraps=False)
        self._text.setAccessibleName("进度")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("roster_bar")
        self._bar.setAccessibleName("进度")
        self._bar.setTextVisible(False)
        self._stop = QPushButton(f"停下  {key_of('roster_stop')}", self)
        self._stop.setObjectName("roster_stop_button")
        self._stop.setAccessibleName("停下")
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(em // 2)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addStretch()
        row.addWidget(self._stop)
        self.hide()

    def show_work(self, text: str, done: int, whole: int) -> None:
        """Show how far it is.

        Args:
            text: What is done; empty while nothing is.
            done: How many so far.
            whole: How many in all; 0 while nobody knows.
        """
        show_text(self._text, text)
        self._bar.setVisible(whole > 0)
        self._bar.setMaximum(max(whole, 1))
        self._bar.setValue(done)
        self.setVisible(bool(text))
