"""Dialogs that ask for a file leave no trace of where a clerk went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QSettings
from PySide6.QtWidgets import QWidget

from ui.file_dialogs import folder_dialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_where_a_clerk_went_is_written_nowhere(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = folder_dialog(window, "place", "选择文件夹", str(tmp_path))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.open()
        dialog.reject()
    kept = Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName())
    assert not kept.exists()
    assert not kept.is_relative_to(Path.home())


def test_the_kinds_of_files_are_named_in_chinese(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = folder_dialog(window, "place", "选择文件夹", str(tmp_path))
    assert dialog.iconProvider().type(QFileInfo(str(tmp_path))) == "文件夹"
    dialog.deleteLater()
