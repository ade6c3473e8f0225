"""The guide of the first day, connected with what its steps lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.desk.counter.first_day import ACCESS, HALL, PLACE, PRACTICE, PRINTER

from ..views.guide.guide_panel import GuidePanel
from ..views.guide.guide_session import GuideSession
from ..views.settings.settings_panel import SettingsPanel
from .view_wiring import ViewContext, ViewWiring

if TYPE_CHECKING:
    from collections.abc import Mapping

_SETTINGS = "view_settings"
# The setting at which a step begins.
_SETTING: Mapping[str, str] = {HALL: "hall", PLACE: "region", PRINTER: "printer"}
_ACT: Mapping[str, str] = {ACCESS: "set_up_access", PRACTICE: "practice"}


class GuideWiring(ViewWiring):
    """The guide of one window."""

    view = "view_guide"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._session = GuideSession(context.desk, context.clock, self)
        self._panel = GuidePanel(self._session.steps, context.window)
        self._panel.wanted.connect(self._on_panel_wanted)
        self._panel.turned.connect(self._on_panel_turned)
        self._panel.left.connect(context.window.open_counter_view)
        self._panel.ended.connect(self._on_panel_ended)
        self._session.updated.connect(self._panel.show_steps)
        self._session.reported.connect(context.window.show_message)
        self._session.kept.connect(self.settings_saved)
        self._put(self._panel, self._session.begin, self._panel.focus_first)

    def _on_panel_wanted(self, code: str) -> None:
        window = self._context.window
        if code in {PRINTER, PRACTICE}:
            # Whether a page or an exercise came out well, nobody can see from here.
            self._session.mark(code)
        if code in _ACT:
            window.act(_ACT[code])
            return
        window.act(_SETTINGS)
        settings = window.view(_SETTINGS)
        if isinstance(settings, SettingsPanel):
            settings.focus_setting(_SETTING[code])

    def _on_panel_turned(self, code: str, done: bool) -> None:  # noqa: FBT001 - the signal's own
        self._session.mark(code, done=done)

    def _on_panel_ended(self) -> None:
        self._session.end()
        self._context.window.open_counter_view()
