"""One person stands at the counter once, by whichever number and whichever way."""

from __future__ import annotations

import pytest

from tests.gui.counter_window import RESIDENT, CounterWindow
from tests.gui.keyboard import Keyboard
from tests.support.desk.counter_samples import ledger_page

WIFE = "360103199003071232"
OLD, NEW = "360102840229001", "36010219840229001X"


def members(window: CounterWindow) -> list[tuple[str, str]]:
    return [(one.name, one.id_number) for one in window.counter.session.household.members]


def begin(window: CounterWindow, number: str, name: str) -> None:
    window.type(number)
    window.tab_to("name")
    window.type(name)


@pytest.mark.parametrize(
    ("first", "again"), [(RESIDENT, RESIDENT), (NEW, NEW.lower()), (OLD, NEW), (NEW, OLD)]
)
def test_a_number_typed_twice_turns_to_the_one_who_stands_there(
    window: CounterWindow, first: str, again: str
) -> None:
    begin(window, first, "刘闰")
    window.press("Ctrl+N")
    window.type(again)
    assert members(window) == [("刘闰", first)]
    assert "已在本户，已转到" in window.text("message_strip")
    assert window.typed("name") == "刘闰"
    window.press("Ctrl+Z")
    assert len(members(window)) == 2


def test_a_number_typed_after_its_card_turns_to_the_one_of_the_card(window: CounterWindow) -> None:
    Keyboard().read(NEW)
    window.press("Ctrl+N")
    window.type(OLD)
    assert members(window) == [("", NEW)]


def test_a_card_after_the_old_number_turns_to_the_one_who_stands_there(
    window: CounterWindow,
) -> None:
    begin(window, OLD, "刘闰")
    Keyboard().read(f"刘闰|女|汉|{NEW}|")
    assert members(window) == [("刘闰", NEW)]
    assert "已在本户，已转到" in window.text("message_strip")


def test_two_names_for_one_number_stay_and_are_not_issued(window: CounterWindow) -> None:
    begin(window, RESIDENT, "吴建国")
    window.press("Ctrl+N")
    window.tab_to("name")
    window.type("吴建军")
    window.press("Shift+Tab")
    window.type(RESIDENT)
    assert len(members(window)) == 2
    assert "与本户第 1 位“吴建国”是同一个人" in window.text("id_number_note")
    window.press("F9")
    desk = window.counter.session.desk
    assert desk is not None
    assert ledger_page(desk).total == 0
    window.press("Ctrl+W", "F9")
    assert ledger_page(desk).total == 1


def test_who_was_served_under_the_old_number_is_known_under_the_new_one(
    window: CounterWindow,
) -> None:
    begin(window, OLD, "刘闰")
    window.press("F9")
    window.focused().window().close()
    window.press("F2")
    window.type(NEW)
    assert window.typed("name") == "刘闰"
    assert "2025 年度已出单 2025-03-000001" in window.text("id_number_note")


@pytest.mark.parametrize("name", ["同上", "张?", "\u3164"])
def test_what_names_nobody_is_said_at_its_field_and_not_issued(
    window: CounterWindow, name: str
) -> None:
    begin(window, RESIDENT, name)
    assert window.state("name") == "invalid"
    assert "姓名" in window.text("name_note")
    window.press("F9")
    desk = window.counter.session.desk
    assert desk is not None
    assert ledger_page(desk).total == 0
