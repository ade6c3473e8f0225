"""The day view with its session and printing."""

from __future__ import annotations

from ..views.day.close_day_dialog import CloseDayDialog
from ..views.day.day_panel import DayPanel
from ..views.day.day_papers import DayPapers
from ..views.day.day_session import CLOSE, DaySession, DayState
from .view_wiring import ViewContext, ViewWiring


class DayWiring(ViewWiring):
    """The day view of one window."""

    view = "view_day"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = DayPanel(context.window)
        self._session = DaySession(context.desk, context.clock, self)
        self._parts = (self._session,)
        papers = DayPapers(context.desk, context.clock, context.window, context.printer)
        self._panel.asked.connect(self._session.ask)
        self._session.updated.connect(self._panel.show_state)
        self._session.reported.connect(self._panel.show_message)
        self._session.close_wanted.connect(self._open_close)
        self._session.print_wanted.connect(papers.print_sheet)
        self._session.save_wanted.connect(papers.save_sheet)
        papers.reported.connect(self._panel.show_message)
        self._put(self._panel, self._session.refresh, self._panel.focus_first)

    def open(self) -> None:
        """Override ViewWiring.open: a day that is shown already begins to close."""
        if self._panel.isVisible():
            self._session.ask(CLOSE, "")
        else:
            super().open()

    def _open_close(self, state: DayState) -> None:
        dialog = CloseDayDialog(state, self._context.window)
        dialog.confirmed.connect(self._session.close_day)
        dialog.open()
