"""What stands in the way is said below the upper edge, with its way on."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.store.erasure import DAYS_OF_A_YEAR
from medcounter.store.store_errors import DiskFaultError
from tests.gui.counter_window import RESIDENT, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import OPENED_AT, Clock, Counter, faults_of, ledger_page
from tests.support.system.rights import as_plain_user, give_to_plain_user
from ui.dialogs.clock_dialog import ClockDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.retention_dialog import RetentionDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


def fill_in(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")


def press(window: CounterWindow, name: str) -> None:
    child(window.window, QPushButton, name).click()


def numbers(window: CounterWindow) -> list[str]:
    desk = window.counter.session.desk
    assert desk is not None
    return [row.number for row in ledger_page(desk).rows]


def close_preview(window: CounterWindow) -> None:
    preview = shown(window.window, PreviewDialog, "notice_preview")
    assert preview is not None
    preview.close()
    window.shell.activateWindow()


def fail_from_here(_database: object) -> None:
    """Fail, and let no file be opened any more to look what was kept."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, most))
    raise DiskFaultError


@contextmanager
def file_limit(limit: int) -> Iterator[None]:
    """Let every write beyond a length fail, as a failing disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)


@pytest.fixture
def unconfirmed(unopened: CounterWindow, hall_folder: Path) -> str:
    """Number of a notice whose print nobody confirmed before the window was opened anew."""
    counter = Counter(Desk.open(hall_folder, OPENED_AT))
    number = counter.issue("张三").notice.number
    counter.desk.close()
    assert number is not None
    unopened.clock.move(10)
    unopened.open()
    return number


def test_on_an_ordinary_day_nothing_stands(window: CounterWindow) -> None:
    assert not window.is_shown("alert_bar")


def test_a_print_nobody_confirmed_is_asked_about_at_the_next_start(
    unopened: CounterWindow, unconfirmed: str
) -> None:
    assert unconfirmed in unopened.text("alert_text")
    assert "是否打出来了" in unopened.text("alert_text")
    assert "张三" not in unopened.text("alert_text")
    press(unopened, "alert_way_0")
    assert not unopened.is_shown("alert_bar")
    desk = unopened.counter.session.desk
    assert desk is not None
    assert not desk.notices.find(unconfirmed).standing.unconfirmed


def test_a_print_that_did_not_come_out_is_shown_where_no_printer_is_and_counts_once(
    unopened: CounterWindow, unconfirmed: str
) -> None:
    press(unopened, "alert_way_1")
    desk = unopened.counter.session.desk
    assert desk is not None
    assert desk.notices.find(unconfirmed).prints == 1
    assert desk.notices.find(unconfirmed).standing.failed
    preview = shown(unopened.shell, PreviewDialog, "notice_preview")
    assert preview is not None
    assert unconfirmed in preview.windowTitle()
    assert not unopened.is_shown("alert_bar")


@pytest.mark.usefixtures("unconfirmed")
def test_a_print_confirmed_in_the_ledger_is_asked_about_no_more(unopened: CounterWindow) -> None:
    assert unopened.is_shown("alert_bar")
    unopened.press("F3", "Ctrl+K")
    assert not unopened.is_shown("alert_bar")


def test_a_clock_set_back_stops_issuing_until_a_reason_is_given(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    later = OPENED_AT + timedelta(days=3)
    desk = Desk.open(hall_folder, OPENED_AT)
    counter = Counter(desk)
    counter.clock.now = later
    issued = counter.issue("张三", id_number="360103196001150021")
    desk.notices.mark_printed(issued.notice.number or "", 1, counter.clock(), ok=True)
    desk.close()
    unopened.open()
    assert "时间倒退了" in unopened.text("alert_text")
    fill_in(unopened)
    unopened.press("F9")
    assert len(numbers(unopened)) == 1
    press(unopened, "alert_way_0")
    dialog = shown(unopened.window, ClockDialog, "clock_dialog")
    assert dialog is not None
    unopened.type("前一天时间设错，已校准")
    unopened.press("Return")
    assert not unopened.is_shown("alert_bar")
    unopened.shell.activateWindow()
    unopened.press("F9")
    assert len(numbers(unopened)) == 2


def test_a_disk_nearly_full_is_said_before_it_stops_the_counter(
    unopened: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**11, 0, 640_000_000))
    unopened.open()
    assert "磁盘只剩 640 MB" in unopened.text("alert_text")
    press(unopened, "alert_later")
    assert not unopened.is_shown("alert_bar")
    fill_in(unopened)
    unopened.press("F9")
    assert len(numbers(unopened)) == 1


def test_a_full_disk_is_refused_before_a_number_is_used(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(window)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**11, 0, 150_000_000))
    window.press("F9")
    assert numbers(window) == []
    assert "磁盘只剩 150 MB，没有出单" in window.text("message_strip")
    assert "低于 200 MB" in window.text("alert_text")


def test_a_notice_of_unknown_fate_is_looked_up_before_another_is_issued(
    window: CounterWindow, hall_folder: Path
) -> None:
    fill_in(window)
    size = (hall_folder / "ledger.db").stat().st_size
    # The first limits fail before the commit, one of the next within it and after it.
    for pages in range(60, 0, -1):
        with file_limit(size - pages * 4096):
            window.press("F9")
        if window.counter.session.issuing.is_fate_unknown:
            break
    assert "此笔结果待核对" in window.text("message_strip")
    window.press("F9")
    assert "先按上方的“现在核对”" in window.text("message_strip")
    assert "待核对" in window.text("alert_text")
    press(window, "alert_way_0")
    assert not window.is_shown("alert_bar")
    stored = numbers(window)
    if not stored:
        assert "没有用掉编号" in window.text("message_strip")
        window.press("F9")
    assert numbers(window) == ["2025-03-000001"]


def test_who_was_changed_while_a_fate_was_unknown_is_not_taken_for_issued(
    window: CounterWindow,
) -> None:
    fill_in(window)
    session = window.counter.session
    assert session.desk is not None
    connection = session.desk._store.ledger._connection  # noqa: SLF001 - a disk that fails after the commit
    told, connection.committed = connection.committed, fail_from_here
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    window.press("F9")
    resource.setrlimit(resource.RLIMIT_NOFILE, files)
    connection.committed = told
    assert session.issuing.is_fate_unknown
    session.edit("categories", ("destitute",))
    press(window, "alert_way_0")
    assert "已出单 2025-03-000001" in window.text("message_strip")
    # What is printed now is the first; who stands there has none yet.
    close_preview(window)
    window.press("F9", "Ctrl+F9")
    assert numbers(window) == ["2025-03-000002", "2025-03-000001"]
    # Jiangxi 2025: 400 yuan, and nothing for who is destitute.
    assert [session.desk.notices.find(number).notice.total for number in numbers(window)] == [
        0,
        40000,
    ]
    close_preview(window)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_ledger_that_cannot_be_written_is_said_as_long_as_it_stands(
    qtbot: QtBot, qapp: QApplication
) -> None:
    home = Path(tempfile.mkdtemp())
    sign_in.choose_open(home / "data", OPENED_AT)
    (home / "data" / "ledger.db").chmod(0o400)
    give_to_plain_user(home)
    dress(qapp)
    unopened = CounterWindow(qtbot, home / "data", Clock())
    with as_plain_user():
        unopened.open()
    assert "只能读、不能写" in unopened.text("alert_text")
    unopened.type(RESIDENT)
    assert unopened.is_shown("alert_bar")
    (home / "data" / "ledger.db").chmod(0o600)
    with unopened.qtbot.waitSignal(unopened.counter.opened):
        press(unopened, "alert_way_0")
    assert not unopened.is_shown("alert_bar")
    unopened.counter.close()
    shutil.rmtree(home)


def test_the_age_of_the_newest_backup_is_on_the_screen(window: CounterWindow) -> None:
    assert window.is_shown("safety_mark")
    assert child(window.window, QPushButton, "safety_mark").text() == "备份 无"
    desk = window.counter.session.desk
    assert desk is not None
    desk.backups.back_up()
    fill_in(window)
    window.press("F9")
    assert child(window.window, QPushButton, "safety_mark").text() == "备份 今天"


def test_one_key_backs_up_to_a_stick(window: CounterWindow, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    window.press("Ctrl+B")
    dialog = child(window.window, QFileDialog, "backup_folder")
    dialog.close()
    dialog.fileSelected.emit(str(stick))
    window.qtbot.waitUntil(lambda: "已备份到" in window.text("message_strip"))
    (folder,) = stick.iterdir()
    assert {path.suffix for path in folder.iterdir()} == {".db", ".json"}


def test_people_are_erased_only_when_somebody_says_so(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    counter = Counter(Desk.open(hall_folder, OPENED_AT))
    number = counter.issue("张三").notice.number or ""
    counter.desk.notices.mark_printed(number, 1, counter.clock(), ok=True)
    for year in range(2026, 2032):
        for day in range(DAYS_OF_A_YEAR):
            list(
                counter.desk.register.export_audit(
                    OPENED_AT.replace(year=year, month=1, day=2 + day)
                )
            )
    counter.desk.close()
    unopened.clock.now = OPENED_AT.replace(year=2031)
    unopened.open()
    unopened.qtbot.waitUntil(lambda: unopened.is_shown("alert_bar"), timeout=15_000)
    assert "2025 年出的 1 张通知单保存满 5 年" in unopened.text("alert_text")
    press(unopened, "alert_way_0")
    dialog = shown(unopened.window, RetentionDialog, "retention_dialog")
    assert dialog is not None
    desk = unopened.counter.session.desk
    assert desk is not None
    assert ledger_page(desk, "张三").total == 1
    child(dialog, QPushButton, "retention_confirm").click()
    said = child(dialog, QLabel, "retention_said")
    unopened.qtbot.waitUntil(lambda: "已清除 1 张" in said.text())
    assert "ledger-20310111" in said.text()
    assert ledger_page(desk, "张三").total == 0
    assert faults_of(desk) == ()
    assert not unopened.is_shown("alert_bar")
    dialog.reject()
