"""Run work in a thread, so that the window stays responsive.

Runs what it is given in one thread of its own and emits the result; knows
neither desk nor dialog.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("medcounter.window")


class Background(QObject):
    """Runs one piece of work after the other.

    What was begun for something that is over comes to nothing: after
    :meth:`drop` none of its signals is emitted, even if it has ended already.

    Signals:
        done: What the work gave back.
        failed: The sentence on why it was not done.
        failed_with: The MedCounterError, for who needs more than its text.
    """

    done = Signal(object)
    failed = Signal(str)
    failed_with = Signal(object)
    # Which turn it was begun in, what it gave back, and why it was not done, or None.
    _ended = Signal(int, object, object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        unforeseen: type[MedCounterError] = MedCounterError,
    ) -> None:
        """Make a worker.

        Args:
            parent: Its owner.
            unforeseen: Says that the work was not done, where it failed in
                a way that nobody foresaw.
        """
        super().__init__(parent)
        self._unforeseen = unforeseen
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._turn = 0
        self._ended.connect(self._on_ended)

    def start(self, work: Callable[[], object]) -> None:
        """Start; one of the signals follows, in the thread of the window."""
        turn = self._turn
        self._pool.start(lambda: self._run(work, turn))

    def start_only(self, work: Callable[[], object]) -> None:
        """Start this instead of all before it; what is running ends first."""
        self.drop()
        self.start(work)

    def drop(self) -> None:
        """Forget what was begun: what waits is not done, what runs ends unheard."""
        self._turn += 1
        self._pool.clear()

    def wait(self) -> None:
        """Wait until all that was begun has ended."""
        self._pool.waitForDone()

    def stop(self) -> None:
        """Forget what was begun, and wait for what runs."""
        self.drop()
        self.wait()

    def _run(self, work: Callable[[], object], turn: int) -> None:
        result: object = None
        error: MedCounterError | None = None
        try:
            result = work()
        except MedCounterError as err:
            error = err
        except Exception:  # noqa: BLE001 - the worker's border: nobody else could tell the clerk
            _log.exception("work in the background failed")
            error = self._unforeseen()
        # The window may have gone meanwhile, and all that waited with it.
        if isValid(self):
            self._ended.emit(turn, result, error)

    def _on_ended(self, turn: int, result: object, error: MedCounterError | None) -> None:
        if turn != self._turn:
            return
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error.text)
            self.failed_with.emit(error)
