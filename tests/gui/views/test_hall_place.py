"""The hall's own place stands there for whoever comes next; one odd one does not stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from tests.gui.counter_window import RESIDENT, CounterWindow
from tests.gui.finding import child
from tests.support.desk.counter_samples import OPENED_AT
from tests.support.store.store_samples import demo_roots

if TYPE_CHECKING:
    from pathlib import Path

HEBEI, JIANGXI, FUZHOU = "130000", "360000", "361000"


def draft(window: CounterWindow) -> Draft:
    return window.counter.session.household.current


def desk_of(window: CounterWindow) -> Desk:
    desk = window.counter.session.desk
    assert desk is not None
    return desk


def choose_place(window: CounterWindow, code: str) -> None:
    box = child(window.window, QComboBox, "region")
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def save_place(window: CounterWindow, code: str) -> None:
    """Save another place in the settings view, as a clerk does."""
    window.press("Ctrl+5")
    box = child(window.window, QComboBox, "setting_region")
    names = {choice.code: choice.name for choice in desk_of(window).rule_book.regions()}
    box.setCurrentIndex(box.findText(names[code]))
    box.activated.emit(box.currentIndex())
    window.press("Ctrl+S", "Ctrl+1")
    assert desk_of(window).settings.region == code


def test_the_next_resident_begins_in_the_halls_place(window: CounterWindow) -> None:
    window.type(RESIDENT)
    choose_place(window, HEBEI)
    assert draft(window).region == HEBEI
    window.press("F2")
    assert draft(window).region == JIANGXI
    assert child(window.window, QComboBox, "region").currentData() == JIANGXI


def test_the_members_of_one_household_share_their_place(window: CounterWindow) -> None:
    window.type(RESIDENT)
    choose_place(window, HEBEI)
    window.press("Ctrl+N")
    assert draft(window).region == HEBEI


def test_a_saved_place_holds_at_once(window: CounterWindow) -> None:
    save_place(window, FUZHOU)
    assert draft(window).region == FUZHOU
    assert child(window.window, QComboBox, "region").currentData() == FUZHOU


def test_a_saved_place_leaves_who_stands_there_and_holds_for_the_next(
    window: CounterWindow,
) -> None:
    window.type(RESIDENT)
    save_place(window, FUZHOU)
    assert draft(window).region == JIANGXI
    window.press("F2")
    assert draft(window).region == FUZHOU


def test_a_kept_form_of_nobody_does_not_bring_the_old_place_back(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    desk = Desk.open(hall_folder, OPENED_AT, roots=demo_roots())
    desk.households.save(Household((Draft(region=HEBEI, benefit_year=2025),)), OPENED_AT)
    desk.close()
    unopened.open()
    assert draft(unopened).region == JIANGXI


def test_a_hall_without_a_place_goes_on_with_the_one_a_clerk_chose(window: CounterWindow) -> None:
    desk = desk_of(window)
    desk.save_settings(replace(desk.settings, region=""), OPENED_AT)
    window.type(RESIDENT)
    choose_place(window, HEBEI)
    window.press("F2")
    assert draft(window).region == HEBEI
