"""Run long work in the window's thread, a slice at a time.

For work that must stay in that thread; ``Background`` does the rest. Knows
neither desk nor view.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import GeneratorType

from PySide6.QtCore import QObject, QTimer, Signal

from medcounter.errors import MedCounterError


class Slices(QObject):
    """One piece of work, between the events of the window.

    Signals:
        given: What a slice gave.
        ended: All is done.
        failed: The MedCounterError that ended it; where nobody foresaw the
            failure, the one given to say that the work was not done.
    """

    given = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(
        self, parent: QObject, *, unforeseen: type[MedCounterError] = MedCounterError
    ) -> None:
        """Begin without work.

        Args:
            parent: Its owner.
            unforeseen: Says that the work was not done, where it failed in a
                way that nobody foresaw.
        """
        super().__init__(parent)
        self._unforeseen = unforeseen
        self._steps: Iterator[object] | None = None
        self._next = make_timer(self, 0)
        self._next.timeout.connect(self._take)

    @property
    def is_on(self) -> bool:
        """Whether there is more to do."""
        return self._steps is not None

    def begin(self, steps: Iterator[object]) -> None:
        """Do the first slice once the window has nothing else to do."""
        self._steps = steps
        self._next.start()

    def pause(self) -> None:
        """Do no slice until :meth:`resume`."""
        self._next.stop()

    def resume(self) -> None:
        """Go on with what was begun, if anything was."""
        if self.is_on:
            self._next.start()

    def stop(self) -> None:
        """Stop the work where it is; emits no signal."""
        self._next.stop()
        steps, self._steps = self._steps, None
        if isinstance(steps, GeneratorType) and not steps.gi_running:
            steps.close()

    def _take(self) -> None:
        if self._steps is None:
            return
        try:
            given = next(self._steps)
        except StopIteration:
            self.stop()
            self.ended.emit()
        except MedCounterError as err:
            self.stop()
            self.failed.emit(err)
        except Exception:
            # Nobody foresaw it: what is half done is neither ended nor asked again.
            self.stop()
            self.failed.emit(self._unforeseen())
            raise
        else:
            self.given.emit(given)


def make_timer(parent: QObject, wait: int, *, once: bool = False) -> QTimer:
    """Return a timer that is not started yet; ``wait`` in milliseconds."""
    timer = QTimer(parent)
    timer.setInterval(wait)
    timer.setSingleShot(once)
    return timer
