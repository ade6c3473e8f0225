"""The view of today and the season with its session and printing."""

from __future__ import annotations

from ..views.season.season_panel import SeasonPanel
from ..views.season.season_papers import SeasonPapers
from ..views.season.season_session import SeasonSession
from .view_wiring import ViewContext, ViewWiring


class SeasonWiring(ViewWiring):
    """The view of the season of one window."""

    view = "view_season"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = SeasonPanel(context.window)
        self._session = SeasonSession(context.desk, context.clock, self)
        self._parts = (self._session,)
        papers = SeasonPapers(context.desk, context.clock, context.window, context.printer)
        self._panel.asked.connect(self._session.ask)
        self._panel.left.connect(context.window.open_counter_view)
        self._session.updated.connect(self._panel.show_state)
        self._session.reported.connect(self._panel.show_message)
        self._session.print_wanted.connect(papers.print_state)
        self._session.save_wanted.connect(papers.save_state)
        papers.reported.connect(self._panel.show_message)
        self._put(self._panel, self._session.refresh, self._panel.focus_first)
