"""Practice in the window: reached and left by a key, and plain in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.gui.finding import child, shown
from ui.dialogs.practice import PracticeDialog

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


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
    assert desk.ledger().total == 0
    assert window.typed("name") == ""
