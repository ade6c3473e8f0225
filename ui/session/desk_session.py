"""The base of sessions that work at an open desk beside the counter's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ..messages import told_problem

if TYPE_CHECKING:
    from datetime import datetime

    from medcounter.desk.access.access_records import Approval
    from medcounter.desk.desk import Desk

# An act that may need a supervisor's word, done with the approval or with None.
AskedWork = Callable[["Approval | None"], object]
# Does such an act by its name, or asks first; ApprovalFlow.do is one.
AskFirst = Callable[[str, AskedWork], None]


def at_once(_act: str, work: AskedWork) -> None:
    """Do an act without asking; the desk refuses what needs a supervisor.

    Args:
        work: Does it.
    """
    work(None)


class DeskSession(QObject):
    """One view's work on an open desk.

    Signals:
        reported: A Message on what was done, or why it was not.
    """

    reported = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Work on an open desk.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock

    @property
    def held(self) -> str:
        """What would be lost by closing now, in one clause; empty for nothing."""
        return ""

    def stop(self) -> None:
        """End what goes on, and wait for what is done beside the window."""

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do an act; tell why where it was not done."""
        try:
            act()
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return False
        return True
