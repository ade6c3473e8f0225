"""Where the window stood when the program ended, and putting it there again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from medcounter.window_memory import WINDOW_FILE, load_window_memory, save_window_memory

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

DRAWN_FOR = (1366, 768)


def show_in_place(shell: QWidget, folder: Path) -> None:
    """Show the window where it stood last, else as large as can be.

    Args:
        shell: The top-level window.
        folder: The data folder, which may not be there yet.
    """
    # Where nothing maximizes windows, it still opens at the size it was drawn for.
    shell.resize(*DRAWN_FOR)
    kept = load_window_memory(folder / WINDOW_FILE).place
    # Qt moves to a screen that is there what stood on one that is gone.
    if kept and shell.restoreGeometry(QByteArray.fromHex(kept.encode())):
        shell.show()
    else:
        shell.showMaximized()


def keep_place(shell: QWidget, folder: Path) -> None:
    """Remember where the window stands, or stood when it was closed."""
    path = folder / WINDOW_FILE
    place = bytes(shell.saveGeometry().toHex().data()).decode()
    memory = load_window_memory(path)
    if folder.is_dir() and memory.place != place:
        save_window_memory(path, replace(memory, place=place))
