"""Make the day's backups while nobody types.

Waits for a quiet moment, copies the ledger in slices between events of the
window, verifies the copy in a thread, then fills the second place. The desk's
backup schedule decides what is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medcounter.errors import MedCounterError

from ..messages import GOOD, PROBLEM, Message
from ..work.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.safety.backup_schedule import Finish

QUIET_MS = 3_000
LOOK_MS = 60_000


class BackupScheduler(QObject):
    """Makes the backups of one open desk.

    Signals:
        changed: The KeepingState to show now.
        told: A Message on a backup the clerk asked for.
        rested: A quiet moment in which nothing was to be copied.
    """

    changed = Signal(object)
    told = Signal(object)
    rested = Signal()

    def __init__(self, desk: Desk, clock: Callable[[], datetime], parent: QObject) -> None:
        """Begin to watch.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._slices: Iterator[Finish | None] | None = None
        self._is_busy = self._is_over = False
        self._wanted: Path | None = None
        self._said: Path | None = None
        self._background = Background(self)
        self._background.done.connect(self._on_background_done)
        self._background.failed.connect(self._on_background_failed)
        self._quiet = self._make_timer(QUIET_MS, self.look, once=True)
        self._step = self._make_timer(0, self._take_slice)
        self._minute = self._make_timer(LOOK_MS, self._quiet.start)
        self._quiet.start()
        self._minute.start()

    def put_off(self) -> None:
        """Wait for the next quiet moment: somebody is working."""
        self._quiet.start()
        if self._step.isActive():
            self._give_up()

    def copy_now(self, place: Path) -> None:
        """Back up, then copy the backup to a place the clerk chose."""
        self._wanted = place
        self.look()

    def look(self) -> None:
        """Begin what is due, and tell how the copies stand."""
        on = self._clock().date()
        if not self._is_busy and self._slices is None:
            try:
                if self._wanted is not None or self._desk.keeping.is_due(on):
                    self._slices = iter(self._desk.keeping.slices())
                    self._step.start()
                else:
                    self._begin(self._desk.keeping.second_copy(on))
                    self.rested.emit()
            except MedCounterError as err:
                self._on_background_failed(err.text)
        self.tell()

    def tell(self) -> None:
        """Return how the copies stand now."""
        try:
            self.changed.emit(self._desk.keeping.state(self._clock().date()))
        except MedCounterError:
            # The ledger cannot be read; who wrote to it was told so.
            return

    def close(self, *, with_backup: bool = True) -> str:
        """End the watch with a last backup, here and at the second place.

        Args:
            with_backup: Whether one is made, after what is being checked; else
                that is stopped, and caught up after the next opening.

        Returns:
            Why one of them was not made; empty when both were.
        """
        for timer in (self._quiet, self._step, self._minute):
            timer.stop()
        self._give_up()
        if not with_backup:
            # Somebody left: the key may go on nowhere.
            self._desk.keeping.stop()
        self._background.wait()
        self._is_over = True
        if self._desk.read_only or not with_backup:
            return ""
        try:
            self._desk.keeping.back_up()
            work = self._desk.keeping.second_copy(self._clock().date())
            if work is not None:
                work()
        except MedCounterError as err:
            return err.text
        return ""

    def _take_slice(self) -> None:
        if self._slices is None:
            self._step.stop()
            return
        try:
            finish = next(self._slices)
        except StopIteration:
            # The backup was there already.
            self._give_up()
            self._go_on(made=False)
            return
        except MedCounterError as err:
            self._give_up()
            self._on_background_failed(err.text)
            return
        if finish is not None:
            self._slices = None
            self._step.stop()
            self._begin(finish)

    def _give_up(self) -> None:
        self._step.stop()
        slices, self._slices = self._slices, None
        if slices is not None and hasattr(slices, "close"):
            slices.close()

    def _begin(self, work: Finish | None) -> None:
        if work is not None:
            self._is_busy = True
            self._background.start(work)

    def _go_on(self, *, made: bool) -> None:
        """After one copy, make the one that waits for it."""
        on = self._clock().date()
        if self._wanted is not None:
            self._said, self._wanted = self._wanted, None
            self._begin(self._desk.keeping.mirror_to(self._said, on))
        elif self._said is not None:
            text = f"已备份到“{self._said}”并核对；密钥文件也在那里，请妥善保管。"
            self._said = None
            self.told.emit(Message(GOOD, text))
        elif made:
            # What was just made is now to be copied to the second place.
            self._quiet.start()

    def _on_background_done(self, result: object) -> None:
        # What comes after the end would read, and so open, what was given back.
        if self._is_over:
            return
        self._is_busy = False
        self._desk.keeping.failure = ""
        if self._said is not None and result is None:
            self._on_background_failed(
                f"“{self._said}”不在或台账还是空的，没有备份；请检查后重试。"
            )
            return
        self._go_on(made=result is not None)
        self.tell()

    def _on_background_failed(self, text: str) -> None:
        if self._is_over:
            return
        self._is_busy = False
        self._desk.keeping.failure = text
        if self._wanted is not None or self._said is not None:
            self._wanted = self._said = None
            self.told.emit(Message(PROBLEM, text))
        self.tell()

    def _make_timer(self, wait: int, due: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(wait)
        timer.setSingleShot(once)
        timer.timeout.connect(due)
        return timer
