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

    Signals:
        done: What the work gave back.
        failed: The sentence on why it was not done.
        failed_with: The MedCounterError, for who needs more than its text.
    """

    done = Signal(object)
    failed = Signal(str)
    failed_with = Signal(object)

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

    def start(self, work: Callable[[], object]) -> None:
        """Start; one of the signals follows, in the receiver's thread."""
        self._pool.start(lambda: self._run(work))

    def start_only(self, work: Callable[[], object]) -> None:
        """Start this instead of all that waits; what is running ends first."""
        self.drop()
        self.start(work)

    def drop(self) -> None:
        """Drop what waits; none of its signals is emitted."""
        self._pool.clear()

    def wait(self) -> None:
        """Wait until all that was begun has ended."""
        self._pool.waitForDone()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            result = work()
        except MedCounterError as err:
            self._fail(err)
        except Exception:  # noqa: BLE001 - the worker's border: nobody else could tell the clerk
            _log.exception("work in the background failed")
            self._fail(self._unforeseen())
        else:
            if isValid(self):
                self.done.emit(result)

    def _fail(self, error: MedCounterError) -> None:
        # The window may have gone meanwhile, and all that waited with it.
        if isValid(self):
            self.failed.emit(error.text)
            self.failed_with.emit(error)
