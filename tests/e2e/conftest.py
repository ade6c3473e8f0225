"""One counter with a window, from morning to evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.support.desk.counter_samples import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def counter_folder(tmp_path: Path) -> Path:
    """The data folder of a desk in Jiangxi that was set up and never used."""
    folder = tmp_path / "hall"
    folder.mkdir()
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def day(qtbot: QtBot, qapp: QApplication, counter_folder: Path) -> Iterator[CounterWindow]:
    """The open window on the morning of 5 March 2025; it trusts the demo keys."""
    dress(qapp)
    day = CounterWindow(qtbot, counter_folder, Clock())
    day.open()
    yield day
    day.counter.close()
