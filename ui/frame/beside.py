"""What stands beside the window and leaves it in use, such as a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def close_beside(window: QWidget) -> bool:
    """Close what was opened last beside a window; return whether there was anything.

    On a slow machine the screen sends keys to the window behind for a while:
    what was meant for a preview would clear the form.
    """
    dialogs: list[QDialog] = list(window.window().findChildren(QDialog))
    on_screen = [dialog.windowHandle() for dialog in dialogs if dialog.isVisible()]
    # Children stand in the order of their parents, windows in that in which they came.
    open_now = [one for one in QGuiApplication.topLevelWindows() if one in on_screen]
    if open_now:
        open_now[-1].close()
    return bool(open_now)
