"""Every key of the table does what the table says, with no mouse."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel

from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import BEIJING
from ui.dialogs.preview_dialog import PreviewDialog
from ui.shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

BOUND = [entry for entry in SHORTCUTS if entry.bound]


def test_no_key_of_the_window_means_two_things() -> None:
    keys = [key for entry in BOUND for key in entry.keys]
    assert sorted(set(keys)) == sorted(keys)


def test_every_bound_key_is_an_action_of_the_window(unopened: CounterWindow) -> None:
    window = unopened.window
    found = {
        entry.action: [key.toString() for key in child(window, QAction, entry.action).shortcuts()]
        for entry in BOUND
    }
    assert found == {
        entry.action: [QKeySequence(key).toString() for key in entry.keys] for entry in BOUND
    }


def test_the_key_map_lists_every_key(window: CounterWindow) -> None:
    window.press("F1")
    for entry in SHORTCUTS:
        label = child(window.window, QLabel, f"key_{entry.action}")
        assert entry.keys[0].replace("Return", "Enter") in label.text()


def test_help_tells_of_the_field_the_cursor_was_in(window: CounterWindow) -> None:
    window.tab_to("repair_years")
    window.press("F1")
    assert window.text("help_field") == "修复年数"
    window.press("Esc")
    assert window.is_shown("counter_view")


def test_a_digit_chooses_an_option_and_the_figures_follow(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+O", "2")
    assert window.chosen_row() == 1
    assert window.figures()[2] == "没有待遇"
    window.press("1")
    assert window.figures()[2] == "2025-06-05"


def test_the_arrows_choose_an_option_as_well(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+O", "Down", "Down")
    assert window.chosen_row() == 2
    window.press("Up")
    assert window.chosen_row() == 1


def test_a_digit_without_an_option_changes_nothing(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Alt+O", "9")
    assert window.chosen_row() == 0


def test_a_typed_number_is_issued_with_option_two_in_so_many_keys(unopened: CounterWindow) -> None:
    # In the season of 2026, when paying on its last day brings cover too.
    unopened.clock.now = datetime(2025, 10, 20, 9, 0, tzinfo=BEIJING)
    unopened.open()
    window = unopened
    window.tab_to("name")
    window.type("吴建国")
    window.press("Esc")
    window.pressed = 0
    window.type(RESIDENT)
    window.press("Return", "2", "F9")
    assert window.pressed == 21
    assert "已出单 2025-03-000001" in window.text("message_strip")


# Expected: from benefit year 2025 on lapsed years count, so for 2026 only one can.
@pytest.mark.parametrize(("digit", "counted"), [("0", 0), ("1", 1), ("3", 1)])
def test_alt_g_and_a_digit_fill_the_insured_years_and_say_what_counts(
    window: CounterWindow, digit: str, counted: int
) -> None:
    choose_year(window, "2026 年度")
    window.press("Alt+G", digit)
    assert window.is_ticked("insured_years_2025") is (digit == "0")
    assert window.is_ticked("insured_years_2022")
    assert window.text("unpaid_years_note") == f"按规则计入断保 {counted} 年"
    assert window.typed("unpaid_years") == ""


def test_after_alt_g_and_a_digit_the_cursor_is_back_where_it_was(window: CounterWindow) -> None:
    window.tab_to("name")
    window.press("Alt+G", "1")
    assert window.focus() == "name"


def test_f8_walks_the_errors_and_comes_round(window: CounterWindow) -> None:
    window.type("123")
    window.tab_to("payment_date")
    window.type("x")
    window.press("F8")
    assert window.focus() == "id_number"
    window.press("F8")
    assert window.focus() == "payment_date"
    window.press("F8")
    assert window.focus() == "id_number"


def test_f8_without_an_error_says_so(window: CounterWindow) -> None:
    window.press("F8")
    assert window.text("message_strip") == "✓ 没有要改正的地方"


def test_esc_goes_back_then_clears_and_ctrl_z_brings_it_back(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.tab_to("name")
    window.type("吴建国")
    window.press("Esc")
    assert (window.focus(), window.typed("name")) == ("id_number", "吴建国")
    window.press("Esc")
    assert (window.typed("id_number"), window.typed("name")) == ("", "")
    assert "Ctrl+Z" in window.text("message_strip")
    window.press("Ctrl+Z")
    assert (window.typed("id_number"), window.typed("name")) == (RESIDENT, "吴建国")


def test_ctrl_z_in_a_field_undoes_typing_there_first(window: CounterWindow) -> None:
    window.type("360")
    window.press("Ctrl+Z")
    assert window.typed("id_number") == ""


def test_f2_begins_with_the_next_resident_at_the_same_place(window: CounterWindow) -> None:
    choose_year(window, "2026 年度")
    window.type(RESIDENT)
    window.press("F2")
    assert window.typed("id_number") == ""
    assert window.focus() == "id_number"
    assert child(window.window, QComboBox, "benefit_year").currentText() == "2026 年度"


def test_f4_tells_why_and_f4_goes_back(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("F4")
    assert window.is_shown("why_page")
    assert window.focus() == "why_steps"
    window.press("F4")
    assert window.is_shown("counter_view")


@pytest.mark.parametrize(
    ("keys", "panel"),
    [
        ("Ctrl+2", "ledger_panel"),
        ("F3", "ledger_panel"),
        ("Ctrl+4", "rules_panel"),
        ("Ctrl+5", "settings_panel"),
    ],
)
def test_the_views_open_by_their_keys_and_ctrl_1_comes_back(
    window: CounterWindow, keys: str, panel: str
) -> None:
    window.press(keys)
    assert window.is_shown(panel)
    window.press("Ctrl+1")
    assert window.is_shown("counter_view")
    assert window.focus() == "id_number"


@pytest.mark.parametrize(
    ("front", "key"),
    [
        ("F3", "F9"),
        ("F3", "Ctrl+Return"),
        ("F3", "Ctrl+P"),
        ("Ctrl+3", "F9"),
        ("Ctrl+5", "F9"),
        ("F11", "F9"),
        ("F1", "Ctrl+P"),
    ],
)
def test_behind_another_view_nobody_is_issued_to_and_the_desk_comes_forward(
    window: CounterWindow, front: str, key: str
) -> None:
    serve(window)
    window.press(front, key)
    assert shown(window.window, PreviewDialog, "notice_preview") is None
    assert window.is_shown("counter_view")
    assert f"再按一次 {'Ctrl+P' if key == 'Ctrl+P' else 'F9'}" in window.text("message_strip")
    assert window.rows("options") != []
    window.press(key)
    assert shown(window.window, PreviewDialog, "notice_preview") is not None


@pytest.mark.parametrize("key", ["Ctrl+Z", "Ctrl+W", "Ctrl+N", "F6", "Ctrl+H"])
def test_behind_another_view_nothing_of_who_is_served_changes(
    window: CounterWindow, key: str
) -> None:
    serve(window)
    window.press("Ctrl+N")
    window.type("360103199003071232")
    before = window.counter.session.household
    window.press("Ctrl+4", key)
    assert window.counter.session.household == before
    assert window.is_shown("counter_view")


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("Alt+D", "other_day"),
        ("Alt+G", "unpaid_years"),
        ("Alt+O", "options"),
        ("Alt+S", "categories_destitute"),
    ],
)
def test_a_key_to_a_place_at_the_desk_leads_there_from_every_view(
    window: CounterWindow, key: str, place: str
) -> None:
    serve(window)
    window.press("Ctrl+4", key)
    assert window.is_shown("counter_view")
    assert window.focus() == place


def test_from_the_page_of_reasons_a_notice_is_issued_at_once(window: CounterWindow) -> None:
    serve(window)
    window.press("F4", "F9")
    assert shown(window.window, PreviewDialog, "notice_preview") is not None


def test_the_place_is_chosen_by_keys_and_its_year_with_it(window: CounterWindow) -> None:
    choose_year(window, "2026 年度")
    places = child(window.window, QComboBox, "region")
    window.tab_to("region")
    names = [places.itemText(place) for place in range(places.count())]
    for _ in range(names.index("江西省抚州市") - places.currentIndex()):
        window.press("Down")
    assert places.currentText() == "江西省抚州市"
    assert child(window.window, QComboBox, "benefit_year").currentText() == "2026 年度"
    assert window.text("message_strip")[0] != "⚠"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_key_opens_the_list_of_years(window: CounterWindow) -> None:
    window.press("Alt+Y")
    view = child(window.window, QComboBox, "benefit_year").view()
    assert view.isVisible()
    view.window().hide()


def test_ctrl_p_shows_a_specimen_and_numbers_nothing(window: CounterWindow) -> None:
    serve(window)
    window.press("Ctrl+P")
    preview = shown(window.window, PreviewDialog, "notice_preview")
    assert preview is not None
    assert preview.windowTitle() == "预览 缴费通知单 样张"
    preview.close()
    window.shell.activateWindow()
    window.press("F3")
    assert window.rows("ledger_table") == []


def test_an_esc_that_outran_the_preview_closes_it_and_clears_nothing(window: CounterWindow) -> None:
    serve(window)
    window.press("Esc")
    form = window.focused()
    assert window.focus() == "id_number"
    window.press("Ctrl+P")
    assert shown(window.window, PreviewDialog, "notice_preview") is not None
    # On a slow machine the screen still sends keys to the window behind.
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert shown(window.window, PreviewDialog, "notice_preview") is None
    assert (window.typed("id_number"), window.typed("name")) == (RESIDENT, "吴建国")
    window.shell.activateWindow()
    window.press("Esc")
    assert window.typed("id_number") == ""


def serve(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")


def choose_year(window: CounterWindow, text: str) -> None:
    """Choose a benefit year by keys."""
    years = child(window.window, QComboBox, "benefit_year")
    window.tab_to("benefit_year")
    steps = years.findText(text) - years.currentIndex()
    for _ in range(abs(steps)):
        window.press("Down" if steps > 0 else "Up")
    window.press("Esc")
