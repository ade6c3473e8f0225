"""The keys of 编制 stay in 编制: no key that goes astray changes the counter's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from tests.gui.finding import child

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.counter_window import CounterWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

COUNTERS = {"region", "benefit_year"}
MOST_TABS = 80


def begin_blank(window: CounterWindow) -> None:
    """Begin an empty draft of Wuxi for 2026, which nobody wrote rules for."""
    window.press("Ctrl+7", "Ctrl+N")
    window.type("wx")
    window.press("Return")
    window.type("2026")
    window.press("Tab", "Tab", "End", "Return")


def begin_source(window: CounterWindow) -> None:
    """Begin a draft with one source, with the keys in its first field."""
    begin_blank(window)
    window.press("Ctrl+PgDown", "Alt+1")


def is_inside(window: CounterWindow) -> bool:
    """Whether the keys go to the editor."""
    return child(window.window, QWidget, "studio_editor").isAncestorOf(window.focused())


def test_a_draft_opens_at_the_list_of_sections_and_digits_change_nothing(
    window: CounterWindow,
) -> None:
    begin_blank(window)
    assert window.focus() == "studio_sections"
    before = window.rows("studio_sections")
    window.type("4")
    assert window.rows("studio_sections") == before
    assert window.focus() == "studio_sections"


def test_enter_on_a_section_goes_into_its_form(window: CounterWindow) -> None:
    begin_source(window)
    window.press("Esc", "Return")
    assert window.focus() == "studio_sections"
    window.press("Return")
    assert window.focus().startswith("sources_0")


def test_closing_the_notices_gives_the_keys_back_to_the_field_though_a_file_came(
    window: CounterWindow, tmp_path: Path
) -> None:
    begin_source(window)
    here = window.focus()
    window.press("Ctrl+O", "Alt+A")
    notice = tmp_path / "notice.txt"
    notice.write_text("通知", encoding="utf-8")
    files = child(window.window, QFileDialog, "source_file_choose")
    files.close()
    files.fileSelected.emit(str(notice))
    window.press("Esc")
    assert window.focus() == here


@pytest.mark.parametrize("key", ["Ctrl+Z", "Ctrl+Delete"])
def test_emptying_a_section_leaves_the_keys_in_it(window: CounterWindow, key: str) -> None:
    begin_source(window)
    window.press(key)
    assert window.focus() == "studio_add_1"


def test_a_click_on_remove_leaves_the_keys_in_the_section(window: CounterWindow) -> None:
    begin_source(window)
    card = child(window.window, QWidget, "studio_card")
    acts: list[QPushButton] = list(card.findChildren(QPushButton))
    remove = next(one for one in acts if one.text().startswith("删"))
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert window.focus() == "studio_add_1"


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_tab_walks_round_the_editor_and_never_to_the_counters_place(
    window: CounterWindow, key: str
) -> None:
    begin_source(window)
    here, walked = window.focused(), []
    for _ in range(MOST_TABS):
        window.press(key)
        walked.append(window.focus())
        assert is_inside(window)
        if window.focused() is here:
            break
    assert window.focused() is here
    assert {"studio_sections", "studio_samples", "studio_add_1"} <= set(walked)


def test_the_counters_place_takes_no_tab_before_a_draft_is_open(window: CounterWindow) -> None:
    window.press("Ctrl+7")
    for _ in range(8):
        window.press("Tab")
        assert window.focus() not in COUNTERS
    window.press("Esc")
    window.tab_to("region")


def test_enter_after_the_last_field_says_how_to_go_on_and_adds_to_this_section(
    window: CounterWindow,
) -> None:
    begin_source(window)
    for text in ("通知", "无锡市医疗保障局", "2025-8-20"):
        window.type(text)
        window.press("Return")
    assert "Ctrl+PgDown" in window.text("studio_message")
    title = window.text("studio_section_title")
    window.press("Alt+1")
    assert window.text("studio_section_title") == title
    assert window.focus().startswith("sources_1")
