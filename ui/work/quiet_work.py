"""Work that waits until nobody types, and makes way when somebody does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from .slices import Slices, make_timer

QUIET_MS = 3_000
LOOK_MS = 60_000


class QuietWork(Slices):
    """Slices for quiet moments: three seconds in which nobody worked.

    Signals:
        due: A quiet moment, the first one and then at least every minute:
            begin or resume what is to be done.
    """

    due = Signal()

    def __init__(
        self, parent: QObject, *, unforeseen: type[MedCounterError] = MedCounterError
    ) -> None:
        """Start waiting for a quiet moment.

        Args:
            parent: Its owner.
            unforeseen: As of :class:`Slices`.
        """
        super().__init__(parent, unforeseen=unforeseen)
        self._quiet = make_timer(self, QUIET_MS, once=True)
        self._quiet.timeout.connect(self.due)
        self._minute = make_timer(self, LOOK_MS)
        self._minute.timeout.connect(self.look_soon)
        self._quiet.start()
        self._minute.start()

    def put_off(self) -> None:
        """Wait for the next quiet moment: somebody is working."""
        self.pause()
        self.look_soon()

    def look_soon(self) -> None:
        """Look again after a quiet moment; what goes on is not interrupted."""
        self._quiet.start()

    def close(self) -> None:
        """End the work and the waiting for it."""
        self._quiet.stop()
        self._minute.stop()
        self.stop()
