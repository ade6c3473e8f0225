"""Verify the whole ledger while nobody types, after each opening and close.

Waits for a quiet moment, reads a slice between two events of the window, and
resumes where it was after somebody has worked. The desk's backup schedule
decides what is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcounter.desk.desk import Desk

QUIET_MS = 3_000
LOOK_MS = 60_000


class ChainWatch(QObject):
    """Verifies the chain of one open desk.

    Signals:
        broken: The ledger does not fit its codes; the desk says how.
        walked: All of it was walked without a fault.
    """

    broken = Signal()
    walked = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps: Iterator[str] | None = None
        self._quiet = self._make_timer(QUIET_MS, once=True)
        self._minute = self._make_timer(LOOK_MS)
        self._step = self._make_timer(0)
        self._quiet.timeout.connect(self.look)
        self._minute.timeout.connect(self._quiet.start)
        self._step.timeout.connect(self._take_slice)
        self._quiet.start()
        self._minute.start()

    def put_off(self) -> None:
        """Wait for the next quiet moment: somebody is working."""
        self._step.stop()
        self._quiet.start()

    def look(self) -> None:
        """Begin what is due, or go on with it."""
        if self._steps is None and self._desk.keeping.walk_is_due:
            self._steps = self._desk.keeping.walk()
        if self._steps is not None:
            self._step.start()

    def close(self) -> None:
        """End the watch wherever it is."""
        for timer in (self._quiet, self._minute, self._step):
            timer.stop()
        self._steps = None

    def _take_slice(self) -> None:
        if self._steps is None:
            self._step.stop()
            return
        try:
            fault = next(self._steps)
        except StopIteration:
            self._end()
            self.walked.emit()
        except MedCounterError:
            # Opened anew after a fault of the disk: from the beginning, at the next quiet moment.
            self._end()
        else:
            if fault:
                self._end()
                self.broken.emit()

    def _end(self) -> None:
        self._steps = None
        self._step.stop()

    def _make_timer(self, wait: int, *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(wait)
        timer.setSingleShot(once)
        return timer
