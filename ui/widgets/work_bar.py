"""The progress of long work: a bar, a count, and a button to stop.

Shows given numbers and emits that the work should stop. While it is seen, Esc in
its view is its key.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from ..shortcuts import key_of
from .field_edit import show_text
from .key_action import INSIDE
from .labels import plain_label

_STOP = "roster_stop"


class WorkBar(QFrame):
    """One row while long work is in progress; otherwise hidden.

    Signals:
        stopped: The button was pressed, or Esc in the view.
    """

    stopped = Signal()

    def __init__(self, parent: QWidget, name: str) -> None:
        """Add itself to a view, hidden until there is work.

        Args:
            parent: The view.
            name: Begins the object names of its parts.
        """
        super().__init__(parent)
        self.setObjectName(f"{name}_work")
        em = self.fontMetrics().height()
        self._text = plain_label(f"{name}_work_text", self, wraps=False)
        self._text.setAccessibleName("进度")
        self._bar = QProgressBar(self)
        self._bar.setObjectName(f"{name}_bar")
        self._bar.setAccessibleName("进度")
        self._bar.setTextVisible(False)
        self._stop = QPushButton(f"停下  {key_of(_STOP)}", self)
        self._stop.setObjectName(f"{name}_stop_button")
        self._stop.setAccessibleName("停下")
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stopped)
        self._key = QShortcut(QKeySequence(key_of(_STOP)), parent)
        self._key.setContext(INSIDE)
        self._key.setEnabled(False)
        self._key.activated.connect(self.stopped)
        # Where two are seen, each press stops one.
        self._key.activatedAmbiguously.connect(self.stopped)
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
        self._key.setEnabled(bool(text))
