"""The window in the season of a year without rules, and at a place without any."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QListWidget, QPushButton

from medcounter.desk.counter.issuing import NotIssuableError
from tests.gui.counter_window import RESIDENT, CounterWindow, dress
from tests.gui.finding import child
from tests.support.desk.counter_samples import BEIJING, Clock, ledger_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# After the rules that ship; a place nobody has rules for, and its nation's season.
FAR = datetime(2026, 11, 29, 10, 0, tzinfo=BEIJING)
HONG_KONG, NAME = "810000", "香港特别行政区"


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, hall_folder: Path) -> Iterator[CounterWindow]:
    """A counter in November at a place without rules."""
    path = hall_folder / "settings.json"
    path.write_text(path.read_text("utf-8").replace("360000", HONG_KONG), encoding="utf-8")
    dress(qapp)
    shown = CounterWindow(qtbot, hall_folder, Clock(FAR))
    shown.open()
    yield shown
    shown.counter.close(with_backup=False)


def years(window: CounterWindow) -> list[str]:
    box = child(window.window, QComboBox, "benefit_year")
    return [box.itemText(number) for number in range(box.count())]


def places(window: CounterWindow) -> list[str]:
    found = child(window.window, QListWidget, "places_found")
    return [found.item(row).text() for row in range(found.count())]


def code(window: CounterWindow) -> str:
    return window.counter.session.household.current.region


def test_the_first_thing_said_is_that_the_year_collected_has_no_rules(
    bare: CounterWindow,
) -> None:
    said = bare.text("banner")
    assert f"没有收录{NAME} 2027 年度的规则" in said
    # 2026-11-29 to 2027-02-28: 1 + 31 + 31 + 28 days.
    assert "2026-09-01 至 2027-02-28" in said
    assert "还有 91 天" in said
    assert child(bare.window, QComboBox, "benefit_year").currentText().startswith("2027")


def test_who_comes_is_answered_aloud_and_not_issued(bare: CounterWindow) -> None:
    bare.type(RESIDENT)
    bare.press("Return")
    bare.type("吴建国")
    assert bare.figures() == ("不能出单", "无等待期", "2027-01-01")
    assert (bare.text("amount_doubt"), bare.text("wait_doubt")) == ("未定", "推定")
    assert "不能出单" in bare.text("note_0")
    assert "按国家规定" in bare.text("note_1")
    assert not bare.can("issue_button")
    assert "更新规则" in bare.text("message_strip")
    bare.press("F9", "Ctrl+F9", "Ctrl+P")
    desk, outcome = bare.counter.session.desk, bare.counter.session.outcome
    assert desk is not None
    assert outcome is not None
    assert ledger_page(desk).total == 0
    with pytest.raises(NotIssuableError):
        desk.households.issue((outcome,), FAR, ("r1",), set())


def test_a_lapsed_resident_hears_the_wait_the_nation_gives(bare: CounterWindow) -> None:
    bare.type(RESIDENT)
    bare.press("Alt+G", "2")
    # Rule book: 3 months and 1 for the second lapsed year, from 1 January.
    assert bare.text("wait_value") == "4 个月"
    assert bare.text("cover_value") == "2027-05-01"


def test_the_place_is_found_by_initials_and_a_digit_from_wherever_the_cursor_is(
    window: CounterWindow,
) -> None:
    window.press("Alt+R")
    window.type("hn")
    listed = places(window)
    wanted = next(n for n, line in enumerate(listed, start=1) if "湖南省" in line)
    window.type(str(wanted))
    assert code(window) == "430000"
    assert window.focus() == "id_number"


def test_a_place_without_rules_is_taken_and_answered(window: CounterWindow) -> None:
    window.press("Alt+R")
    window.type("xgtb")
    assert "没有规则" in places(window)[0]
    window.press("Return")
    assert code(window) == HONG_KONG
    assert child(window.window, QComboBox, "region").currentText() == NAME
    assert window.state("region") != "invalid"


def test_a_place_that_uses_rules_from_above_says_whose(window: CounterWindow) -> None:
    window.press("Alt+R")
    window.type("3601")
    assert "用江西省的规则" in places(window)[0]
    window.press("Return")
    window.type(RESIDENT)
    assert "用江西省的规则" in window.text("banner")


def test_no_place_is_found_for_what_is_none_and_esc_leaves(window: CounterWindow) -> None:
    window.press("Alt+R")
    window.type("880000")
    assert window.is_shown("places_none")
    window.press("Return", "Esc")
    assert not window.is_shown("place_finder")
    assert code(window) == "360000"


def test_typing_into_the_list_of_places_begins_the_search(window: CounterWindow) -> None:
    window.tab_to("region")
    window.type("j")
    assert window.focus() == "place_search"
    assert window.typed("place_search") == "j"


def test_a_place_is_chosen_by_mouse(window: CounterWindow) -> None:
    child(window.window, QComboBox, "region").showPopup()
    found = child(window.window, QListWidget, "places_found")
    row = next(row for row in range(found.count()) if "430000" in found.item(row).text())
    found.itemClicked.emit(found.item(row))
    assert code(window) == "430000"


def test_the_kind_of_scheme_is_turned_by_one_key_and_by_a_click(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.pressed = 0
    window.press("Alt+X")
    # It took three keys while it stood in the list of years.
    assert window.pressed <= 3
    assert window.counter.session.household.current.scheme == "flexible"
    assert window.is_ticked("scheme_flexible")
    assert not window.is_ticked("scheme_resident")
    child(window.window, QPushButton, "scheme_resident").click()
    assert window.counter.session.household.current.scheme == "resident"
    child(window.window, QPushButton, "scheme_resident").click()
    assert window.is_ticked("scheme_resident")


def test_years_without_rules_are_offered_and_marked(bare: CounterWindow) -> None:
    assert years(bare) == ["2027 · 无规则", "2026 · 无规则"]


def test_the_window_of_the_coming_year_stands_on_the_counter(window: CounterWindow) -> None:
    # Rule book, Jiangxi 2026: collected from 2025-10-15 on.
    assert "2026 年度" in window.text("scheme_note")
    assert "2025-10-15" in window.text("scheme_note")


def test_the_season_turns_with_the_day(window: CounterWindow) -> None:
    window.clock.now = datetime(2025, 10, 15, 9, 0, tzinfo=BEIJING)
    window.counter.session.day.look()
    assert child(window.window, QComboBox, "benefit_year").currentText() == "2026 年度"
    # 2025-10-15 to 2026-02-28: 16 + 30 + 31 + 31 + 28 days.
    assert "还有 136 天" in window.text("banner")
