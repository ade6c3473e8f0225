"""What a clerk who signed in cannot do alone: a supervisor is asked beside them."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)

from medcounter.desk.desk import Desk
from medcounter.errors import MedCounterError
from tests.gui.counter_window import RESIDENT, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.signed_in import agree, desk_of, open_as, signed_folder
from tests.support.desk.counter_samples import Clock, Counter, ledger_page
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, pass_of
from tests.support.store.store_samples import AT, demo_roots
from ui.dialogs.approval_dialog import ApprovalDialog
from ui.dialogs.clock_dialog import ClockDialog
from ui.wiring.ledger_wiring import WHOLE_TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ledger with one notice, where clerks sign in."""
    folder = signed_folder(tmp_path / "data")
    desk = Desk.open(folder, AT, roots=demo_roots(), who=pass_of(folder))
    counter = Counter(desk, Clock(AT))
    issued = counter.issue("吴建国")
    desk.notices.mark_printed(issued.notice.number or "", 1, counter.clock(), ok=True)
    desk.close()
    return folder


@pytest.fixture
def opened(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> Iterator[Callable[[str, int], CounterWindow]]:
    """Open the window, signed in as somebody, some minutes later."""
    dress(qapp)
    windows: list[CounterWindow] = []

    def open_signed_in(name: str, minutes: int = 30) -> CounterWindow:
        window = CounterWindow(qtbot, folder, Clock(AT + timedelta(minutes=minutes)))
        windows.append(window)
        open_as(window, name)
        return window

    yield open_signed_in
    for window in windows:
        window.counter.close()


def asked(window: CounterWindow) -> ApprovalDialog:
    dialog = shown(window.window, ApprovalDialog, "approval_dialog")
    assert dialog is not None
    return dialog


def export_whole(window: CounterWindow, path: Path) -> None:
    window.press("Ctrl+2", "Ctrl+E")
    files = shown(window.window, QFileDialog, "export_files")
    assert files is not None
    files.selectNameFilter(WHOLE_TABLE)
    files.fileSelected.emit(str(path))
    files.close()


def test_a_correction_waits_for_the_supervisors_word(
    opened: Callable[[str], CounterWindow],
) -> None:
    window = opened(LI)
    window.press("Ctrl+2", "Down", "Ctrl+G", "Alt+1", "Return")
    dialog = asked(window)
    assert ledger_page(desk_of(window)).rows[0].state == "issued"
    assert window.typed("id_number") == ""
    agree(window, dialog, SECRETS[ZHAO])
    assert ledger_page(desk_of(window)).rows[0].state == "void"
    assert window.typed("id_number") == RESIDENT


def test_whole_numbers_leave_in_a_table_only_by_the_supervisors_word(
    opened: Callable[[str], CounterWindow], tmp_path: Path
) -> None:
    window, table = opened(LI), tmp_path / "whole.xlsx"
    export_whole(window, table)
    agree(window, asked(window), "something wrong")
    assert "没有登录" in child(asked(window), QLabel, "approval_said").text()
    assert not table.exists()
    agree(window, asked(window), SECRETS[ZHAO])
    with zipfile.ZipFile(table) as packed:
        assert RESIDENT in packed.read("xl/worksheets/sheet1.xml").decode()


def test_without_that_word_no_table_is_made(
    opened: Callable[[str], CounterWindow], tmp_path: Path
) -> None:
    window, table = opened(LI), tmp_path / "whole.xlsx"
    export_whole(window, table)
    asked(window).reject()
    assert not table.exists()


def test_an_auditor_too_exports_whole_numbers_by_that_word_only(
    opened: Callable[[str], CounterWindow], tmp_path: Path
) -> None:
    window = opened(WANG)
    export_whole(window, tmp_path / "whole.xlsx")
    assert shown(window.window, ApprovalDialog, "approval_dialog") is not None
    assert not (tmp_path / "whole.xlsx").exists()


def test_a_clock_that_went_back_is_accepted_by_that_word(
    opened: Callable[[str, int], CounterWindow],
) -> None:
    window = opened(LI, -60)
    assert "时间" in window.text("alert_text")
    child(window.window, QPushButton, "alert_way_0").click()
    dialog = shown(window.window, ClockDialog, "clock_dialog")
    assert dialog is not None
    window.type("已校准")
    window.press("Return")
    assert "时间" in window.text("alert_text")
    agree(window, asked(window), SECRETS[ZHAO])
    assert "已确认电脑时间" in window.text("message_strip")


def test_a_known_resident_is_shown_to_a_clerk_and_not_to_an_auditor(
    opened: Callable[[str], CounterWindow],
) -> None:
    window = opened(WANG)
    window.type("wjg")
    window.press("Return")
    assert window.typed("id_number") == ""
    assert "副本" in window.text("alert_text")


def test_while_the_word_is_checked_the_window_lives_and_the_clerk_may_leave(
    opened: Callable[[str], CounterWindow],
) -> None:
    window = opened(LI)
    window.press("Ctrl+2", "Down", "Ctrl+G", "Alt+1", "Return")
    dialog = asked(window)
    child(dialog, QLineEdit, "approval_secret").setText(SECRETS[ZHAO])
    child(dialog, QPushButton, "approval_agree").click()
    assert child(dialog, QLabel, "approval_said").text() == "正在核对"
    assert not child(dialog, QPushButton, "approval_agree").isEnabled()
    dialog.reject()
    window.qtbot.wait(1_000)
    assert ledger_page(desk_of(window)).rows[0].state == "issued"


def test_keys_typed_while_a_locked_screen_checks_the_secret_reach_the_form(
    opened: Callable[[str], CounterWindow],
) -> None:
    window = opened(LI)
    lock_open(window)
    window.type(SECRETS[LI])
    window.press("Return")
    assert window.text("sign_in_page_said") == "正在核对"
    window.type("36010")
    window.qtbot.waitUntil(lambda: window.counter.window.covered_by == "", timeout=15_000)
    assert window.typed("id_number") == "36010"


def test_a_wrong_secret_at_a_locked_screen_is_told_and_kept_in_the_ledger(
    opened: Callable[[str], CounterWindow],
) -> None:
    window = opened(LI)
    lock_open(window)
    window.type("something wrong")
    window.press("Return")
    window.qtbot.waitUntil(lambda: "没有登录" in window.text("sign_in_page_said"), timeout=15_000)
    assert window.counter.window.covered_by == "sign_in_page"
    tries = desk_of(window).access.slots._store.last_detail("failure")  # noqa: SLF001 - no view shows it
    assert tries["what"] == "sign-in"


def test_a_locked_screen_takes_the_secret_again_where_the_ledger_could_not_be_told(
    opened: Callable[[str], CounterWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(LI)
    lock_open(window)

    def full(*_args: object) -> None:
        raise MedCounterError("磁盘已满")

    monkeypatch.setattr(type(desk_of(window).access.slots), "tell_refused", full)
    window.type("something wrong")
    with window.qtbot.captureExceptions() as caught:
        window.press("Return")
        window.qtbot.waitUntil(lambda: bool(caught), timeout=15_000)
    assert "没有登录" in window.text("sign_in_page_said")
    assert window.can("sign_in_button")


def lock_open(window: CounterWindow) -> None:
    """Lock the screen while something is held, so that the desk stays open behind it."""
    window.press("Ctrl+5")
    window.tab_to("setting_hall")
    window.type("东街")
    window.press("Ctrl+L")
    assert window.counter.window.covered_by == "sign_in_page"
