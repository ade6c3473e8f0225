"""Screenshots of the window as a clerk sees it, dialogs on top.

Captures what is painted; asks no widget to look different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from medcounter.errors import MedCounterError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


# A label's new size passes from one layout to the next around it, an event each.
_SETTLING_TURNS = 3


class PictureUnsavedError(MedCounterError):
    """截图没有保存成功，演示停在这里；请换一个能写入的文件夹后重试。"""


class Camera:
    """Takes numbered pictures of one window.

    Attributes:
        taken: The files, in order.
    """

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self.taken: list[Path] = []

    def take(self, name: str) -> None:
        """Save what the window and the dialogs over it show.

        Raises:
            PictureUnsavedError: The folder does not take the file.
        """
        picture = picture_of(self._window)
        path = self._folder / f"{len(self.taken) + 1:02d}-{name}.png"
        if not picture.save(str(path)):
            raise PictureUnsavedError(
                f"截图没有保存到“{path}”，演示停在这里；请换一个能写入的文件夹后重试。"
            )
        self.taken.append(path)


def picture_of(window: QWidget) -> QPixmap:
    """Draw what a window and the dialogs over it show, each text with its room."""
    for _ in range(_SETTLING_TURNS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    picture = window.grab()
    painter = QPainter(picture)
    for dialog in _open_dialogs():
        place = (window.rect().center() - dialog.rect().center()) + QPoint(1, 1)
        painter.drawPixmap(place, dialog.grab())
        painter.drawRect(dialog.rect().translated(place))
    painter.end()
    return picture


def _open_dialogs() -> list[QDialog]:
    """List the open dialogs, the one on top last."""
    windows = QApplication.topLevelWidgets()
    found = [window for window in windows if isinstance(window, QDialog) and window.isVisible()]
    # Qt lists them in no order; one lies over its parent.
    return sorted(found, key=_depth)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)
