"""What opens by itself waits until what it belongs to is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from tests.gui.finding import shown
from tests.gui.views.test_roster import RosterWindow
from tests.support.roster.roster_samples import HEADINGS, people, write_xlsx
from ui.messages import Message
from ui.views.roster.columns_dialog import ColumnsDialog
from ui.views.roster.roster_state import AGREED, ASKED, EMPTY, ISSUING

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.counter_window import CounterWindow

_MANY = 30


def _begin_to_issue(qtbot: QtBot, window: CounterWindow, folder: Path) -> RosterWindow:
    roster = RosterWindow(qtbot, window)
    roster.open(write_xlsx(folder / "list.xlsx", people(_MANY)))
    window.press("Ctrl+Y", "F10")
    roster.wait_for(ASKED)
    roster.session.ask("confirm")
    assert roster.session.state.phase == ISSUING
    return roster


def _papers(window: CounterWindow) -> QMessageBox | None:
    QTest.qWait(20)
    return shown(window.window, QMessageBox, "roster_papers")


def test_a_list_issued_behind_a_locked_screen_asks_for_its_papers_when_its_view_is_seen(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    roster = _begin_to_issue(qtbot, window, tmp_path)
    window.press("Ctrl+L")
    assert window.counter.window.covered_by == "covered_page"
    roster.wait_for(AGREED)
    assert _papers(window) is None
    window.press("Return")
    assert window.counter.window.covered_by == ""
    assert _papers(window) is None
    assert "“名单”里有事要您看" in window.text("message_strip")
    window.press("Ctrl+3")
    assert _papers(window) is not None


def test_a_list_issued_while_somebody_types_at_the_counter_opens_nothing_there(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    roster = _begin_to_issue(qtbot, window, tmp_path)
    window.press("F2")
    roster.wait_for(AGREED)
    assert _papers(window) is None
    assert "“名单”里有事要您看" in window.text("message_strip")
    window.press("Ctrl+3")
    assert _papers(window) is not None


def test_the_papers_of_a_list_wait_in_a_window_built_anew(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    roster = _begin_to_issue(qtbot, window, tmp_path)
    window.press("F2")
    roster.wait_for(AGREED)
    window.counter._rebuild("view_counter")  # noqa: SLF001 - else a size must be saved
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "“名单”里有事要您看" in window.text("message_strip")
    window.press("Ctrl+3")
    assert _papers(window) is not None


def test_columns_are_asked_about_once_the_list_is_seen_again(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    own = {"姓名": "谁", "公民身份号码": "号"}
    headings = tuple(own.get(one, one) for one in HEADINGS)
    roster = RosterWindow(qtbot, window)
    path = write_xlsx(tmp_path / "list.xlsx", people(3), headings)
    roster.session.ask("open", str(path))
    window.press("Ctrl+L")
    roster.wait_for(EMPTY)
    QTest.qWait(20)
    assert shown(window.window, ColumnsDialog, "columns_dialog") is None
    window.press("Return", "Ctrl+3")
    QTest.qWait(20)
    assert shown(window.window, ColumnsDialog, "columns_dialog") is not None


def test_an_enter_meant_for_something_else_prints_no_list(
    qtbot: QtBot, window: CounterWindow, tmp_path: Path
) -> None:
    roster = _begin_to_issue(qtbot, window, tmp_path)
    roster.wait_for(AGREED)
    box = _papers(window)
    assert box is not None
    default = box.defaultButton()
    assert default is not None
    assert box.buttonRole(default) == QMessageBox.ButtonRole.RejectRole


def test_what_came_of_an_act_is_seen_in_whatever_view_is_in_front(window: CounterWindow) -> None:
    window.press("Ctrl+6")
    window.counter.window.show_message(Message("good", "已备份到“E:”并核对"))
    assert window.is_shown("window_message")
    assert window.text("window_message") == "✓ 已备份到“E:”并核对"
    window.press("Ctrl+1")
    assert not window.is_shown("window_message")
    window.counter.window.show_message(Message("good", "已备份"))
    assert not window.is_shown("window_message"), "the strip of the counter shows it"
