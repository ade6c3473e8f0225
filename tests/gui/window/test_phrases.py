"""A clerk's own words on a notice: typed, or chosen from the hall's phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit

from tests.gui.finding import child
from tests.gui.mouse import click
from ui.mouse_ways import MOUSE_WAYS

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

# What Qt says of any menu where there is no window system.
POPUPS = r"This plugin does not support (raise\(\)|grabbing the keyboard)"
pytestmark = pytest.mark.qt_log_ignore(POPUPS, extend=True)
RESIDENT = "360103198807121237"
PHRASES = ("请带户口簿", "请于三日内缴费，过期作废 & 重新测算，不清楚的打大厅咨询电话。")


@pytest.fixture
def served(window: CounterWindow) -> CounterWindow:
    """A resident at a counter whose hall has phrases."""
    write_phrases(window, *PHRASES)
    window.press("Ctrl+1")
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    return window


def write_phrases(window: CounterWindow, *phrases: str) -> None:
    window.press("Ctrl+5")
    lines = child(window.window, QPlainTextEdit, "setting_phrases")
    lines.setFocus()
    window.press("Ctrl+A")
    for number, phrase in enumerate(phrases):
        if number:
            window.press("Return")
        window.type(phrase)
    window.press("Ctrl+S")


def menu() -> QMenu:
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    return opened


def words(window: CounterWindow) -> str:
    return window.counter.session.household.current.clerk_words


def test_a_phrase_is_put_into_the_notice_by_two_keys_and_taken_out_again(
    served: CounterWindow,
) -> None:
    served.press("Alt+M", "1")
    assert words(served) == "请带户口簿。"
    assert served.focus() == "clerk_words"
    served.press("Alt+M", "2")
    assert words(served) == f"请带户口簿。{PHRASES[1]}"
    served.press("Alt+M")
    assert [row.isChecked() for row in menu().actions()[:2]] == [True, True]
    served.press("1")
    assert words(served) == PHRASES[1]
    served.press("F9")
    (number,) = served.counter.session.issuing.numbers
    desk = served.counter.session.desk
    assert desk is not None
    issued = desk.notices.find(number)
    assert issued.notice.clerk_words == PHRASES[1]


def test_a_phrase_is_put_into_the_notice_by_two_clicks(served: CounterWindow) -> None:
    click(served, *MOUSE_WAYS["phrases"].clicks)
    rows = menu().actions()
    assert rows[0].text() == "&1  请带户口簿"
    # A sign that a menu would take for a key is shown as it was typed, and a long one is cut.
    assert rows[1].text().startswith("&2  请于三日内缴费，过期作废 &&")
    assert rows[1].text().endswith("…")
    click(served, "menu:phrase_menu_2")
    assert words(served) == PHRASES[1]


def test_without_phrases_the_menu_leads_to_where_they_are_written(window: CounterWindow) -> None:
    window.press("Alt+M")
    assert [row.isEnabled() for row in menu().actions() if row.text()] == [False, True]
    click(window, "menu:phrase_menu_write_phrases")
    assert window.focus() == "setting_phrases"


def test_an_id_number_in_a_phrase_is_refused_at_the_phrases(window: CounterWindow) -> None:
    write_phrases(window, f"吴建国 {RESIDENT} 已登记")
    note = child(window.window, QLabel, "setting_phrases_note")
    assert "没有证件号码" in note.text()
    assert note.property("state") == "invalid"
    desk = window.counter.session.desk
    assert desk is not None
    assert desk.settings.phrases == ()
