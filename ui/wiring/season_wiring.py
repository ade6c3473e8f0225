"""The view of today and the season with its session and printing."""

from __future__ import annotations

from ..views.season.season_panel import SeasonPanel
from ..views.season.season_papers import SeasonPapers
from ..views.season.season_session import SeasonSession
from .view_wiring import ViewContext, ViewWiring

VIEW_SEASON = "view_season"


class SeasonWiring(ViewWiring):
    """The view of the season of one window."""

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = SeasonPanel(context.window)
        self._session = SeasonSession(context.desk, context.clock, self)
        self._sessions = (self._session,)
        papers = SeasonPapers(context.desk, context.clock, context.window, context.printer)
        self._panel.asked.connect(self._session.ask)
        self._panel.left.connect(context.window.open_counter_view)
        self._session.updated.connect(self._panel.show_state)
        self._session.told.connect(self._panel.show_message)
        self._session.print_wanted.connect(papers.print_state)
        self._session.save_wanted.connect(papers.save_state)
        papers.told.connect(self._panel.show_message)
        context.window.add_view(VIEW_SEASON, self._panel)

    def open(self) -> None:
        """Open the view, counted anew."""
        self._session.refresh()
        self._context.window.open_view(VIEW_SEASON)
        self._panel.focus_first()
