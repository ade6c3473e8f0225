"""Run long work in the window's thread, a slice at a time.

For work that must stay in that thread; ``Background`` does the rest. Knows
neither desk nor view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Slices(QObject):
    """One piece of work, between the events of the window.

    Signals:
        given: What a slice gave.
        ended: All is done.
        failed: The MedCounterError at which it ended.
    """

    given = Signal(object)
    ended = Signal()
    failed = Signal(object)
    _due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._due.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    @property
    def is_on(self) -> bool:
        """Whether there is more to do."""
        return self._steps is not None

    def begin(self, steps: Iterator[object]) -> None:
        """Do the first slice once the window has nothing else to do."""
        self._steps = steps
        self._due.emit()

    def stop(self) -> None:
        """Leave it where it is; none of the signals comes."""
        self._steps = None

    def _go_on(self) -> None:
        if self._steps is None:
            return
        try:
            given = next(self._steps)
        except StopIteration:
            self._steps = None
            self.ended.emit()
        except MedCounterError as err:
            self._steps = None
            self.failed.emit(err)
        else:
            self.given.emit(given)
            self._due.emit()
