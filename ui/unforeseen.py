"""Reports of what nobody foresaw, and what the clerk is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion

from . import messages

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.safety.crash_report import Reports


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
