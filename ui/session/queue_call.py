"""The number of the queue that is called to this counter; kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.counter.queue_number import number_after, queue_number

from .. import messages

if TYPE_CHECKING:
    from .session import Session


class QueueCall(QObject):
    """The number called last.

    Signals:
        called: The number as it is shown now; empty for none.
        wanted: There is no number to go on from: one is to be typed.
        reported: A Message for the strip.
    """

    called = Signal(str)
    wanted = Signal()
    reported = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.number = ""

    def take(self, text: str) -> None:
        """Call the number that was typed."""
        self.number = queue_number(text)
        self.called.emit(self.number)

    def call_next(self) -> None:
        """Call the number after this one; who was issued to makes way."""
        after = number_after(self.number)
        if not after:
            self.wanted.emit()
            self.reported.emit(messages.NO_QUEUE)
            return
        if self._session.issuing.numbers:
            self._session.clear()
        self.take(after)
        waits = not self._session.household.is_blank
        self.reported.emit(messages.called(after, waits=waits))
