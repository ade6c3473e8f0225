"""The size of a new dialog: what it wants, as far as there is room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

# What a window's title and frame take of a low screen; nobody knows it before it is shown.
_FRAME_SHARE = 0.08


def fit_dialog(dialog: QDialog, wide: int, high: int, *, in_window: bool = False) -> None:
    """Size a dialog so that its buttons stay on the screen.

    Args:
        dialog: Not shown yet.
        wide: Wanted width, in heights of a line.
        high: Wanted height, in lines.
        in_window: Whether it is no larger than its parent's window either.
    """
    line = dialog.fontMetrics().height()
    room = dialog.screen().availableSize()
    parent = dialog.parentWidget()
    if in_window and parent is not None:
        room = room.boundedTo(parent.window().size())
    room -= QSize(0, round(room.height() * _FRAME_SHARE))
    dialog.resize(QSize(wide * line, high * line).boundedTo(room))
