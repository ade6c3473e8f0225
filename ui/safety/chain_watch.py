"""Verify the whole ledger while nobody types, after each opening and close.

Then bring the auditors' copy up to date, so that no lock has to wait for it.
Resumes where it was after somebody has worked. The desk's health says what is
due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ..work.quiet_work import QuietWork

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk


class ChainUnwalkedError(MedCounterError):
    """台账没有核对到底，可以照常办理，下次空着时再核对；反复出现请按“自检”，把结果告诉技术支持。"""


class ChainWatch(QObject):
    """Verifies the chain of one open desk, and keeps its auditors' copy near it.

    Signals:
        broken: The ledger does not fit its codes; the desk says how.
        walked: All of it was walked without a fault.
        failed: A MedCounterError: it went no further. Told once until a walk ends.
    """

    broken = Signal()
    walked = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        # Ended by a disk fault, it begins anew at the next quiet moment: the file was reopened.
        self._work = QuietWork(self, unforeseen=ChainUnwalkedError)
        self._work.due.connect(self.look)
        self._work.given.connect(self._on_work_given)
        self._work.ended.connect(self._on_work_ended)
        self._work.failed.connect(self._on_work_failed)
        self._is_walking = self._has_failed = False

    def put_off(self) -> None:
        """Wait for the next quiet moment: somebody is working."""
        self._work.put_off()

    def look(self) -> None:
        """Begin what is due, or go on with it."""
        if self._work.is_on:
            self._work.resume()
        elif self._desk.health.walk_is_due:
            self._is_walking = True
            self._work.begin(self._desk.health.walk())
        elif self._desk.health.copy_is_due:
            self._is_walking = False
            self._work.begin(self._desk.health.renew_copy())

    def close(self) -> None:
        """End the watch wherever it is."""
        self._work.close()

    def _on_work_failed(self) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(ChainUnwalkedError())

    def _on_work_ended(self) -> None:
        self._has_failed = False
        was_walking, self._is_walking = self._is_walking, False
        if was_walking:
            self.walked.emit()
            self._work.look_soon()

    def _on_work_given(self, fault: str) -> None:
        if fault:
            self._work.stop()
            self.broken.emit()
