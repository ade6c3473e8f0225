"""A reader is heard whatever has the focus; slow fingers are never taken for one.

Keys come with the times a window system gives them, so nothing here waits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from medcounter.identity.card import Card
from medcounter.machine.card_bridge import ReaderUnreachableError
from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child
from tests.gui.keyboard import Keyboard
from ui.readers.bridge_watch import BridgeWatch
from ui.readers.burst import LONGEST_GAP, Burst, KeyVerdict

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.counter_window import CounterWindow

WIFE = "360103199003071232"
CARD = f"吴建国|男|汉|19880712|江西省南昌市西湖区桃花路1号|{RESIDENT}|"


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.mark.parametrize("gap", [0, 1, 8, 20, LONGEST_GAP])
def test_a_burst_serves_its_person(window: CounterWindow, keyboard: Keyboard, gap: int) -> None:
    keyboard.read(RESIDENT, gap)
    assert window.typed("id_number") == RESIDENT
    assert window.text("id_number_note").startswith("男 · 36 岁")


def test_keys_that_waited_while_the_program_was_busy_still_belong_to_their_burst(
    qtbot: QtBot, window: CounterWindow, keyboard: Keyboard
) -> None:
    silence = child(window.counter, QTimer, "silence")
    window.tab_to("name")
    keyboard.now += 5000
    keyboard.type(RESIDENT[:3], 8)
    waited = iter((RESIDENT[3:],))
    silence.timeout.connect(lambda: keyboard.type(next(waited, ""), 8))
    with qtbot.waitSignal(silence.timeout):
        assert window.typed("name") == RESIDENT[:1]
    qtbot.waitUntil(lambda: window.typed("id_number") == RESIDENT)
    assert window.typed("name") == ""


def test_keys_that_come_after_the_silence_and_were_pressed_fast_belong_to_their_burst(
    qtbot: QtBot, window: CounterWindow, keyboard: Keyboard
) -> None:
    """On a busy machine keys come late, with the times at which they were pressed."""
    window.tab_to("name")
    keyboard.now += 5000
    keyboard.type(RESIDENT[:5], 8)
    qtbot.waitUntil(lambda: window.typed("name") == RESIDENT[:5])
    keyboard.type(RESIDENT[5:], 8)
    keyboard.press("\r", 8, Qt.Key.Key_Return)
    assert window.typed("id_number") == RESIDENT
    assert window.typed("name") == ""


@pytest.mark.parametrize("field", ["name", "payment_date", "agent", "birth_date", "other_day"])
def test_the_field_with_the_focus_gets_nothing_of_a_burst(
    window: CounterWindow, keyboard: Keyboard, field: str
) -> None:
    window.tab_to(field)
    keyboard.read(RESIDENT)
    assert window.typed("id_number") == RESIDENT
    assert window.typed(field) == ""


def test_what_stands_in_a_field_is_as_it_was_after_a_burst(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    window.tab_to("agent")
    window.type("吴梅")
    keyboard.read(RESIDENT)
    assert window.typed("agent") == "吴梅"


def test_a_burst_over_the_options_chooses_none(window: CounterWindow, keyboard: Keyboard) -> None:
    window.press("Alt+O")
    keyboard.read(RESIDENT)
    assert window.chosen_row() == 0
    assert window.typed("id_number") == RESIDENT


def test_a_burst_in_the_ledger_comes_back_to_the_desk(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    window.press("F3")
    search = QApplication.focusWidget()
    keyboard.read(RESIDENT)
    assert window.is_shown("counter_view")
    assert window.typed("id_number") == RESIDENT
    assert isinstance(search, QLineEdit)
    assert search.text() == ""


def test_a_reader_that_presses_no_enter_is_heard_after_a_silence(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    window.tab_to("agent")
    keyboard.now += 5000
    with window.qtbot.waitSignal(window.counter.session.served):
        keyboard.type(RESIDENT, 8)
    assert (window.typed("id_number"), window.typed("agent")) == (RESIDENT, "")


def test_a_card_with_a_name_fills_the_name(window: CounterWindow, keyboard: Keyboard) -> None:
    keyboard.read(CARD)
    assert (window.typed("id_number"), window.typed("name")) == (RESIDENT, "吴建国")
    assert window.can("issue_button")


@pytest.mark.parametrize("gap", [LONGEST_GAP + 1, 50, 120])
def test_fingers_are_never_taken_for_a_reader(
    window: CounterWindow, keyboard: Keyboard, gap: int
) -> None:
    window.tab_to("agent")
    keyboard.type(RESIDENT, gap)
    assert window.typed("agent") == RESIDENT
    assert window.typed("id_number") == ""


def test_fast_keys_that_are_no_card_arrive_in_order(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    window.tab_to("agent")
    keyboard.now += 5000
    keyboard.type("abc", 10)
    keyboard.type("d", 200)
    assert window.typed("agent") == "abcd"


def test_fast_keys_that_are_no_card_arrive_after_a_silence(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    window.tab_to("agent")
    keyboard.now += 5000
    keyboard.type("12", 10)
    agent = child(window.window, QLineEdit, "agent")
    window.qtbot.waitUntil(lambda: agent.text() == "12")


def test_a_fast_space_ticks_the_chip_it_was_meant_for(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    """Two fingers one after the other: the space bar clicks when it is let go."""
    window.type(RESIDENT)
    window.tab_to("categories_destitute")
    keyboard.now += 5000
    keyboard.type("d", 10)
    chip = QApplication.focusWidget()
    assert isinstance(chip, QPushButton)
    assert not chip.isChecked()
    keyboard.press(" ", 12, Qt.Key.Key_Space)
    window.qtbot.waitUntil(chip.isChecked)


def test_a_number_with_a_wrong_check_digit_is_no_card_and_stays_typed(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    wrong = RESIDENT[:-1] + "0"
    keyboard.now += 5000
    keyboard.type(wrong, 8)
    keyboard.press("\r", 300, Qt.Key.Key_Return)
    assert window.typed("id_number") == wrong
    assert window.state("id_number") == "invalid"


def test_a_second_card_joins_the_household_and_ctrl_z_sends_it_away(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    keyboard.read(CARD)
    keyboard.read(CARD.replace(RESIDENT, WIFE).replace("吴建国", "吴梅"))
    assert window.typed("name") == "吴梅"
    assert "共 2 人" in window.text("message_strip")
    assert "合计 ¥800.00" in window.text("household_total")
    window.press("Ctrl+Z")
    assert window.typed("name") == "吴建国"
    assert not window.is_shown("member_strip")


def test_a_card_read_twice_turns_to_its_member(window: CounterWindow, keyboard: Keyboard) -> None:
    keyboard.read(CARD)
    keyboard.read(CARD.replace(RESIDENT, WIFE).replace("吴建国", "吴梅"))
    keyboard.read(CARD)
    assert window.typed("name") == "吴建国"
    assert "已在本户" in window.text("message_strip")
    assert len(window.counter.session.household.members) == 2


def test_a_card_after_an_issue_begins_with_somebody_else(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    keyboard.read(CARD)
    window.press("F9")
    keyboard.read(CARD.replace(RESIDENT, WIFE).replace("吴建国", "吴梅"))
    assert [draft.name for draft in window.counter.session.household.members] == ["吴梅"]


def test_a_desk_without_a_reader_hears_none(window: CounterWindow, keyboard: Keyboard) -> None:
    desk = window.counter.session.desk
    assert desk is not None
    window.counter._readers.follow(replace(desk.settings, card_reader=False))  # noqa: SLF001 - the settings' way is another test's
    window.tab_to("agent")
    keyboard.read(RESIDENT)
    assert window.typed("agent") == RESIDENT


def test_a_key_without_a_time_is_never_a_readers() -> None:
    burst = Burst()
    for sign in RESIDENT:
        burst, verdict = burst.key(sign, 0)
        assert verdict is KeyVerdict.PASS
    assert burst.text == ""


class Reader:
    """A bridge that gives what it is told, one answer after the other."""

    def __init__(self, *answers: Card | Exception | None) -> None:
        self.answers = list(answers)

    def card(self) -> Card | None:
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_card_on_a_bridge_is_told_once_while_it_lies_there(qtbot: QtBot) -> None:
    first, second = Card(RESIDENT, "吴建国"), Card(WIFE, "吴梅")
    watch = BridgeWatch(Reader(first, first, first, second, None, second))
    heard: list[Card] = []
    watch.read.connect(heard.append)
    watch.start()
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=10_000)
    watch.stop()
    assert heard == [first, second, second]


def test_a_bridge_that_cannot_be_asked_says_so(qtbot: QtBot) -> None:
    watch = BridgeWatch(Reader(ReaderUnreachableError()))
    with qtbot.waitSignal(watch.failed) as told:
        watch.start()
    watch.stop()
    assert "读卡器" in told.args[0]


def test_a_bridge_that_fails_as_nobody_foresaw_is_told_and_asked_again(qtbot: QtBot) -> None:
    watch = BridgeWatch(Reader(RecursionError(), Card(RESIDENT, "吴建国")))
    with qtbot.waitSignals([watch.failed, watch.read], timeout=10_000, order="strict"):
        watch.start()
    watch.stop()


def test_a_burst_outlives_the_field_that_its_first_key_went_to(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    field = QLineEdit(window.window)
    field.show()
    field.setFocus()
    keyboard.now += 5000
    keyboard.type(RESIDENT[:3], 8)
    shiboken6.delete(field)
    child(window.window, QLineEdit, "agent").setFocus()
    keyboard.type(RESIDENT[3:], 8)
    keyboard.press("\r", 8, Qt.Key.Key_Return)
    assert (window.typed("id_number"), window.typed("agent")) == (RESIDENT, "")


def test_behind_a_covered_screen_nobody_is_served(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    page = QLineEdit()
    page.setObjectName("lock_page")
    window.counter.window.cover(page)
    page.setFocus()
    keyboard.read(CARD)
    assert window.counter.session.household.current.name == ""
    assert page.text() == ""


def test_a_card_behind_a_dialog_serves_nobody_and_says_what_to_do(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    dialog = QDialog(window.shell)
    field = QLineEdit(dialog)
    dialog.open()
    field.setFocus()
    keyboard.read(CARD)
    assert window.counter.session.household.current.name == ""
    assert field.text() == ""
    assert "再刷一次" in window.text("message_strip")


def test_the_enter_of_a_misread_card_lifts_no_cover(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    window.type(RESIDENT)
    window.press("Ctrl+L")
    keyboard.read(RESIDENT[:-1] + "0")
    assert window.counter.window.covered_by == "covered_page"


def test_a_card_behind_a_cover_shows_residents_nobody(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    keyboard.read(CARD)
    window.press("F12", "Ctrl+L")
    keyboard.read(CARD)
    screen = child(window.shell, QWidget, "resident_screen")
    assert child(screen, QLabel, "resident_who").text() == ""
    window.press("Return")
    assert "吴建国" in child(screen, QLabel, "resident_who").text()


def test_whatever_is_worked_out_behind_a_cover_shows_residents_nobody(
    window: CounterWindow, keyboard: Keyboard
) -> None:
    keyboard.read(CARD)
    window.press("F12", "Ctrl+L")
    window.counter.session.work_anew()
    screen = child(window.shell, QWidget, "resident_screen")
    assert child(screen, QLabel, "resident_who").text() == ""
