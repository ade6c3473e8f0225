"""The base of the other views' sessions: an open desk and a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk


class DeskSession(QObject):
    """One view's work on an open desk."""

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Work on an open desk.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock

    @property
    def held(self) -> str:
        """What lies here in memory only, in one clause; empty for nothing."""
        return ""

    def stop(self) -> None:
        """End what goes on, and wait for what is done beside the window."""
