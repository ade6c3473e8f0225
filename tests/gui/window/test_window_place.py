"""The window comes back where it stood, on a screen that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from ui.frame.shell import Shell
from ui.window_place import keep_place, show_in_place

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, folder: Path) -> Shell:
    """A window shown as a start shows it."""
    shell = Shell()
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        show_in_place(shell, folder)
    return shell


def test_the_first_window_takes_the_whole_screen(qtbot: QtBot, tmp_path: Path) -> None:
    assert shown(qtbot, tmp_path / "none").isMaximized()


def test_a_window_that_was_moved_comes_back_there(qtbot: QtBot, tmp_path: Path) -> None:
    first = shown(qtbot, tmp_path)
    first.showNormal()
    place = QRect(60, 70, 500, 400)
    first.setGeometry(place)
    first.close()
    keep_place(first, tmp_path)
    again = shown(qtbot, tmp_path)
    assert (again.geometry(), again.isMaximized()) == (place, False)


def test_a_window_that_was_maximized_comes_back_so(qtbot: QtBot, tmp_path: Path) -> None:
    first = shown(qtbot, tmp_path)
    first.close()
    keep_place(first, tmp_path)
    assert shown(qtbot, tmp_path).isMaximized()


def test_a_window_from_a_screen_that_is_gone_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    first = shown(qtbot, tmp_path)
    first.showNormal()
    first.setGeometry(QRect(9_000, 5_000, 500, 400))
    keep_place(first, tmp_path)
    room = QApplication.primaryScreen().availableGeometry()
    assert room.contains(shown(qtbot, tmp_path).geometry().center())


@pytest.mark.parametrize("kept", ["zz", "00", 7, "ab" * 5_000])
def test_a_place_that_cannot_be_read_is_no_place(
    qtbot: QtBot, tmp_path: Path, kept: object
) -> None:
    text = f'"{kept}"' if isinstance(kept, str) else str(kept)
    (tmp_path / "window.json").write_text(f'{{"place": {text}}}', encoding="utf-8")
    assert shown(qtbot, tmp_path).isMaximized()
