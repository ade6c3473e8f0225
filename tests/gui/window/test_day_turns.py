"""The day that turns under an open answer: a Saturday's on the Monday after it.

The right values are of the rules of Jiangxi for 2026: the window ends on
Saturday 2026-02-28; who pays on Monday waits from 03-02 to 06-01.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.gui.counter_window import RESIDENT, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.views.test_roster import RosterWindow
from tests.support.desk.counter_samples import BEIJING, Clock, ledger_page
from tests.support.roster.roster_samples import people, write_xlsx
from ui.dialogs.preview_dialog import PreviewDialog
from ui.views.roster.roster_state import AGREED, FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SATURDAY = datetime(2026, 2, 28, 16, 50, tzinfo=BEIJING)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
COVER = "2026-06-02"


@pytest.fixture
def saturday(qtbot: QtBot, qapp: QApplication, hall_folder: Path) -> Iterator[CounterWindow]:
    """A counter in Jiangxi on the last day of the window."""
    dress(qapp)
    shown = CounterWindow(qtbot, hall_folder, Clock(SATURDAY))
    shown.open()
    yield shown
    shown.counter.close(with_backup=False)


def serve(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.press("Return")
    window.type("吴建国")


def issued(window: CounterWindow) -> int:
    desk = window.counter.session.desk
    assert desk is not None
    return ledger_page(desk).total


def test_the_key_meant_for_saturdays_answer_issues_nothing_on_monday(
    saturday: CounterWindow,
) -> None:
    serve(saturday)
    assert "2026-03-01" in saturday.figures()[2]
    saturday.clock.now = MONDAY
    saturday.press("F9")
    assert issued(saturday) == 0
    told = saturday.text("message_strip")
    assert "今天已是 2026-03-02" in told
    assert "等待期由无变为 2026-03-02 至 2026-06-01" in told
    assert COVER in saturday.figures()[2]
    saturday.press("F9")
    assert issued(saturday) == 1
    desk = saturday.counter.session.desk
    assert desk is not None
    row = ledger_page(desk).rows[0]
    assert str(row.coverage_start) == COVER


def test_the_answer_is_worked_anew_without_a_key(saturday: CounterWindow) -> None:
    serve(saturday)
    saturday.clock.now = MONDAY
    saturday.counter.session.day.look()  # what the timer does every ten seconds
    assert COVER in saturday.figures()[2]
    assert "请核对。" in saturday.text("message_strip")


def test_a_household_is_worked_anew_member_by_member(saturday: CounterWindow) -> None:
    serve(saturday)
    saturday.press("Ctrl+N")
    saturday.type("360103196001150021")
    saturday.press("Return")
    saturday.type("李桂英")
    saturday.clock.now = MONDAY
    saturday.press("F9")
    assert issued(saturday) == 0
    told = saturday.text("message_strip")
    assert "吴建国：" in told
    assert "李桂英：" in told
    saturday.press("F9")
    assert issued(saturday) == 2


def test_a_preview_shows_todays_answer(saturday: CounterWindow, qtbot: QtBot) -> None:
    serve(saturday)
    saturday.clock.now = MONDAY
    with qtbot.waitSignal(saturday.counter.session.issuing.previewed) as previewed:
        saturday.press("Ctrl+P")
    benefits = previewed.args[0].benefits
    assert str(benefits.payment_date) == "2026-03-02"
    assert str(benefits.cover.start) == COVER


def test_behind_a_covered_screen_nothing_is_shown_and_all_is_told_after_it(
    saturday: CounterWindow,
) -> None:
    serve(saturday)
    saturday.press("F12")
    saturday.press("Ctrl+L")
    saturday.clock.now = MONDAY
    saturday.counter.session.day.look()
    resident = child(saturday.shell, QWidget, "resident_screen")
    assert "吴建国" not in child(resident, QLabel, "resident_who").text()
    saturday.press("Return")
    assert saturday.counter.window.covered_by == ""
    assert "今天已是 2026-03-02" in saturday.text("message_strip")
    assert COVER in saturday.figures()[2]
    assert "2026-06-02" in child(resident, QLabel, "resident_cover_value").text()


def test_coming_back_to_the_window_looks_at_the_day(
    saturday: CounterWindow, qapp: QApplication
) -> None:
    serve(saturday)
    saturday.clock.now = MONDAY
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert COVER in saturday.figures()[2]


def test_an_empty_form_says_nothing_of_the_day(saturday: CounterWindow) -> None:
    before = saturday.text("message_strip")
    saturday.clock.now = MONDAY
    saturday.counter.session.day.look()
    assert saturday.text("message_strip") == before


def test_who_was_issued_on_saturday_keeps_what_was_issued(saturday: CounterWindow) -> None:
    serve(saturday)
    saturday.press("F9")
    assert issued(saturday) == 1
    saturday.clock.now = MONDAY
    saturday.counter.session.issue()
    assert issued(saturday) == 1
    assert "已出单" in saturday.text("message_strip")


def test_a_list_of_saturday_is_worked_anew_and_agreed_to_again(
    qtbot: QtBot, saturday: CounterWindow, tmp_path: Path
) -> None:
    roster = RosterWindow(qtbot, saturday)
    roster.open(write_xlsx(tmp_path / "list.xlsx", people(3)))
    saturday.press("Ctrl+Y")
    assert roster.session.state.phase == AGREED
    saturday.clock.now = MONDAY
    saturday.press("F10")
    roster.wait_for(FOUND)
    assert issued(saturday) == 0
    # It was read again and is no longer being read; nothing is wrong with that.
    told = saturday.text("roster_message")
    assert "今天已是 2026-03-02，名单已重新测算" in told
    shown_by = child(saturday.window, QWidget, "roster_message")
    assert shown_by.property("state") == "plain"
    brought = roster.session.state.brought
    assert brought is not None
    assert str(brought.basis.on) == "2026-03-02"
    saturday.press("Ctrl+Y")
    roster.issue()
    qtbot.waitUntil(lambda: issued(saturday) == 3, timeout=30_000)
    desk = saturday.counter.session.desk
    assert desk is not None
    # One of the three is spared the wait and covered from the day after paying.
    assert {str(row.coverage_start) for row in ledger_page(desk).rows} == {COVER, "2026-03-03"}


def test_a_preview_of_saturday_is_not_left_standing_on_monday(saturday: CounterWindow) -> None:
    serve(saturday)
    saturday.press("Ctrl+P")
    assert shown(saturday.window, PreviewDialog, "notice_preview") is not None
    saturday.clock.now = MONDAY
    saturday.counter.session.day.look()
    assert shown(saturday.window, PreviewDialog, "notice_preview") is None


def test_a_household_put_aside_on_saturday_comes_back_with_what_became_different(
    saturday: CounterWindow,
) -> None:
    serve(saturday)
    saturday.press("Ctrl+H")
    saturday.clock.now = MONDAY
    saturday.press("Ctrl+H")
    told = saturday.text("message_strip")
    assert "已取回暂放的一户。今天已是 2026-03-02" in told
    assert "等待期由无变为 2026-03-02 至 2026-06-01" in told
    assert saturday.typed("name") == "吴建国"


def test_what_was_typed_before_the_program_was_closed_on_saturday_is_told_on_monday(
    saturday: CounterWindow,
) -> None:
    serve(saturday)
    saturday.counter.session.save()
    saturday.clock.now = MONDAY
    with saturday.qtbot.waitSignal(saturday.counter.opened):
        saturday.counter.reopen()
    assert saturday.typed("name") == "吴建国"
    assert COVER in saturday.figures()[2]
    assert "待遇由 2026-03-01 起变为 2026-06-02 起" in saturday.text("message_strip")


def test_who_comes_back_on_the_same_day_is_told_no_day(saturday: CounterWindow) -> None:
    serve(saturday)
    saturday.press("Ctrl+H")
    saturday.clock.move(5)
    saturday.press("Ctrl+H")
    assert saturday.text("message_strip") == "✓ 已取回暂放的一户"
