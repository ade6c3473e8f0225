"""Erases people whose term is over, between the events of the window.

Shows how far it went in its dialog. Decides nothing: the desk says who.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from medcounter.desk.access_records import Approval
    from medcounter.desk.desk import Desk

    from .dialogs.retention import RetentionDialog


class ErasingJob(QObject):
    """One erasing, in slices; closing its dialog ends it after a slice.

    Signals:
        ended: It was done, or went no further.
    """

    ended = Signal()

    def __init__(self, desk: Desk, clock: Callable[[], datetime], dialog: RetentionDialog) -> None:
        super().__init__(dialog)
        self._desk = desk
        self._clock = clock
        self._dialog = dialog
        self._slices: Iterator[int] | None = None
        self._erased = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take_slice)

    def start(self, approval: Approval | None) -> None:
        """Begin.

        Raises:
            MedCounterError: It is refused; nothing was erased.
        """
        try:
            self._slices = self._desk.retention.erase(self._clock(), approval)
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
            raise
        self._timer.start()

    def _take_slice(self) -> None:
        try:
            erased = None if self._slices is None else next(self._slices, None)
            if erased is not None:
                self._erased = erased
                self._dialog.show_progress(erased)
                return
            self._timer.stop()
            self._desk.back_up()
            self._dialog.show_done(self._erased, self._desk.retention.copies_before())
        except MedCounterError as err:
            self._timer.stop()
            self._dialog.show_refused(err.text)
        self.ended.emit()
