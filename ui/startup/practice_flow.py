"""Switch to practice and back, and choose cases to practise with.

Opens the practice folder's desk through the desk opener; the counter's own desk
is closed meanwhile, so nothing done there can reach it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.recovery.emergency import bring_rules
from medcounter.desk.recovery.practice_cases import practice_cases
from medcounter.desk.safety import practice
from medcounter.errors import MedCounterError

from ..dialogs.before_leaving import before_leaving
from ..dialogs.practice_dialog import PracticeDialog
from ..messages import told_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.desk import Desk

CASES = "practice_cases"


class PracticeFlow(QObject):
    """What practice needs besides an ordinary counter.

    Signals:
        folder_wanted: Path of the data folder to open instead.
        leaving_wanted: The counter's own desk is to be opened again.
        draft_wanted: The Draft of a case, to be served.
        reported: A Message for the strip.
    """

    folder_wanted = Signal(object)
    leaving_wanted = Signal()
    draft_wanted = Signal(object)
    reported = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        """Remember the clock; opens nothing."""
        super().__init__(parent)
        self._clock = clock

    def toggle(self, desk: Desk, folder: Path, window: QWidget, held: str) -> None:
        """Go to practise, or come back from it.

        Args:
            desk: The open desk.
            folder: Its data folder.
            window: Lies below the question.
            held: What would be given up with it; empty for nothing.
        """
        before_leaving(window, held, partial(self._leave, desk, folder))

    def _leave(self, desk: Desk, folder: Path) -> None:
        if desk.practice:
            self.leaving_wanted.emit()
            return
        try:
            destination = practice.prepare(folder, self._clock())
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self.folder_wanted.emit(destination)

    def begin(self, desk: Desk, home: Path, window: QWidget) -> bool:
        """Work by the counter's own rules, and offer the cases.

        Returns:
            Whether other rules than the program's own are in use now.
        """
        brought = bring_rules(desk, home, self._clock())
        self.offer(desk, window)
        return brought

    def offer(self, desk: Desk, window: QWidget) -> None:
        """Let the clerk choose a case, while practising."""
        if not desk.practice:
            return
        on = self._clock().date()
        dialog = PracticeDialog(practice_cases(desk.rule_book, desk.new_draft(on), on), window)
        dialog.chosen.connect(self.draft_wanted)
        dialog.open()
