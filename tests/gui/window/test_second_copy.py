"""A second copy of the program: it calls the first, and leaves only when that one came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from tests.gui.counter_window import CounterWindow
from tests.gui.finding import child
from tests.support.desk.counter_samples import Clock
from ui.startup.second_copy import FrontCall

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


def test_a_second_copy_brings_the_first_to_the_front_and_leaves(
    window: CounterWindow, hall_folder: Path
) -> None:
    window.shell.showMinimized()
    second = CounterWindow(window.qtbot, hall_folder, Clock())
    with window.qtbot.waitSignal(second.counter.left_for_another):
        second.counter.begin()
    assert not window.shell.isMinimized()
    second.counter.close()


def test_a_call_that_was_never_heard_ends_no_program_whose_desk_opened_meanwhile(
    window: CounterWindow, hall_folder: Path
) -> None:
    window.counter._opener.leave()  # noqa: SLF001 - as a copy that hangs
    second = CounterWindow(window.qtbot, hall_folder, Clock())
    with window.qtbot.waitSignal(second.counter.refused, timeout=10_000):
        second.counter.begin()
    left: list[bool] = []
    second.counter.left_for_another.connect(lambda: left.append(True))
    retry = child(second.window, QPushButton, "retry_button")
    retry.click()
    window.counter.close()
    with window.qtbot.waitSignal(second.counter.opened):
        retry.click()
    window.qtbot.wait(200)
    assert left == []
    second.counter.close()


def test_a_call_given_up_does_not_answer_another(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    first, second = FrontCall(tmp_path, owner), FrontCall(tmp_path, owner)
    answered: list[bool] = []
    second.answered.connect(lambda: answered.append(True))
    first.start()
    second.start()
    with qtbot.waitSignals([first.unanswered, second.unanswered], timeout=10_000):
        pass
    assert answered == []
