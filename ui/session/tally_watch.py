"""How many notices today and this season have, counted again when that changed.

Counts when nothing else is due: no key waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ..work.slices import make_timer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.day.tally import SeasonTally
    from medcounter.desk.desk import Desk

    from .session import Session

# The first count reads the whole season: it waits until nobody types.
_REST_MS, _QUIET_MS = 300, 2_000


class TallyWatch(QObject):
    """The counts of the open desk.

    Signals:
        counted: A SeasonTally.
    """

    counted = Signal(object)

    def __init__(self, session: Session, clock: Callable[[], datetime]) -> None:
        """Watch a session.

        Args:
            session: Whose desk is counted.
            clock: Gives the present time with its zone.
        """
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._desk: Desk | None = None
        self._last: SeasonTally | None = None
        self._rest = make_timer(self, _REST_MS, once=True)
        self._rest.timeout.connect(self.count)
        session.updated.connect(self._on_session_updated)
        session.served.connect(self._rest.start)
        session.issuing.issued.connect(self._rest.start)

    def count(self) -> None:
        """Count now; a ledger that fails says so elsewhere."""
        desk = self._session.desk
        if desk is None:
            return
        if desk is not self._desk:
            self._last = None
        self._desk = desk
        self._rest.setInterval(_REST_MS)
        try:
            self._last = desk.days.tally(self._clock().date())
        except MedCounterError:
            return
        self.counted.emit(self._last)

    def tell_again(self) -> None:
        """Tell a line made anew what was counted last at this desk."""
        if self._last is not None and self._session.desk is self._desk:
            self.counted.emit(self._last)

    def _on_session_updated(self) -> None:
        # Another desk: what stood there was another ledger's.
        if self._session.desk is not self._desk:
            self._rest.start(_QUIET_MS)
