"""Counters to test the window with."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from medcounter.desk.access import sign_in
from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.support.desk.counter_samples import OPENED_AT, Clock, Counter, open_counter

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None]:
    """Let a closed window go: it would be dressed anew with the windows of the tests after it."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter without a window: shipped rules, sample settings, an empty ledger."""
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close(with_backup=False)


@pytest.fixture(scope="session")
def set_up_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What :func:`hall_folder` copies; nobody opens it."""
    folder = tmp_path_factory.mktemp("set-up") / "hall"
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    sign_in.choose_open(folder, OPENED_AT)
    return folder


@pytest.fixture
def hall_folder(tmp_path: Path, set_up_folder: Path) -> Path:
    """The data folder of a desk in Jiangxi that was set up, without sign-in, and never used."""
    return shutil.copytree(set_up_folder, tmp_path / "hall")


@pytest.fixture
def unopened(qtbot: QtBot, qapp: QApplication, hall_folder: Path) -> Iterator[CounterWindow]:
    """A window whose desk is not open yet, on 5 March 2025."""
    dress(qapp)
    shown = CounterWindow(qtbot, hall_folder, Clock())
    yield shown
    shown.counter.close(with_backup=False)


@pytest.fixture
def window(unopened: CounterWindow) -> CounterWindow:
    """A window with its desk open, on 5 March 2025."""
    unopened.open()
    return unopened
