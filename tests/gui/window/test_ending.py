"""However a desk is left, all that goes on ends, and the desk is given back."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QPushButton

from medcounter.desk.safety.backup_schedule import BackupSchedule
from medcounter.desk.safety.retention import Retention
from medcounter.errors import MedCounterError
from medcounter.store.store_errors import BackupFailedError
from tests.gui.finding import child, shown
from tests.gui.window.test_what_is_held import desk_of
from ui.dialogs.retention_dialog import RetentionDialog
from ui.readers.card_readers import CardReaders

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk
    from tests.gui.counter_window import CounterWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FAULT = "读卡器没有停下"


def begin_erasing(window: CounterWindow) -> RetentionDialog:
    """Ask for the erasure of who is due, and agree."""
    safety = window.counter._safety  # noqa: SLF001 - else five years must pass
    assert safety is not None
    safety.acts["show_retention"]()
    dialog = shown(window.window, RetentionDialog, "retention_dialog")
    assert dialog is not None
    child(dialog, QPushButton, "retention_confirm").click()
    return dialog


def delete_closed() -> None:
    """Let what deletes itself when it is closed be deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def is_given_back(desk: Desk) -> bool:
    """Whether ledger and folder are closed."""
    return not desk._store._ledger.is_open  # noqa: SLF001 - reading would open it


def test_erasing_ends_with_its_dialog_and_the_desk_can_be_closed_after_it(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    def endless(*_: object) -> object:
        for number in count(1):
            given.append(number)
            yield number

    monkeypatch.setattr(Retention, "erase", endless)
    desk = desk_of(window)
    dialog = begin_erasing(window)
    window.qtbot.waitUntil(lambda: len(given) > 2)
    dialog.reject()
    delete_closed()
    so_far = len(given)
    window.qtbot.wait(50)
    assert len(given) == so_far
    window.counter.close()
    assert is_given_back(desk)


def test_an_erasure_that_was_refused_leaves_nothing_behind_that_could_not_end(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> object:
        raise MedCounterError("须主管同意")

    monkeypatch.setattr(Retention, "erase", refused)
    desk = desk_of(window)
    dialog = begin_erasing(window)
    assert window.text("retention_said") == "须主管同意"
    dialog.reject()
    delete_closed()
    window.counter.close()
    assert is_given_back(desk)


def break_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one part fail as it is ended, once."""
    stop = CardReaders.stop

    def fails(_: CardReaders) -> None:
        monkeypatch.setattr(CardReaders, "stop", stop)
        raise RuntimeError(FAULT)

    monkeypatch.setattr(CardReaders, "stop", fails)


def test_a_part_that_fails_as_it_ends_keeps_no_desk_open(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_readers(monkeypatch)
    desk = desk_of(window)
    with pytest.raises(RuntimeError, match=FAULT):
        window.counter.close()
    assert is_given_back(desk)


def test_a_part_that_fails_as_it_ends_leaves_no_window_dead(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_readers(monkeypatch)
    before = window.window
    with window.qtbot.waitSignal(window.counter.opened, timeout=15_000):
        window.counter.reopen()
    assert window.window is not before
    assert desk_of(window).access.who is None
    window.press("Ctrl+2")
    assert window.is_shown("ledger_panel")


def test_why_the_last_backup_is_missing_is_logged_by_its_kind_and_told_at_the_next_opening(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    back_up = BackupSchedule.back_up

    def fails(_: BackupSchedule, to: object = None) -> None:
        assert to is None
        monkeypatch.setattr(BackupSchedule, "back_up", back_up)
        raise BackupFailedError("备份没有做成：“吴建国的 U 盘”满了。")

    monkeypatch.setattr(BackupSchedule, "back_up", fails)
    with window.qtbot.waitSignal(window.counter.opened, timeout=15_000):
        window.counter.reopen()
    assert "BackupFailedError" in caplog.text
    assert "吴建国" not in caplog.text
    window.qtbot.waitUntil(lambda: window.is_shown("alert_bar"))
    assert "备份没有做成" in window.text("alert_text")


def test_two_things_to_know_at_the_next_opening_are_both_told(window: CounterWindow) -> None:
    opener = window.counter._opener  # noqa: SLF001 - a restore and a failing disk in one test are many
    opener.tell_on_opening("已恢复备份，9 条记录逐条核对无误。")
    opener.tell_on_opening("还没有备份到“E:”，请重新备份")
    with window.qtbot.waitSignal(window.counter.opened, timeout=15_000):
        window.counter.reopen()
    window.qtbot.waitUntil(lambda: window.is_shown("alert_bar"))
    text = "已恢复备份，9 条记录逐条核对无误。还没有备份到“E:”，请重新备份。"
    assert text in window.text("alert_text")
    with window.qtbot.waitSignal(window.counter.opened, timeout=15_000):
        window.counter.reopen()
    assert text not in window.text("alert_text")
