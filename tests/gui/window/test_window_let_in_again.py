"""A desk that is closed and opened again lets in who sat there last, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from medcounter.desk.access.sign_in import CLERK, NewClerk
from tests.gui.counter_window import CounterWindow, dress
from tests.gui.finding import shown
from tests.gui.signed_in import desk_of, open_as, signed_folder, type_secret, wait_for_sign_in, who
from tests.support.desk.counter_samples import Clock
from tests.support.store.access_samples import LI, ZHAO
from tests.support.store.store_samples import AT
from ui.dialogs.practice_dialog import PracticeDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def unopened(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """A window that nobody signed in to yet."""
    dress(qapp)
    window = CounterWindow(qtbot, signed_folder(tmp_path / "data"), Clock(AT))
    yield window
    window.counter.close()


def practise(window: CounterWindow) -> None:
    with window.qtbot.waitSignal(window.counter.opened):
        window.press("Ctrl+F12")
    dialog = shown(window.window, PracticeDialog, "practice_dialog")
    assert dialog is not None
    dialog.reject()
    window.shell.activateWindow()


def come_back(window: CounterWindow) -> None:
    with window.qtbot.waitSignal(window.counter.opened):
        window.press("Ctrl+F12")


def test_who_comes_back_from_practice_need_not_sign_in_again(unopened: CounterWindow) -> None:
    open_as(unopened, LI)
    practise(unopened)
    assert who(unopened) == ""
    come_back(unopened)
    assert who(unopened) == LI


def test_a_cover_lifted_in_practice_does_not_lead_into_the_real_ledger(
    unopened: CounterWindow,
) -> None:
    open_as(unopened, LI)
    practise(unopened)
    unopened.press("Ctrl+L")
    assert unopened.counter.window.covered_by == "covered_page"
    unopened.press("Return", "Ctrl+F12")
    wait_for_sign_in(unopened)
    assert unopened.counter.session.desk is None
    with unopened.qtbot.waitSignal(unopened.counter.opened, timeout=15_000):
        type_secret(unopened, LI)
    assert who(unopened) == LI


def test_a_clerk_who_took_over_comes_back_as_themselves_and_not_as_the_supervisor(
    unopened: CounterWindow,
) -> None:
    open_as(unopened, ZHAO)
    unopened.press("Ctrl+L")
    wait_for_sign_in(unopened)
    with unopened.qtbot.waitSignal(unopened.counter.opened, timeout=15_000):
        type_secret(unopened, LI)
    unopened.shell.activateWindow()
    practise(unopened)
    come_back(unopened)
    assert desk_of(unopened).access.who == (LI, CLERK)


def test_a_change_of_clerks_does_not_keep_the_supervisor_from_coming_back(
    unopened: CounterWindow,
) -> None:
    open_as(unopened, ZHAO)
    desk_of(unopened).access.clerks.add(NewClerk("钱进", CLERK, "dong nan xi bei"), AT)
    practise(unopened)
    come_back(unopened)
    assert who(unopened) == ZHAO
    assert not shown(unopened.window, QWidget, "start_error")
