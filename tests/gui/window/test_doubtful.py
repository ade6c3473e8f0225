"""What is doubtful is asked in one strip, answered by one key or one click.

The right values are of the rules of Jiangxi as they ship: at the end of November
2026 a payment for 2026 brings no cover, and 2027 has no rules.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.gui.counter_window import RESIDENT, SMALL, CounterWindow, dress
from tests.gui.finding import child
from tests.support.desk.counter_samples import BEIJING, Clock, ledger_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from medcounter.desk.desk import Desk

LATE = datetime(2026, 11, 29, 9, 0, tzinfo=BEIJING)
NEXT_DAY = datetime(2026, 11, 30, 9, 0, tzinfo=BEIJING)
BAR = "question_bar"
# Asks in a window and dies with the question open.
ASKED_AND_KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.counter import Counter
from ui.surroundings import Surroundings
from ui.frame.shell import Shell
from tests.support.desk.counter_samples import Clock
from tests.gui.window.test_doubtful import LATE, RESIDENT
from tests.support.store.store_samples import demo_roots

application = QApplication([])
shell = Shell()
counter = Counter(shell, Path(sys.argv[1]), Surroundings(clock=Clock(LATE), roots=demo_roots()))

def ask_and_die():
    session = counter.session
    session.edit("benefit_year", 2026)
    session.edit("id_number", RESIDENT)
    session.edit("name", "吴建国")
    session.save()
    session.issuing.questioned.connect(lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    session.issue()

counter.opened.connect(lambda: QTimer.singleShot(0, ask_and_die))
shell.show()
counter.begin()
application.exec()
"""


@pytest.fixture
def late(qtbot: QtBot, qapp: QApplication, hall_folder: Path) -> Iterator[CounterWindow]:
    """A counter in Jiangxi when the season of 2026 is long over, on a small screen."""
    dress(qapp)
    shown = CounterWindow(qtbot, hall_folder, Clock(LATE), SMALL)
    shown.open()
    yield shown
    shown.counter.close(with_backup=False)


def desk_of(window: CounterWindow) -> Desk:
    desk = window.counter.session.desk
    assert desk is not None
    return desk


def issued(window: CounterWindow) -> int:
    return ledger_page(desk_of(window)).total


def serve(window: CounterWindow, number: str = RESIDENT, name: str = "吴建国") -> None:
    session = window.counter.session
    if session.household.current.benefit_year == 2027:
        # The year in season has no rules: nothing of it could be issued.
        session.edit("benefit_year", 2026)
    window.type(number)
    window.press("Return")
    window.type(name)


def click(window: CounterWindow, name: str) -> None:
    QTest.mouseClick(child(window.window, QPushButton, name), Qt.MouseButton.LeftButton)


def test_one_strip_names_the_reasons_and_one_further_key_issues(late: CounterWindow) -> None:
    serve(late)
    late.press("F9")
    assert issued(late) == 0
    told = late.text("question_text")
    assert "2026-11-29 缴费，2026 年度没有待遇" in told
    assert "2027 年度的规则这台电脑上还没有" in told
    assert "Ctrl+F9" in late.text("message_strip")
    late.press("Ctrl+F9")
    assert issued(late) == 1
    assert not late.is_shown(BAR)
    (row,) = ledger_page(desk_of(late)).rows
    assert desk_of(late).notices.find(row.number).standing.acknowledged == (
        "no-cover",
        "season-over",
    )


def test_the_mouse_issues_and_the_mouse_leaves_it(late: CounterWindow) -> None:
    serve(late)
    click(late, "issue_button")
    click(late, "question_no")
    assert (issued(late), late.is_shown(BAR)) == (0, False)
    assert "可以出单" in late.text("message_strip")
    click(late, "issue_button")
    click(late, "question_yes")
    assert issued(late) == 1


def test_the_same_key_again_only_asks_again(late: CounterWindow) -> None:
    serve(late)
    late.press("F9", "F9", "F9")
    assert issued(late) == 0
    assert late.is_shown(BAR)


def test_escape_leaves_the_question_and_what_was_typed_stays(late: CounterWindow) -> None:
    serve(late)
    late.press("F9", "Esc")
    assert (issued(late), late.is_shown(BAR)) == (0, False)
    assert late.typed("name") == "吴建国"
    late.press("Ctrl+F9")
    assert issued(late) == 0
    assert "没有要确认的" in late.text("message_strip")


def test_whatever_is_typed_withdraws_the_question(late: CounterWindow) -> None:
    serve(late)
    late.press("F9")
    late.type("军")
    assert not late.is_shown(BAR)
    late.press("Ctrl+F9")
    assert issued(late) == 0


def test_a_card_laid_down_answers_no_question(late: CounterWindow) -> None:
    serve(late)
    late.press("F9")
    late.press("Return", "Return")
    assert issued(late) == 0


def test_a_question_open_at_midnight_is_asked_anew(late: CounterWindow) -> None:
    serve(late)
    late.press("F9")
    late.clock.now = NEXT_DAY
    late.press("Ctrl+F9")
    assert issued(late) == 0
    assert "2026-11-30 缴费，2026 年度没有待遇" in late.text("question_text")
    assert "今天已是 2026-11-30" in late.text("message_strip")
    late.press("Ctrl+F9")
    assert issued(late) == 1


def test_a_question_open_behind_a_covered_screen_stands_there_after_it(
    late: CounterWindow,
) -> None:
    serve(late)
    late.press("F9", "Ctrl+L")
    late.press("Ctrl+F9")
    assert issued(late) == 0
    late.press("Return")
    assert late.is_shown(BAR)
    late.press("Ctrl+F9")
    assert issued(late) == 1


def test_a_question_is_not_answered_from_another_view(late: CounterWindow) -> None:
    serve(late)
    late.press("F9", "F3", "Ctrl+F9")
    assert issued(late) == 0
    assert late.is_shown(BAR)
    late.press("Ctrl+F9")
    assert issued(late) == 1


def test_a_kill_between_question_and_answer_leaves_the_draft_and_no_number(
    qtbot: QtBot, qapp: QApplication, hall_folder: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", ASKED_AND_KILLED, str(hall_folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    dress(qapp)
    again = CounterWindow(qtbot, hall_folder, Clock(LATE))
    again.open()
    assert issued(again) == 0
    assert again.typed("name") == "吴建国"
    assert not again.is_shown(BAR)
    again.press("Ctrl+F9")
    assert issued(again) == 0
    again.press("F9", "Ctrl+F9")
    assert [row.number for row in ledger_page(desk_of(again)).rows] == ["2026-03-000001"]
    again.counter.close()


def test_of_a_household_each_reason_is_named_and_one_key_issues_all(late: CounterWindow) -> None:
    serve(late)
    late.press("Ctrl+N")
    serve(late, "360103196001150021", "李桂英")
    late.press("F9")
    assert issued(late) == 0
    told = late.text("question_text")
    assert "吴建国：" in told
    assert "李桂英：" in told
    late.press("Ctrl+F9")
    assert issued(late) == 2


def test_the_same_resident_again_is_asked_about_by_number_and_day(window: CounterWindow) -> None:
    serve(window)
    window.press("F9", "Esc", "F2")
    assert issued(window) == 1
    window.type(RESIDENT)
    window.press("Return", "F9")
    assert issued(window) == 1
    assert "2025-03-000001（2025-03-05，同样是 400.00 元）" in window.text("question_text")
    window.press("Ctrl+F9")
    assert issued(window) == 2


def test_what_was_seen_stands_beside_the_notice_in_the_ledger(late: CounterWindow) -> None:
    serve(late)
    late.press("F9", "Ctrl+F9", "Esc", "F3")
    told = late.text("detail_link")
    assert told == "出单前看清过：缴了也没有待遇、下一年度的规则还没有"


def test_a_name_that_cannot_be_printed_is_asked_about_before_the_number(
    window: CounterWindow,
) -> None:
    serve(window, name="吴\U0010fffd")
    window.press("F9")
    assert issued(window) == 0
    assert "U+10FFFD" in window.text("question_text")


def test_who_issues_is_asked_in_place_before_the_first_number_of_the_day(
    window: CounterWindow,
) -> None:
    desk = desk_of(window)
    desk.save_settings(replace(desk.settings, hall="", clerk=""), window.clock())
    serve(window)
    window.press("F9")
    assert (issued(window), window.focus()) == (0, "question_hall")
    window.type("临川区便民中心")
    window.press("Return")
    assert window.focus() == "question_clerk"
    window.type("王丽")
    window.press("Return")
    (row,) = ledger_page(desk).rows
    office = desk.notices.find(row.number).notice.office
    assert (office.hall, office.clerk) == ("临川区便民中心", "王丽")
    assert desk.notices.find(row.number).standing.acknowledged == ()
    assert (desk.settings.hall, desk.settings.clerk) == ("临川区便民中心", "王丽")


def test_who_does_not_say_who_issues_is_asked_once_that_day(window: CounterWindow) -> None:
    desk = desk_of(window)
    desk.save_settings(replace(desk.settings, hall=""), window.clock())
    serve(window)
    window.press("F9")
    assert not child(window.window, QLineEdit, "question_clerk").isVisible()
    window.press("Ctrl+F9")
    assert issued(window) == 1
    window.press("Esc", "F2")
    serve(window, "360103196001150021", "李桂英")
    window.press("F9")
    assert issued(window) == 2


def test_settings_opened_before_keep_what_the_question_was_told(window: CounterWindow) -> None:
    desk = desk_of(window)
    desk.save_settings(replace(desk.settings, hall=""), window.clock())
    window.press("Ctrl+5", "Ctrl+1")
    serve(window)
    window.press("F9")
    window.type("临川区便民中心")
    window.press("Return", "Esc")
    window.press("Ctrl+5", "Ctrl+S")
    assert desk.settings.hall == "临川区便民中心"
