"""The question before the window gives up what lies in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable


# What was asked for, where it is not leaving itself.
REBUILT = "换字号要重开各个页面；留下的话，下次打开程序时再换。"
CLOSED = "现在关闭程序，没有办完的事就停在这里："


def before_leaving(window: QWidget, held: str, go_on: Callable[[], object], why: str = "") -> None:
    """Go on at once, or when somebody agrees to give up what the window holds.

    Args:
        window: Lies below the question.
        held: What lies in memory only, in one clause; empty for nothing.
        go_on: Leaves the window or its desk.
        why: The sentence on what gives it up, where the clerk asked for something else.
    """
    if not held:
        go_on()
        return

    def _on_leaving_clicked() -> None:
        go_on()

    box = QMessageBox(window)
    box.setObjectName("before_leaving")
    box.setWindowTitle("还没办完")
    box.setText(f"{why}{held}，离开后要重新做。")
    box.setInformativeText(
        "已经出的单都在台账里，重新打开名单不会重出；规则草稿里读得懂的都已存好。"
    )
    leaving = box.addButton("仍要离开(&L)", QMessageBox.ButtonRole.DestructiveRole)
    leaving.clicked.connect(_on_leaving_clicked)
    staying = box.addButton("留下(&S)", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(staying)
    box.setEscapeButton(staying)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
