"""The void dialog: a reason is asked for and told, nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from medcounter.wording.void_reasons import USUAL_REASONS
from tests.gui.finding import child
from tests.support.desk.counter_samples import Counter
from ui.demo.typist import Typist
from ui.views.ledger.void_dialog import (
    LONGEST_REASON,
    ReasonDialog,
    VoidDialog,
    Voiding,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the dialog lies over."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(qtbot: QtBot, counter: Counter, window: QWidget) -> VoidDialog:
    """The open dialog about the first notice, for 吴建国."""
    dialog = VoidDialog(counter.issue("吴建国"), window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def reason_of(dialog: ReasonDialog) -> str:
    return child(dialog, QLineEdit, "void_reason").text()


def test_it_names_the_notice_the_person_and_what_voiding_means(dialog: VoidDialog) -> None:
    assert "2025-03-000001" in child(dialog, QLabel, "void_title").text()
    assert "吴建国" in child(dialog, QLabel, "void_about").text()
    assert "不能再打印" in child(dialog, QLabel, "void_effect").text()


def test_without_a_reason_nothing_can_be_confirmed(qtbot: QtBot, dialog: VoidDialog) -> None:
    typist = Typist()
    with qtbot.assertNotEmitted(dialog.confirmed):
        typist.type("   ")
        typist.press("Return")
    assert not child(dialog, QPushButton, "void_confirm").isEnabled()
    assert dialog.isVisible()


def test_enter_tells_the_number_and_the_reason_without_its_outer_spaces(
    qtbot: QtBot, dialog: VoidDialog
) -> None:
    typist = Typist()
    typist.type(" 缴费日期填错 ")
    with qtbot.waitSignal(dialog.confirmed) as confirmed:
        typist.press("Return")
    assert confirmed.args == ["2025-03-000001", "缴费日期填错"]


@pytest.mark.parametrize("digit", range(1, len(USUAL_REASONS) + 1))
def test_a_usual_reason_takes_one_key_and_can_still_be_changed(
    dialog: VoidDialog, digit: int
) -> None:
    typist = Typist()
    typist.press(f"Alt+{digit}")
    assert reason_of(dialog) == USUAL_REASONS[digit - 1]
    typist.type("x")
    assert reason_of(dialog) == f"{USUAL_REASONS[digit - 1]}x"


def test_a_usual_reason_is_confirmed_by_two_keys(qtbot: QtBot, dialog: VoidDialog) -> None:
    typist = Typist()
    with qtbot.waitSignal(dialog.confirmed) as confirmed:
        typist.press("Alt+1", "Return")
    assert confirmed.args[1] == USUAL_REASONS[0]
    assert typist.pressed == 2


def test_escape_tells_nothing_and_closes(qtbot: QtBot, dialog: VoidDialog) -> None:
    told: list[str] = []
    dialog.confirmed.connect(told.append)
    with qtbot.waitSignal(dialog.destroyed):
        Typist().press("Esc")
    assert told == []


def test_a_reason_is_never_longer_than_the_ledger_takes(dialog: VoidDialog) -> None:
    Typist().type("x" * (LONGEST_REASON + 5))
    assert len(reason_of(dialog)) == LONGEST_REASON


def test_a_digit_chooses_only_a_reason_that_is_there(qtbot: QtBot, window: QWidget) -> None:
    asked = Voiding("作废", "2025-03-000001", "作废", "", "", ("填错", "重复"))
    dialog = ReasonDialog(asked, window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert "1 至 2" in child(dialog, QLineEdit, "void_reason").placeholderText()
    Typist().type("3")
    assert reason_of(dialog) == "3"
    Typist().press("Backspace")
    Typist().type("2")
    assert reason_of(dialog) == "重复"
