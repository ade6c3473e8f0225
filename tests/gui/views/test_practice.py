"""Practice in the window: reached and left by a key, and plain in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import CLERK, NEW, SUPERVISOR, NewClerk
from medcounter.desk.folder_kinds import PRACTICE_MARK
from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import OPENED_AT, Clock, ledger_page
from ui.dialogs.practice_dialog import PracticeDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def practise(window: CounterWindow) -> PracticeDialog:
    """Go to practise; the cases are offered at once."""
    with window.qtbot.waitSignal(window.counter.opened):
        window.press("Ctrl+F12")
    dialog = shown(window.window, PracticeDialog, "practice_dialog")
    assert dialog is not None
    return dialog


def test_a_real_counter_shows_no_band(window: CounterWindow) -> None:
    assert not window.is_shown("practice_band")


def test_a_key_leads_to_practice_and_offers_ten_cases_by_digit(window: CounterWindow) -> None:
    practise(window)
    window.press("1")
    assert window.typed("name") == "练习甲"
    desk = window.counter.session.desk
    assert desk is not None
    assert desk.practice
    window.press("Shift+F12", "0")
    assert window.typed("name") == "练习癸"


@pytest.mark.parametrize("key", ["Ctrl+1", "F3", "Ctrl+4", "Ctrl+5", "F11", "F1"])
def test_the_band_stands_above_every_view(window: CounterWindow, key: str) -> None:
    practise(window)
    window.press("1", key)
    band = child(window.window, QLabel, "practice_band")
    assert band.isVisible()
    assert band.width() == window.window.width()
    assert "练习" in band.text()


def test_practice_does_not_say_that_the_hall_has_no_sign_in(window: CounterWindow) -> None:
    practise(window)
    assert not window.is_shown("access_mark")


def test_what_is_issued_in_practice_is_drawn_as_practice(window: CounterWindow) -> None:
    practise(window)
    window.press("1")
    window.press("F9")
    preview = shown(window.window, QWidget, "notice_preview")
    assert preview is not None
    assert "练习" in preview.windowTitle()


def test_coming_back_shows_the_real_ledger_as_it_was(window: CounterWindow) -> None:
    practise(window)
    window.press("1", "F9")
    preview = shown(window.window, QWidget, "notice_preview")
    assert preview is not None
    preview.close()
    with window.qtbot.waitSignal(window.counter.opened):
        window.press("Ctrl+F12")
    assert not window.is_shown("practice_band")
    desk = window.counter.session.desk
    assert desk is not None
    assert not desk.practice
    assert ledger_page(desk).total == 0
    assert window.typed("name") == ""


@pytest.mark.parametrize("name", ["practice", "练习", "hall-emergency"])
def test_a_folder_is_not_of_practice_for_its_name(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, name: str
) -> None:
    dress(qapp)
    window = CounterWindow(qtbot, tmp_path / name, Clock())
    window.counter.begin()
    qtbot.waitUntil(lambda: window.counter.window.covered_by != "", timeout=10_000)
    assert window.counter.window.covered_by == "choice_page"
    assert sign_in.state(tmp_path / name).kind == NEW
    window.counter.close()


def test_a_hall_whose_folder_is_named_practice_can_sign_in(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "practice"
    clerks = (
        NewClerk("李主管", SUPERVISOR, "qingshan lvshui 37"),
        NewClerk("王丽", CLERK, "baiyun heishi 52"),
    )
    setting_up = sign_in.begin(folder)
    setting_up.finish(clerks, setting_up.recovery_text, OPENED_AT)
    dress(qapp)
    window = CounterWindow(qtbot, folder, Clock())
    window.counter.begin()
    qtbot.waitUntil(lambda: window.counter.window.covered_by != "", timeout=10_000)
    assert window.counter.window.covered_by == "sign_in_page"
    window.counter.close()


def test_a_marked_folder_is_of_practice_whatever_its_name(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "any"
    folder.mkdir()
    (folder / PRACTICE_MARK).write_text("", encoding="utf-8")
    dress(qapp)
    window = CounterWindow(qtbot, folder, Clock())
    with qtbot.waitSignal(window.counter.opened):
        window.counter.begin()
    assert window.is_shown("practice_band")
    window.counter.close()
