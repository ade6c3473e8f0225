"""The day view with its session and printing, created on first use.

Connects signals; shows and closes nothing itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..views.day.close_day_dialog import CloseDayDialog
from ..views.day.day_panel import DayPanel
from ..views.day.day_papers import DayPapers
from ..views.day.day_session import CLOSE, DaySession, DayState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk

    from ..main_window import MainWindow

VIEW_DAY = "view_day"


class DayRoom(QObject):
    """The day view of one window."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clock: Callable[[], datetime],
        printer: Callable[[], str],
    ) -> None:
        """Make the view and put it into the window.

        Args:
            window: Takes the view and lies below the dialogs.
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            printer: Gives the name of the usual printer; empty without one.
        """
        super().__init__(window)
        self._window = window
        self._panel = DayPanel(window)
        self._session = DaySession(desk, clock, self)
        papers = DayPapers(window, lambda: desk.settings.printer or printer(), desk.folder)
        self._panel.asked.connect(self._session.ask)
        self._session.updated.connect(self._panel.show_state)
        self._session.told.connect(self._panel.show_message)
        self._session.close_wanted.connect(self._open_close)
        self._session.print_wanted.connect(papers.print_sheet)
        self._session.save_wanted.connect(papers.save_sheet)
        papers.told.connect(self._panel.show_message)
        window.add_view(VIEW_DAY, self._panel)

    def act(self) -> None:
        """Look at the day; where it is looked at already, close it."""
        if self._panel.isVisible():
            self._session.ask(CLOSE, "")
            return
        self._session.refresh()
        self._window.open_view(VIEW_DAY)
        self._panel.focus_first()

    def _open_close(self, state: DayState) -> None:
        dialog = CloseDayDialog(state, self._window)
        dialog.confirmed.connect(partial(self._session.close))
        dialog.open()
