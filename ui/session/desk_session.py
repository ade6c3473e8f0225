"""The base of the other views' sessions: an open desk and a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ..messages import told_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk


class DeskSession(QObject):
    """One view's work on an open desk.

    Signals:
        told: A Message on what was done, or why it was not.
    """

    told = Signal(object)

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
        """What lies here in memory only, in one clause; empty for nothing."""
        return ""

    def stop(self) -> None:
        """End what goes on, and wait for what is done beside the window."""

    def _attempt(self, act: Callable[[], object]) -> bool:
        """Do an act; tell why where it was not done."""
        try:
            act()
        except MedCounterError as err:
            self.told.emit(told_problem(err))
            return False
        return True
