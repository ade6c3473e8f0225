"""Make the day's backups while nobody types.

Copies the ledger in slices in quiet moments, verifies the copy in a thread, then
fills the second place. The desk's backup schedule decides what is due.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ..messages import GOOD, PROBLEM, Message
from ..work.background import Background
from ..work.quiet_work import QuietWork

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.safety.backup_schedule import Finish


_log = logging.getLogger("medcounter.window")


class BackupScheduler(QObject):
    """Makes the backups of one open desk.

    Signals:
        changed: The BackupState to show now.
        reported: A Message on a backup the clerk asked for.
        rested: A quiet moment came, and no copy was due.
    """

    changed = Signal(object)
    reported = Signal(object)
    rested = Signal()

    def __init__(self, desk: Desk, clock: Callable[[], datetime], parent: QObject) -> None:
        """Start watching.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._is_busy = False
        self._wanted: Path | None = None
        # Whether the newest backup was begun after that was asked for.
        self._is_fresh = False
        self._destination: Path | None = None
        self._background = Background(self)
        self._background.done.connect(self._on_background_done)
        self._background.failed.connect(self._on_background_failed)
        self._work = QuietWork(self)
        self._work.due.connect(self.look)
        self._work.given.connect(self._on_work_given)
        self._work.ended.connect(self._on_work_ended)
        self._work.failed.connect(self._on_work_failed)

    def rest(self) -> None:
        """Go on in the next quiet moment: somebody is there."""
        self._work.put_off()

    def put_off(self) -> None:
        """Begin anew in the next quiet moment: somebody is changing something."""
        self.rest()
        # A copy of what stood before somebody worked would be behind at once.
        self._work.stop()

    def copy_now(self, place: Path) -> None:
        """Back up, then copy the backup to a place the clerk chose."""
        self._wanted, self._is_fresh = place, False
        self.look()

    def look(self) -> None:
        """Begin what is due, and tell how the copies stand."""
        on = self._clock().date()
        if self._work.is_on:
            self._work.resume()
        elif not self._is_busy:
            try:
                if self._wanted is not None or self._desk.backups.is_due(on):
                    self._is_fresh = self._wanted is not None
                    self._work.begin(iter(self._desk.backups.slices()))
                else:
                    self._begin(self._desk.backups.second_copy(on))
                    self.rested.emit()
            except MedCounterError as err:
                self._on_background_failed(err.text)
        self.tell()

    def tell(self) -> None:
        """Emit how the copies stand now."""
        try:
            self.changed.emit(self._desk.backups.state(self._clock().date()))
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
        self._work.close()
        if not with_backup:
            # Somebody left: the key may go on nowhere.
            self._desk.backups.stop()
        self._background.wait()
        # What comes after the end would read, and so open, what was given back.
        self._background.drop()
        wanted, self._wanted = self._wanted, None
        if self._desk.read_only or not with_backup:
            return "" if wanted is None else f"还没有备份到“{wanted}”，请重新备份。"
        try:
            self._desk.backups.back_up()
            on = self._clock().date()
            work = self._desk.backups.second_copy(on)
            if work is not None:
                work()
            if wanted is not None and self._desk.backups.mirror_to(wanted, on)() is None:
                return _missing_text(wanted)
        except MedCounterError as err:
            # The sentence may name a folder, and with it a person.
            _log.warning("no last backup or second copy: %s", type(err).__name__)
            return err.text
        return ""

    def _on_work_given(self, finish: Finish | None) -> None:
        if finish is not None:
            self._work.stop()
            self._begin(finish)

    def _on_work_ended(self) -> None:
        # The backup was there already.
        self._go_on(made=False)

    def _on_work_failed(self, error: MedCounterError) -> None:
        self._on_background_failed(error.text)

    def _begin(self, work: Finish | None) -> None:
        if work is not None:
            self._is_busy = True
            self._background.start(work)

    def _go_on(self, *, made: bool) -> None:
        """After one copy, make the one that waits for it."""
        on = self._clock().date()
        if self._wanted is not None and not self._is_fresh:
            # What has just ended began before: it lacks what was done since, or copied no ledger.
            self.look()
        elif self._wanted is not None:
            self._destination, self._wanted = self._wanted, None
            self._begin(self._desk.backups.mirror_to(self._destination, on))
        elif self._destination is not None:
            text = f"已备份到“{self._destination}”并核对；密钥文件也在那里，请妥善保管。"
            self._destination = None
            self.reported.emit(Message(GOOD, text))
        elif made:
            # What was just made is now to be copied to the second place.
            self._work.look_soon()

    def _on_background_done(self, result: object) -> None:
        self._is_busy = False
        self._desk.backups.failure = ""
        if self._destination is not None and result is None:
            self._on_background_failed(_missing_text(self._destination))
            return
        self._go_on(made=result is not None)
        self.tell()

    def _on_background_failed(self, text: str) -> None:
        self._is_busy = False
        self._desk.backups.failure = text
        if self._wanted is not None or self._destination is not None:
            self._wanted = self._destination = None
            self.reported.emit(Message(PROBLEM, text))
        self.tell()


def _missing_text(place: Path) -> str:
    return f"“{place}”不在或台账还是空的，没有备份；请检查后重试。"
