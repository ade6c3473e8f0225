"""What lies in memory only is asked about before a window is built anew or its desk left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QMessageBox, QPushButton

from medcounter.desk.safety.alerts import OPEN_WAITING
from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child, shown
from tests.gui.views.studio.test_studio_view import AMOUNT, begin, open_amount
from tests.gui.views.test_roster import RosterWindow
from tests.gui.views.test_roster_question import ordinary
from tests.support.desk.counter_samples import ledger_page
from tests.support.roster.roster_samples import write_xlsx
from ui.papers.stack_papers import StackPapers
from ui.views.studio.history_dialog import HistoryDialog

if TYPE_CHECKING:
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from tests.gui.counter_window import CounterWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def desk_of(window: CounterWindow) -> Desk:
    """The open desk."""
    desk = window.counter.session.desk
    assert desk is not None
    return desk


def save_larger(window: CounterWindow) -> None:
    """Save a larger font in the settings, by keys."""
    window.press("Ctrl+5")
    window.tab_to("setting_scale")
    window.press(*["Down"] * 3)
    # Once, in a long run on a loaded machine, 100 stayed: this tells which half was lost.
    chosen = child(window.window, QComboBox, "setting_scale").currentText()
    assert (chosen, window.can("settings_save_button")) == ("150%", True), window.focus()
    window.press("Ctrl+S")
    assert desk_of(window).settings.scale == 150, window.text("settings_kept")


def question(window: CounterWindow) -> QMessageBox:
    """The question before something is given up."""
    box = shown(window.window, QMessageBox, "before_leaving")
    assert box is not None
    return box


def answer(box: QMessageBox, words: str) -> None:
    """Press the button of these words."""
    buttons: list[QPushButton] = list(box.findChildren(QPushButton))
    next(one for one in buttons if words in one.text()).click()


def open_unread(window: CounterWindow) -> None:
    """Open a draft and leave a field in it that cannot be read."""
    begin(window)
    open_amount(window)
    window.type("4x0")


def test_a_larger_font_asks_before_it_gives_up_what_a_draft_has_not_kept(
    window: CounterWindow,
) -> None:
    open_unread(window)
    before = window.window
    save_larger(window)
    box = question(window)
    assert "规则草稿里有 1 处写的还读不懂，没有存" in box.text()
    assert "换字号" in box.text()
    answer(box, "留下")
    window.press("Ctrl+7")
    assert window.window is before
    assert window.typed(AMOUNT) == "4x0"


def test_who_agrees_gets_the_larger_font_and_the_draft_is_given_back(
    window: CounterWindow,
) -> None:
    open_unread(window)
    before = window.window
    save_larger(window)
    answer(question(window), "离开")
    window.qtbot.waitUntil(lambda: window.window is not before, timeout=20_000)
    (line,) = desk_of(window).authoring.listed()
    assert line.holder == ""


def test_a_draft_with_nothing_unread_is_given_back_without_a_question(
    window: CounterWindow,
) -> None:
    begin(window)
    before = window.window
    save_larger(window)
    window.qtbot.waitUntil(lambda: window.window is not before, timeout=20_000)
    assert [line.holder for line in desk_of(window).authoring.listed()] == [""]
    window.press("Ctrl+7")
    assert window.is_shown("studio_start_card")


def issue_and_print(window: CounterWindow) -> None:
    """Issue one notice, and let the ledger begin to print it."""
    window.type(RESIDENT)
    window.press("Return")
    window.type("王丽")
    window.press("Return", "F9", "Esc", "Ctrl+2")
    desk = desk_of(window)
    (row,) = ledger_page(desk).rows
    issued = desk.notices.find(row.number)
    stacks: list[StackPapers] = list(window.window.findChildren(StackPapers))
    stacks[0].print_all((issued,), "no printer of this name")


def test_a_larger_font_asks_while_the_ledger_still_prints(window: CounterWindow) -> None:
    issue_and_print(window)
    desk = desk_of(window)
    desk.save_settings(replace(desk.settings, scale=150), window.clock())
    window.counter._on_views_settings_saved()  # noqa: SLF001 - what saving in the settings view does
    assert "一批通知单还没有打完" in question(window).text()


def test_the_x_of_the_window_asks_while_the_ledger_still_prints(window: CounterWindow) -> None:
    issue_and_print(window)
    window.shell.close()
    box = question(window)
    assert "一批通知单还没有打完" in box.text()
    assert "现在关闭程序" in box.text()
    answer(box, "留下")
    assert window.shell.isVisible()
    assert window.counter.session.desk is not None
    window.shell.close()
    answer(question(window), "离开")
    assert not window.shell.isVisible()
    assert window.counter.session.desk is None


def test_the_x_of_the_window_asks_for_a_list_until_everybody_on_it_has_a_notice(
    window: CounterWindow, tmp_path: Path
) -> None:
    view = RosterWindow(window.qtbot, window)
    view.open(write_xlsx(tmp_path / "list.xlsx", ordinary(2)))
    window.shell.close()
    box = question(window)
    assert "名单还开着" in box.text()
    answer(box, "留下")
    view.session.ask("agree")
    view.issue()
    view.close_box()
    window.shell.close()
    assert not window.shell.isVisible()
    assert window.counter.session.desk is None


def test_the_x_of_the_window_asks_nothing_while_nothing_is_held(window: CounterWindow) -> None:
    window.press("Ctrl+2")
    window.shell.close()
    assert not window.shell.isVisible()
    assert window.counter.session.desk is None


def test_an_open_list_does_not_hide_what_a_draft_has_not_kept(
    window: CounterWindow, tmp_path: Path
) -> None:
    view = RosterWindow(window.qtbot, window)
    view.open(write_xlsx(tmp_path / "list.xlsx", ordinary(2)))
    open_unread(window)
    window.press("Ctrl+F12")
    text = question(window).text()
    assert "名单还开着" in text
    assert "规则草稿里有 1 处写的还读不懂，没有存" in text


def test_settings_typed_and_not_saved_stay_on_other_pages_and_are_asked_for_at_the_end(
    window: CounterWindow,
) -> None:
    window.press("Ctrl+5")
    window.tab_to("setting_hall")
    window.type("东街")
    typed = window.typed("setting_hall")
    window.press("Ctrl+1", "Ctrl+2", "Ctrl+5")
    assert window.typed("setting_hall") == typed
    window.shell.close()
    box = question(window)
    assert "设置里的改动还没有保存" in box.text()
    answer(box, "留下")
    window.press("Ctrl+S")
    window.shell.close()
    assert not window.shell.isVisible()


def test_esc_asks_before_it_drops_what_could_not_be_read(window: CounterWindow) -> None:
    open_unread(window)
    window.press("Esc")
    box = question(window)
    assert "规则草稿里有 1 处写的还读不懂，没有存" in box.text()
    answer(box, "留下")
    window.shell.activateWindow()
    assert window.typed(AMOUNT) == "4x0"
    window.press("Esc")
    answer(question(window), "离开")
    window.qtbot.waitUntil(lambda: window.is_shown("studio_start_card"))


def test_the_draft_that_waits_is_not_opened_over_what_could_not_be_read(
    window: CounterWindow,
) -> None:
    open_unread(window)
    window.counter.window.act(OPEN_WAITING)
    answer(question(window), "留下")
    assert window.typed(AMOUNT) == "4x0"


def test_what_needs_a_draft_says_so_in_the_list_of_drafts(window: CounterWindow) -> None:
    window.press("Ctrl+7")
    assert window.is_shown("studio_start_card")
    window.counter.window.act("history")
    assert shown(window.window, HistoryDialog, "studio_history_dialog") is None
    assert "先打开一份草稿" in window.text("studio_start_message")
