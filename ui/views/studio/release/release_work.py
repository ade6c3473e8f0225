"""What is worked out before a release goes on: in slices, or in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ....work.background import Background
from ....work.slices import Slices, make_timer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")
_SECOND_MS = 1000
# Telling each of a thousand steps would cost more than some of them.
_TELL_EVERY = 25


class ReleaseWorkFailedError(MedCounterError):
    """规则没有核对完，没有签名，草稿不变；请再试一次，仍不行请联系技术支持。"""


class ReleaseWork(QObject):
    """One piece of work at a time, with how far it is.

    Signals:
        busy: Whether something is worked out.
        failed: The MedCounterError at which it ended.
    """

    busy = Signal(bool)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._show: Callable[[str, int, int], None] = _show_nowhere
        self._then: Callable[[Any], None] | None = None
        self._text = ""
        self._done = self._whole = 0
        self._slices = Slices(self)
        self._slices.given.connect(self._on_given)
        self._slices.ended.connect(self._on_slices_ended)
        self._slices.failed.connect(self._end_with)
        self._thread = Background(self, unforeseen=ReleaseWorkFailedError)
        self._thread.done.connect(self._go_on)
        self._thread.failed_with.connect(self._end_with)
        self._seconds = make_timer(self, _SECOND_MS)
        self._seconds.timeout.connect(self._on_second)

    @property
    def is_on(self) -> bool:
        """Whether something is worked out."""
        return self._then is not None

    def show_at(self, show: Callable[[str, int, int], None]) -> None:
        """Show from now on there what is done, how much of it, and of how much."""
        self._show = show

    def do_slices(
        self, steps: Iterator[object], text: str, then: Callable[[object], None], whole: int = 0
    ) -> None:
        """Work in the window's thread, a slice at a time.

        Args:
            steps: The slices.
            text: What is done.
            then: Follows once all are done.
            whole: How many there are; 0 where nobody knows.
        """
        self._start(text, then, whole)
        self._slices.begin(steps)

    def do_beside(
        self, work: Callable[[], Result], text: str, then: Callable[[Result], None]
    ) -> None:
        """Work in a thread; what it gives is passed on in the window's.

        Args:
            work: Touches no store.
            text: What is done.
            then: Takes its result.
        """
        self._start(text, then, 0)
        self._seconds.start()
        self._thread.start(work)

    def leave(self) -> None:
        """Leave what is worked out: whatever a thread still gives comes to nothing."""
        self._slices.stop()
        self._thread.drop()
        if self.is_on:
            self._end()

    def stop(self) -> None:
        """Leave what is worked out, and wait for a thread that still works."""
        self.leave()
        self._thread.wait()

    def _start(self, text: str, then: Callable[[Any], None], whole: int) -> None:
        self._text, self._then, self._done, self._whole = text, then, 0, whole
        self._show(text, 0, whole)
        self.busy.emit(True)

    def _end(self) -> Callable[[Any], None] | None:
        then, self._then = self._then, None
        self._seconds.stop()
        self._show("", 0, 0)
        self.busy.emit(False)
        return then

    def _go_on(self, result: object) -> None:
        then = self._end()
        try:
            if then is not None:
                then(result)
        except MedCounterError as err:
            self.failed.emit(err)

    def _end_with(self, error: MedCounterError) -> None:
        if self._end() is not None:
            self.failed.emit(error)

    def _on_given(self) -> None:
        self._done += 1
        if self._done % _TELL_EVERY == 0:
            said = f"{self._text}，已 {self._done} 步"
            self._show(said, min(self._done, self._whole), self._whole)

    def _on_slices_ended(self) -> None:
        self._go_on(None)

    def _on_second(self) -> None:
        self._done += 1
        self._show(f"{self._text}，已 {self._done} 秒", 0, 0)


def _show_nowhere(text: str, done: int, whole: int) -> None:
    """Show nothing: nobody asked for it yet."""
    del text, done, whole
