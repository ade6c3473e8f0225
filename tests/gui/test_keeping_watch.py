"""The watch over the copies: what comes after its end opens nothing again."""

from __future__ import annotations

from threading import Event, Timer
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.safety.backup_scheduler import BackupScheduler

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.desk.counter_samples import Counter


def test_a_copy_that_ends_as_the_window_closes_leaves_the_ledger_closed(
    qapp: QApplication, counter: Counter, tmp_path: Path
) -> None:
    counter.issue("吴建国")
    counter.desk.backups.back_up()
    owner = QObject()
    watch = BackupScheduler(counter.desk, counter.clock, owner)
    watch.copy_now(tmp_path / "stick")
    # The newest copy is whole already: what is left is done beside the window.
    while not watch._is_busy:  # noqa: SLF001 - the work must be on its way, and not be waited for
        qapp.processEvents()
    watch.close()
    counter.desk.close()
    qapp.processEvents()
    assert not counter.desk._store._ledger.is_open  # noqa: SLF001 - reading would open it


def test_a_copy_being_checked_when_somebody_leaves_ends_and_is_due_again(
    qapp: QApplication, counter: Counter
) -> None:
    counter.issue("吴建国")
    owner = QObject()
    watch = BackupScheduler(counter.desk, counter.clock, owner)
    # The thread has something else to do first, so that the check is surely still to come.
    gate = Event()
    watch._background.start(gate.wait)  # noqa: SLF001 - keeps the thread busy first
    watch.look()
    while not watch._is_busy:  # noqa: SLF001 - the check must be on its way
        qapp.processEvents()
    Timer(0.2, gate.set).start()
    assert watch.close(with_backup=False) == ""
    assert counter.desk._store.backups.listed() == ()  # noqa: SLF001 - the old code made one with the key
    assert counter.desk.backups.is_due(counter.clock().date())
    counter.desk.close()
