"""Run work in a thread, so that the window stays responsive.

Runs what it is given in one thread of its own and emits the result; knows
neither desk nor dialog.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("medcounter.window")


class _Post(QObject):
    """Carries what threads give to the window's thread; outlives every worker."""

    # The worker, which turn it was begun in, what it gave back, and why it was not done.
    given = Signal(object, int, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.given.connect(self._hand_over)

    def _hand_over(
        self, worker: Background, turn: int, result: object, error: MedCounterError | None
    ) -> None:
        # Its window may have gone meanwhile; that happens in this thread alone.
        if isValid(worker):
            worker.take(turn, result, error)


@cache
def _post() -> _Post:
    """Return the one post of the program, made in the window's thread."""
    return _Post()


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
        self._post = _post()

    def start(self, work: Callable[[], object]) -> None:
        """Start; one of the signals follows, in the thread of the window."""
        turn, post, unforeseen = self._turn, self._post, self._unforeseen

        # Asks nothing of the worker itself: that may be deleted at any moment.
        def run() -> None:
            post.given.emit(self, turn, *_done(work, unforeseen))

        self._pool.start(run)

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

    def take(self, turn: int, result: object, error: MedCounterError | None) -> None:
        """Tell what came of a turn, unless that was dropped."""
        if turn != self._turn:
            return
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error.text)
            self.failed_with.emit(error)


def _done(
    work: Callable[[], object], unforeseen: type[MedCounterError]
) -> tuple[object, MedCounterError | None]:
    """Do a piece of work; return what it gave, and why it was not done."""
    try:
        return work(), None
    except MedCounterError as err:
        return None, err
    except Exception:  # noqa: BLE001 - the worker's border: nobody else could tell the clerk
        _log.exception("work in the background failed")
        return None, unforeseen()
