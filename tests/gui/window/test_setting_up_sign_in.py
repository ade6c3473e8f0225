"""Setting up sign-in throws nothing away, moves no button and goes as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QCheckBox, QPushButton

from medcounter.desk.access import sign_in as access
from medcounter.desk.access.access_records import OPEN
from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.gui.finding import child
from tests.gui.window.test_window_access import (
    BOSS,
    BOSS_SECRET,
    CLERK_NAME,
    CLERK_SECRET,
    begun,
    name_clerks,
    press,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A data folder in which nobody has chosen yet."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def new(qtbot: QtBot, qapp: QApplication, fresh: Path) -> Iterator[CounterWindow]:
    """A window at its first start."""
    dress(qapp)
    window = begun(qtbot, fresh)
    yield window
    window.counter.close()


def press_and_leave(window: CounterWindow, name: str) -> None:
    """Press a button that leads to another page, and let this one go."""
    press(window, name)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_who_goes_back_from_the_recovery_key_loses_neither_people_nor_key(
    new: CounterWindow,
) -> None:
    key = name_clerks(new)
    press_and_leave(new, "recovery_back")
    assert new.counter.window.covered_by == "clerks_page"
    assert (new.typed("clerk_name_2"), new.typed("clerk_again_2")) == (CLERK_NAME, CLERK_SECRET)
    press_and_leave(new, "clerks_back")
    press(new, "choice_locked_button")
    assert (new.typed("clerk_name_1"), new.typed("clerk_secret_1")) == (BOSS, BOSS_SECRET)
    press(new, "clerks_go_on")
    assert new.text("recovery_key") == key


def test_who_looks_at_the_choice_again_can_go_back_and_nothing_changes(
    new: CounterWindow, fresh: Path
) -> None:
    child(new.window, QCheckBox, "choice_read").setChecked(True)
    with new.qtbot.waitSignal(new.counter.opened):
        press(new, "choice_open_button")
    press(new, "access_mark")
    new.qtbot.waitUntil(lambda: new.counter.window.covered_by == "choice_page")
    new.shell.activateWindow()
    with new.qtbot.waitSignal(new.counter.opened):
        new.press("Esc")
    assert access.state(fresh).kind == OPEN
    assert new.focus() == "id_number"


def test_a_message_on_the_page_of_the_recovery_key_moves_no_button(new: CounterWindow) -> None:
    name_clerks(new)
    button = child(new.window, QPushButton, "recovery_print")
    QCoreApplication.processEvents()
    before = button.mapTo(new.window, button.rect().topLeft())
    press(new, "recovery_print")
    new.qtbot.waitUntil(lambda: bool(new.text("recovery_page_said")), timeout=60_000)
    assert button.mapTo(new.window, button.rect().topLeft()) == before


def test_tab_walks_the_clerks_who_are_named_as_they_are_read(new: CounterWindow) -> None:
    press(new, "choice_locked_button")
    walked = [new.focus()]
    for _ in range(7):
        new.press("Tab")
        walked.append(new.focus())
    columns = ("name", "role", "secret", "again")
    # The first is a supervisor, whose role is not chosen.
    first = [f"clerk_{one}_1" for one in columns if one != "role"]
    assert walked[:7] == [*first, *(f"clerk_{one}_2" for one in columns)]
