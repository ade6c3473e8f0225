"""What works for the dialog of clerks goes with it, or with the page that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.signed_in import open_as, signed_folder
from tests.support.desk.counter_samples import Clock
from tests.support.store.access_samples import ZHAO
from ui.access.clerks_flow import ClerksFlow
from ui.dialogs.clerks_dialog import ClerksDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A window in which the supervisor signed in."""
    dress(qapp)
    made = CounterWindow(qtbot, signed_folder(tmp_path / "hall"), Clock())
    open_as(made, ZHAO)
    yield made
    made.counter.close()


def open_clerks(window: CounterWindow) -> ClerksDialog:
    """Open the dialog of clerks."""
    child(window.window, QPushButton, "access_mark").click()
    dialog = shown(window.window, ClerksDialog, "clerks_dialog")
    assert dialog is not None
    return dialog


def flows(window: CounterWindow) -> list[ClerksFlow]:
    """What still works for a dialog of clerks."""
    return list(window.window.findChildren(ClerksFlow))


def test_a_closed_dialog_of_clerks_leaves_nothing_behind(window: CounterWindow) -> None:
    for _ in range(2):
        open_clerks(window).reject()
    window.qtbot.waitUntil(lambda: flows(window) == [])


def test_the_page_of_another_recovery_key_still_works_and_leaves_nothing(
    window: CounterWindow,
) -> None:
    child(open_clerks(window), QPushButton, "clerks_recovery").click()
    window.qtbot.wait(50)
    key = child(window.window, QLabel, "recovery_key").text()
    child(window.window, QLineEdit, "recovery_typed").setText(key)
    child(window.window, QPushButton, "recovery_finish").click()
    assert window.counter.window.covered_by == ""
    window.qtbot.waitUntil(lambda: flows(window) == [])
