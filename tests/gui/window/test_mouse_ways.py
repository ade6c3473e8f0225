"""Everything by the mouse: each act's way is there, and does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget

from medcounter.paths import document
from tests.gui.finding import child
from tests.gui.mouse import click, point_at
from tools.gallery.keys import key_table
from ui.mouse_ways import EVERY_DAY, MOST_CLICKS, MOUSE_WAYS, acts_without_a_way
from ui.shortcuts import SHORTCUTS
from ui.views.help.manual_browser import MANUAL
from ui.views.ledger.ledger_panel import LedgerPanel
from ui.views.roster.roster_side import RosterSide

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow

# What Qt says of any menu where there is no window system.
POPUPS = r"This plugin does not support (raise\(\)|grabbing the keyboard)"
RESIDENT, WIFE = "360103198807121237", "360103199002175224"
# Done by the focused widget: a click puts the cursor there, or chooses.
BY_FOCUS = {
    "next_field": "name", "focus_unpaid": "unpaid_years",
    "focus_categories": "categories_destitute",
    "focus_events": "events_military_discharge", "focus_insured_years": "insured_years_not_known",
    "focus_options": "options",
}  # fmt: skip
# Acts of the window that begin at the desk, with two members standing there.
AT_DESK = [
    entry.action for entry in SHORTCUTS
    if entry.bound and not MOUSE_WAYS[entry.action].before and entry.action not in BY_FOCUS
    and not entry.action.startswith(("focus_", "next_member", "previous_member", "turn_"))
    and entry.action not in {"agree", "what_if"}
]  # fmt: skip


@pytest.fixture
def household(window: CounterWindow) -> CounterWindow:
    """A window with a couple at the counter, both ready."""
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")
    window.press("Ctrl+N")
    window.type(WIFE)
    window.press("Return")
    window.type("吴梅")
    return window


def test_no_act_of_the_table_of_keys_is_without_a_way_by_the_mouse() -> None:
    assert acts_without_a_way() == ()
    assert set(MOUSE_WAYS) == {entry.action for entry in SHORTCUTS}


def test_the_manual_has_the_table_of_keys_and_clicks_as_the_program_knows_it() -> None:
    assert document(MANUAL).read_text(encoding="utf-8").endswith(key_table())


@pytest.mark.parametrize("act", EVERY_DAY)
def test_what_is_done_every_day_takes_three_clicks_at_most(act: str) -> None:
    assert MOUSE_WAYS[act].total <= MOST_CLICKS


@pytest.mark.qt_log_ignore(POPUPS, extend=True)
def test_each_act_at_the_desk_is_done_by_its_clicks(household: CounterWindow) -> None:
    done: list[str] = []
    acts = household.counter._acts  # noqa: SLF001 - who does what is what is asked
    household.press("Ctrl+2", "Ctrl+1")
    acts.offer({act: partial(done.append, act) for act in AT_DESK})
    for act in AT_DESK:
        click(household, *MOUSE_WAYS[act].clicks)
    assert done == AT_DESK


def test_a_click_puts_the_cursor_where_the_key_would(household: CounterWindow) -> None:
    for act, name in BY_FOCUS.items():
        click(household, *MOUSE_WAYS[act].clicks)
        # An event that was ticked asks for its day at once.
        assert household.focus().startswith(name)


def test_the_mouse_turns_to_a_member_and_back_and_to_another_scheme(
    household: CounterWindow,
) -> None:
    click(household, *MOUSE_WAYS["previous_member"].clicks)
    assert household.typed("name") == "吴建国"
    click(household, *MOUSE_WAYS["next_member"].clicks)
    assert household.typed("name") == "吴梅"
    click(household, *MOUSE_WAYS["turn_scheme"].clicks)
    assert household.is_ticked("scheme_flexible")


def test_a_day_that_was_compared_becomes_the_payment_day_by_a_click(
    household: CounterWindow,
) -> None:
    field, button = MOUSE_WAYS["what_if"].clicks
    assert not household.is_shown(button)
    click(household, field)
    household.type("2025-4-1")
    click(household, button)
    assert household.typed("payment_date") == "2025-4-1"
    assert not household.is_shown(button)


def test_who_waits_is_counted_on_the_button_that_takes_them_back(household: CounterWindow) -> None:
    park = child(household.window, QPushButton, "park_button")
    assert park.accessibleName() == "暂放"
    click(household, "park_button")
    assert park.accessibleName() == "取回（1 户在等）"
    household.type(RESIDENT)
    assert park.accessibleName() == "暂放（1 户在等）"
    click(household, "new_person_button", "park_button")
    assert park.accessibleName() == "暂放"
    assert household.typed("name") in {"吴建国", "吴梅"}


def test_the_tab_of_the_day_leads_there_and_never_closes_it(household: CounterWindow) -> None:
    click(household, "view_day_tab", "view_day_tab")
    assert QApplication.activeModalWidget() is None
    assert household.is_shown("day_panel")
    assert child(household.window, QPushButton, "view_day_tab").isChecked()


@pytest.mark.qt_log_ignore(POPUPS, extend=True)
def test_each_button_of_the_ledger_asks_for_its_act_and_so_does_the_menu(
    household: CounterWindow,
) -> None:
    household.press("F9", "Esc", "Ctrl+1")
    click(household, "view_ledger_tab", *MOUSE_WAYS["ledger_show"].before[1:], "row:ledger_table")
    panel = child(household.window, LedgerPanel, "ledger_panel")
    table = child(panel, QTableView, "ledger_table")
    panel.asked.disconnect()
    asked: list[str] = []
    panel.asked.connect(lambda act, _value: asked.append(act))
    usual = ("reprint", "save", "void", "correct", "entered", "reveal")
    for act in usual:
        click(household, f"ledger_{act}_button")
        point_at(table.viewport(), table.visualRect(table.model().index(0, 0)).center())
        click(household, f"menu:ledger_menu_{act}")
    click(household, "ledger_history_button", "ledger_export_button", "double:ledger_table")
    twice = [act for act in usual for _ in range(2)]
    assert asked == [*twice, "history", "export", "show"]


def test_each_button_of_a_list_asks_for_its_act(window: CounterWindow) -> None:
    click(window, "view_roster_tab")
    side = child(window.window, RosterSide, "roster_side")
    side.pressed.disconnect()
    asked: list[str] = []
    side.pressed.connect(asked.append)
    acts = ("open", "agree", "issue", "export", "marked", "template")
    for act in acts:
        child(side, QPushButton, f"roster_{act}_button").setEnabled(True)
        click(window, f"roster_{act}_button")
    assert asked == [f"roster_{act}" for act in acts]


@pytest.mark.parametrize(
    "act",
    ["day_before", "rules_sync", "settings_save", "check_again", "check_copy",
     "ledger_days", "ledger_state", "ledger_clerk", "studio_new", "studio_import"],
)  # fmt: skip
def test_what_the_way_names_is_seen_where_it_leads(window: CounterWindow, act: str) -> None:
    way = MOUSE_WAYS[act]
    click(window, *way.before)
    assert child(window.window, QWidget, way.clicks[0]).isVisible()
