"""Park households while they fetch a document, and take them back in turn.

One key does both: with somebody at the counter it parks them, with nobody it
takes back the household that has waited longest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.evaluate.day_change import since_kept
from medcounter.desk.evaluate.household import Household
from medcounter.errors import MedCounterError

from .. import messages
from ..messages import Message, told_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk

    from .session import Session


class Parking(QObject):
    """The parked households.

    Signals:
        reported: A Message for the strip.
        counted: How many households wait, and whether nobody stands at the counter.
    """

    reported = Signal(object)
    counted = Signal(int, bool)

    def __init__(self, session: Session, clock: Callable[[], datetime]) -> None:
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._waiting = 0

    def open(self, desk: Desk) -> None:
        """Count who waits at a desk from the last time."""
        self._waiting = desk.households.waiting()

    def tell(self) -> None:
        """Tell how many wait, and whether the next turn takes one of them back."""
        self.counted.emit(self._waiting, self._takes_back)

    @property
    def _takes_back(self) -> bool:
        """Whether nobody stands here, or somebody alone who was issued already."""
        now = self._session.household
        return now.is_blank or (len(now.members) == 1 and bool(self._session.issuing.numbers))

    def turn(self) -> None:
        """Put aside who stands at the counter, or take back who waits."""
        desk, now, at = self._session.desk, self._session.household, self._clock()
        if desk is None:
            return
        try:
            if self._takes_back:
                waiting = desk.households.unpark(at)
                if waiting is None:
                    self.reported.emit(messages.NOBODY_WAITS)
                    return
                self._waiting = desk.households.waiting()
                self._session.begin_with(waiting)
                self.reported.emit(_taken_back(since_kept(waiting, at.date(), desk.outcome)))
            else:
                self._waiting = desk.households.park(now, at)
                self._session.begin_with(Household((self._session.next_draft(),)))
                self.reported.emit(messages.parked(self._waiting))
        except MedCounterError as err:
            self.reported.emit(told_problem(err))


def _taken_back(turned: str) -> Message:
    """Tell that a household is back, and what another day made of its answers."""
    if not turned:
        return messages.TAKEN_BACK
    return Message(messages.PROBLEM, f"{messages.TAKEN_BACK.text}。{turned}")
