"""The hall's own key is made in the window, at the first set-up or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.gui.finding import child
from tests.gui.window.test_window_access import BOSS, begun, name_clerks, press, write
from ui.dialogs.hall_dialog import HallDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def new(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A window at its first start, in a data folder in which nobody has chosen yet."""
    dress(qapp)
    (tmp_path / "settings.json").write_text(SETTINGS, encoding="utf-8")
    window = begun(qtbot, tmp_path)
    yield window
    window.counter.close()


def test_the_first_set_up_makes_the_halls_own_key_and_says_its_six_words(
    new: CounterWindow,
) -> None:
    key = name_clerks(new)
    assert child(new.window, QCheckBox, "recovery_hall").isChecked()
    write(new, "recovery_typed", key)
    with new.qtbot.waitSignal(new.counter.opened, timeout=20_000):
        press(new, "recovery_finish")
    press(new, "access_mark")
    press(new, "clerks_hall")
    dialog = child(new.window, HallDialog, "hall_dialog")
    words = child(dialog, QLabel, "hall_words").text().split()
    assert len(words) == 6
    assert " ".join(words) in new.text("alert_text")
    assert BOSS in child(dialog, QLabel, "hall_people").text()
    assert not child(dialog, QPushButton, "hall_make").isVisible()


def test_the_halls_key_is_made_later_by_a_supervisor_with_the_recovery_key(
    new: CounterWindow,
) -> None:
    key = name_clerks(new)
    child(new.window, QCheckBox, "recovery_hall").setChecked(False)
    write(new, "recovery_typed", key)
    with new.qtbot.waitSignal(new.counter.opened, timeout=20_000):
        press(new, "recovery_finish")
    press(new, "access_mark")
    press(new, "clerks_hall")
    dialog = child(new.window, HallDialog, "hall_dialog")
    make = child(dialog, QPushButton, "hall_make")
    assert not make.isEnabled()
    groups = key.split()
    write(new, "hall_recovery", " ".join([*groups[:-1], groups[0]]))
    make.click()
    assert child(dialog, QLabel, "hall_words").text() == ""
    assert child(dialog, QLabel, "hall_said").isVisible()
    write(new, "hall_recovery", key)
    make.click()
    assert len(child(dialog, QLabel, "hall_words").text().split()) == 6
