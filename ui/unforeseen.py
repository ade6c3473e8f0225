"""Reports of what nobody foresaw, and what the clerk is told of it.

In the strip where there is a window, else in a box with which the program ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QMessageBox

from . import messages
from .surroundings import THIS_MACHINE

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.safety.crash_report import Reports

    from .frame.shell import Shell

FAILED = 1
_UNBUILT = "程序没有打开，已有数据没有改动；请重新打开程序，仍不行请联系技术支持。"


class Unforeseen:
    """The reports of one run of the program."""

    def __init__(self) -> None:
        """Begin with none."""
        self._reports: Reports | None = None

    def told(
        self, error: BaseException, folder: Path, desk: Desk | None, at: datetime
    ) -> messages.Message:
        """Write a report, and tell that an act was not done and all else stands.

        Args:
            error: What was raised.
            folder: The data folder, in which it is written.
            desk: The one that is open; None without one.
            at: Now.
        """
        from medcounter.desk.safety.crash_report import Reports  # noqa: PLC0415 - only when something failed

        if self._reports is None:
            self._reports = Reports(folder)
        settings = None if desk is None else desk.settings
        facts = {} if desk is None else {"rules": str(desk.rules.state.revision)}
        facts["qt"] = qVersion()
        return messages.unforeseen_message(self._reports.write(error, at, settings, facts))


def tell_unbuilt(shell: Shell, folder: Path, error: BaseException) -> None:
    """Tell that the window was not built, and end the program once that is read.

    Args:
        shell: Where it would have stood.
        folder: The data folder, in which a report is written.
        error: What was raised.
    """
    report = Unforeseen().told(error, folder, None, THIS_MACHINE.clock())
    box = QMessageBox(QMessageBox.Icon.Critical, shell.windowTitle(), _UNBUILT, parent=shell)
    box.setObjectName("unbuilt")
    box.setInformativeText(report.text.removeprefix(messages.UNFORESEEN.text))
    box.addButton("退出程序", QMessageBox.ButtonRole.AcceptRole)
    box.finished.connect(lambda _: QApplication.exit(FAILED))
    box.open()
