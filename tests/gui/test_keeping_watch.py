"""The watch over the copies: what comes after its end opens nothing again."""

from __future__ import annotations

from threading import Event, Timer
from time import sleep
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medcounter.store.backups import backup
from ui.safety.backup_scheduler import BackupScheduler

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.desk.counter_samples import Counter
    from ui.messages import Message


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


def _copied(place: Path) -> list[str]:
    return sorted(path.name for path in place.rglob("ledger-*.db"))


def test_a_copy_asked_for_while_another_is_made_holds_what_was_done_until_then(
    qapp: QApplication, counter: Counter, tmp_path: Path
) -> None:
    counter.issue("吴建国")
    counter.desk.backups.back_up()
    stick = tmp_path / "stick"
    stick.mkdir()
    owner = QObject()
    watch = BackupScheduler(counter.desk, counter.clock, owner)
    told: list[Message] = []
    watch.reported.connect(told.append)
    gate = Event()
    # A second copy goes on: it copies what is there, and makes no new backup.
    watch._begin(gate.wait)  # noqa: SLF001 - stands for the copying, which ends when we say
    counter.issue("李丽")
    before = {one.path.name for one in backup.backups(counter.desk.folder / "backups")}
    watch.copy_now(stick)
    gate.set()
    for _ in range(2_000):
        qapp.processEvents()
        if told:
            break
        sleep(0.005)
    assert [one.tone for one in told] == ["good"]
    (copied,) = _copied(stick)
    assert copied not in before
    watch.close()
    counter.desk.close()


def test_a_copy_that_was_asked_for_is_made_before_the_window_closes(
    qapp: QApplication, counter: Counter, tmp_path: Path
) -> None:
    counter.issue("吴建国")
    stick = tmp_path / "stick"
    stick.mkdir()
    owner = QObject()
    watch = BackupScheduler(counter.desk, counter.clock, owner)
    watch.copy_now(stick)
    assert watch.close() == ""
    assert len(_copied(stick)) == 1
    counter.desk.close()
    qapp.processEvents()


def test_who_leaves_before_a_copy_was_made_is_told(counter: Counter, tmp_path: Path) -> None:
    counter.issue("吴建国")
    owner = QObject()
    watch = BackupScheduler(counter.desk, counter.clock, owner)
    watch.copy_now(tmp_path)
    assert watch.close(with_backup=False) == f"还没有备份到“{tmp_path}”，请重新备份。"
    counter.desk.close()
