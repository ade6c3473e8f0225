"""A list is asked about with counts before its first number, stopped, gone on with and voided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QProgressBar, QPushButton

from medcounter.desk.desk import Desk
from medcounter.desk.safety.alerts import OPEN_RESCUE, RETRY
from tests.gui.counter_window import CounterWindow
from tests.gui.finding import child, shown
from tests.gui.views.test_roster import RosterWindow
from tests.support.desk.counter_samples import faults_of, ledger_page
from tests.support.roster.roster_samples import IDENTITY, PAID, UNPAID, people, write_xlsx
from tests.support.store.store_samples import demo_roots
from ui.views.roster.roster_state import AGREED, ASKED, COUNTING, FOUND, ISSUING

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.roster.roster_samples import Cells


def ordinary(count: int) -> list[Cells]:
    """People who pay 400 yuan each and never lapsed."""
    rows = people(count)
    for row in rows:
        row[IDENTITY], row[UNPAID], row[PAID] = "普通居民", "0", ""
    return rows


@pytest.fixture
def roster(qtbot: QtBot, window: CounterWindow, tmp_path: Path) -> RosterWindow:
    """A list of twelve, agreed to; nothing was asked for yet."""
    view = RosterWindow(qtbot, window)
    view.open(write_xlsx(tmp_path / "list.xlsx", ordinary(12)))
    window.press("Ctrl+Y")
    return view


def ask(roster: RosterWindow) -> str:
    """Ask for notices by key and give what is asked back, as read."""
    roster.window.press("F10")
    roster.wait_for(ASKED)
    title = roster.window.text("roster_question_title")
    return f"{title}\n{roster.window.text('roster_question_lines')}"


def stop_after(roster: RosterWindow, count: int) -> None:
    """Agree, and press the button that stops once so many exist."""
    roster.window.press("Ctrl+F10")
    roster.qtbot.waitUntil(lambda: len(roster.session.state.issued) >= count, timeout=30_000)
    assert roster.session.state.phase == ISSUING
    roster.click("roster_stop_button")


def test_one_key_numbers_nobody_and_asks_with_counts(roster: RosterWindow) -> None:
    asked = ask(roster)
    assert "12 张" in asked
    assert "¥4,800.00" in asked
    assert "没有待遇：0 人" in asked
    assert roster.total() == 0
    roster.window.press("F10", "F10")
    assert roster.session.state.phase == ASKED
    assert roster.total() == 0


@pytest.mark.parametrize("by", ["Esc", "roster_decline_button"])
def test_declining_issues_nothing_and_can_be_asked_again(roster: RosterWindow, by: str) -> None:
    ask(roster)
    if by == "Esc":
        roster.window.press(by)
    else:
        roster.click(by)
    assert roster.session.state.phase == AGREED
    assert not roster.window.is_shown("roster_question")
    assert "没有用掉编号" in roster.window.text("roster_message")
    assert roster.total() == 0
    assert "12 张" in ask(roster)


@pytest.mark.parametrize("by", ["Ctrl+F10", "roster_confirm_button"])
def test_one_more_key_or_a_click_issues(roster: RosterWindow, by: str) -> None:
    ask(roster)
    if by == "Ctrl+F10":
        roster.window.press(by)
    else:
        roster.click(by)
    roster.wait_for(AGREED)
    assert roster.total() == 12
    assert "已出单 12 张：2025-03-000001 至 2025-03-000012" in roster.window.text("roster_message")


def test_the_further_key_without_a_question_does_nothing(roster: RosterWindow) -> None:
    roster.window.press("Ctrl+F10", "Return", "Space")
    assert roster.session.state.phase == AGREED
    assert roster.total() == 0


def test_keys_that_a_reader_types_agree_to_nothing(roster: RosterWindow) -> None:
    ask(roster)
    roster.window.type("360103198807121237")
    roster.window.press("Return")
    assert roster.total() == 0


def test_the_question_counts_who_has_no_cover_and_who_was_issued(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    rows = ordinary(9)
    view = RosterWindow(qtbot, window)
    view.open(write_xlsx(tmp_path / "some.xlsx", rows[:2]))
    window.press("Ctrl+Y")
    view.issue()
    view.close_box()
    for row in rows[5:]:
        row[PAID] = "2025-11-20"  # three months of waiting end after the year
    view.open(write_xlsx(tmp_path / "all.xlsx", rows))
    window.press("Ctrl+Y")
    asked = ask(view)
    assert "7 张" in asked
    assert "¥2,800.00" in asked
    assert "没有待遇：4 人" in asked
    assert "2 人本年度已出过同样金额的单，这次不出" in asked
    window.press("Ctrl+F10")
    view.wait_for(AGREED)
    assert view.total() == 9
    desk = window.counter.session.desk
    assert desk is not None
    seen = [desk.notices.find(f"2025-03-{one:06d}").standing.acknowledged for one in range(1, 10)]
    assert seen == [()] * 5 + [("no-cover",)] * 4


def test_a_crash_between_question_and_answer_leaves_an_empty_ledger(roster: RosterWindow) -> None:
    ask(roster)
    roster.window.counter.close()
    desk = Desk.open(roster.window.folder, roster.window.clock(), roots=demo_roots())
    assert ledger_page(desk).total == 0
    desk.close()


def test_a_list_that_is_being_issued_ends_with_the_window(roster: RosterWindow) -> None:
    ask(roster)
    roster.window.press("Ctrl+F10")
    roster.qtbot.waitUntil(lambda: len(roster.session.state.issued) >= 2, timeout=30_000)
    exist = roster.total()
    roster.window.counter.close()
    roster.qtbot.wait(50)
    assert len(roster.session.state.issued) == exist < 12
    desk = Desk.open(roster.window.folder, roster.window.clock(), roots=demo_roots())
    assert ledger_page(desk).total == exist
    desk.close()


def test_a_question_open_at_midnight_is_asked_anew(roster: RosterWindow) -> None:
    ask(roster)
    roster.window.clock.move(24 * 60)
    roster.window.press("Ctrl+F10")
    roster.wait_for(FOUND)
    assert not roster.window.is_shown("roster_question")
    assert "今天已是 2025-03-06" in roster.window.text("roster_message")
    assert roster.total() == 0


def test_issuing_shows_a_bar_and_is_stopped_by_the_mouse(roster: RosterWindow) -> None:
    ask(roster)
    roster.window.press("Ctrl+F10")
    roster.qtbot.waitUntil(lambda: len(roster.session.state.issued) >= 4, timeout=30_000)
    bar = child(roster.panel, QProgressBar, "roster_bar")
    assert bar.isVisible()
    assert (bar.value(), bar.maximum()) == (roster.session.state.done, 12)
    roster.click("roster_stop_button")
    exist = roster.total()
    assert 4 <= exist < 12
    told = roster.window.text("roster_found")
    assert f"出了 {exist} 张，2025-03-000001 至 2025-03-{exist:06d}" in told
    assert f"还有 {12 - exist} 人没有出" in told
    assert not roster.window.is_shown("roster_work")


@pytest.mark.parametrize("count", [0, 2])
def test_escape_stops_counting_and_issuing(roster: RosterWindow, count: int) -> None:
    roster.window.press("F10")
    if count:
        roster.wait_for(ASKED)
        roster.window.press("Ctrl+F10")
        roster.qtbot.waitUntil(lambda: roster.total() >= count, timeout=30_000)
    else:
        assert roster.session.state.phase == COUNTING
    roster.window.press("Esc")
    assert roster.session.state.phase == AGREED
    exist = roster.total()
    roster.qtbot.wait(50)
    assert roster.total() == exist
    assert exist < 12


def test_going_on_after_a_stop_doubles_nobody_and_is_one_run(roster: RosterWindow) -> None:
    ask(roster)
    stop_after(roster, 4)
    exist = roster.total()
    asked = ask(roster)
    assert f"{12 - exist} 张" in asked
    assert f"{exist} 人本年度已出过同样金额的单" in asked
    roster.window.press("Ctrl+F10")
    roster.wait_for(AGREED)
    assert roster.total() == 12
    assert len(roster.session.state.issued) == 12
    desk = roster.window.counter.session.desk
    assert desk is not None
    assert len(desk.register.run_of("2025-03-000001").numbers) == 12


def test_a_list_stopped_one_day_and_agreed_to_the_next_doubles_nobody(
    roster: RosterWindow,
) -> None:
    ask(roster)
    stop_after(roster, 4)
    exist = roster.total()
    roster.window.clock.move(24 * 60)
    roster.window.press("F10")
    roster.wait_for(FOUND)
    roster.window.press("Ctrl+Y")
    asked = ask(roster)
    assert f"{12 - exist} 张" in asked
    roster.window.press("Ctrl+F10")
    roster.wait_for(AGREED)
    assert roster.total() == 12


def test_a_run_is_voided_from_the_ledger_and_the_list_can_be_issued_again(
    roster: RosterWindow,
) -> None:
    window = roster.window
    ask(roster)
    stop_after(roster, 4)
    exist = roster.total()
    window.press("Ctrl+2", "Ctrl+Shift+Delete")
    dialog = window.focused().window()
    assert dialog.objectName() == "void_dialog"
    window.type("1")
    window.press("Return")
    assert f"{exist} 张已作废" in window.text("ledger_message")
    desk = window.counter.session.desk
    assert desk is not None
    assert {row.state for row in ledger_page(desk).rows} == {"void"}
    assert desk.notices.find("2025-03-000001").void_reason == "名单拿错了，或不是最后一版"
    assert faults_of(desk) == ()
    window.press("Ctrl+3")
    asked = ask(roster)
    assert "12 张" in asked
    window.press("Ctrl+F10")
    roster.wait_for(AGREED)
    assert len(roster.session.state.issued) == 12
    assert roster.total() == exist + 12


def test_voiding_a_run_can_be_declined_and_needs_a_reason(roster: RosterWindow) -> None:
    window = roster.window
    roster.issue()
    roster.close_box()
    window.press("Ctrl+2")
    roster.click("ledger_void_run_button")
    dialog = window.focused().window()
    confirm = child(dialog, QPushButton, "void_confirm")
    assert not confirm.isEnabled()
    assert "12 张" in window.text("void_title")
    child(dialog, QLineEdit, "void_reason").setFocus()
    window.press("Esc")
    desk = window.counter.session.desk
    assert desk is not None
    assert {row.state for row in ledger_page(desk).rows} == {"issued"}


def test_a_notice_of_no_list_offers_no_run_to_void(window: CounterWindow) -> None:
    window.type("360103198807121237")
    window.press("Return")
    window.type("王丽")
    window.press("Return", "F9", "Esc", "Ctrl+2")
    assert not window.is_shown("ledger_void_run_button")
    window.press("Ctrl+Shift+Delete")
    assert "不是按名单出的" in window.text("ledger_message")


def test_a_list_that_is_being_issued_goes_on_in_a_window_built_larger(
    roster: RosterWindow,
) -> None:
    ask(roster)
    roster.window.press("Ctrl+F10")
    roster.qtbot.waitUntil(lambda: len(roster.session.state.issued) >= 2, timeout=30_000)
    before, counter = roster.window.window, roster.window.counter
    desk = counter.session.desk
    assert desk is not None
    desk.save_settings(replace(desk.settings, scale=150), roster.window.clock())
    counter._on_views_settings_saved()  # noqa: SLF001 - what saving in the settings view does
    roster.qtbot.waitUntil(lambda: roster.window.window is not before, timeout=30_000)
    roster.wait_for(AGREED)
    assert roster.total() == 12
    # The papers are offered once the list is seen in the new window, and one act still voids all.
    assert not shown(roster.window.window, QMessageBox, "roster_papers")
    roster.window.press("Ctrl+3")
    roster.qtbot.waitUntil(
        lambda: bool(shown(roster.window.window, QMessageBox, "roster_papers")), timeout=5_000
    )
    roster.close_box()
    assert "已出单 12 张" in roster.window.text("roster_message")
    assert roster.count() == 12
    assert len(desk.register.run_of("2025-03-000012").numbers) == 12


def test_closing_waits_for_a_list_that_is_being_read(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    view = RosterWindow(qtbot, window)
    view.session.ask("open", str(write_xlsx(tmp_path / "long.xlsx", ordinary(20_000))))
    window.counter.close()
    pools: list[QThreadPool] = list(view.session.findChildren(QThreadPool))
    assert [pool.activeThreadCount() for pool in pools] == [0]


@pytest.mark.parametrize("act", ["practice", RETRY, OPEN_RESCUE, "set_up_access"])
def test_what_gives_up_an_open_list_is_asked_about_first(roster: RosterWindow, act: str) -> None:
    counter = roster.window.counter
    if act == "practice":
        roster.window.press("Ctrl+F12")
    else:
        counter.window.act(act)
    box = shown(roster.window.window, QMessageBox, "before_leaving")
    assert box is not None
    assert "名单还开着" in box.text()
    desk = counter.session.desk
    box.close()
    QApplication.sendPostedEvents()
    assert roster.session.state.phase == AGREED
    assert counter.session.desk is desk


def test_who_agrees_to_give_up_the_list_goes_on(roster: RosterWindow) -> None:
    roster.window.press("Ctrl+F12")
    box = shown(roster.window.window, QMessageBox, "before_leaving")
    assert box is not None
    with roster.qtbot.waitSignal(roster.window.counter.opened):
        next(one for one in box.buttons() if "离开" in one.text()).click()
    desk = roster.window.counter.session.desk
    assert desk is not None
    assert desk.practice
