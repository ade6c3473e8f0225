"""The settings' view with its session, and the about box."""

from __future__ import annotations

from PySide6.QtCore import qVersion

from ..views.help.about_dialog import AboutDialog, ProgramFacts
from ..views.help.licences_dialog import shipped_notice
from ..views.settings.phrases_card import PHRASES
from ..views.settings.settings_panel import SettingsPanel
from ..views.settings.settings_session import SettingsSession
from .view_wiring import ViewContext, ViewWiring


class SettingsWiring(ViewWiring):
    """The settings of one window."""

    view = "view_settings"

    def __init__(self, context: ViewContext) -> None:
        """Make the view and put it into the window."""
        super().__init__(context)
        self._panel = SettingsPanel(context.window)
        self._session = SettingsSession(context.desk, context.clock, self)
        self._parts = (self._session,)
        self._panel.edited.connect(self._session.edit)
        self._panel.save_pressed.connect(self._session.save)
        self._panel.test_page_pressed.connect(self._session.ask_test_page)
        self._panel.about_pressed.connect(self._open_about)
        self._session.test_page_wanted.connect(context.papers.print_test_page)
        self._session.updated.connect(self._panel.show_state)
        self._session.reported.connect(context.window.show_message)
        self._session.saved.connect(self.settings_saved)
        self._panel.place_sought.connect(self._session.find_places)
        self._session.places_found.connect(self._panel.show_places)
        self._put(self._panel, self._session.refresh, self._panel.focus_first)

    def open_phrases(self) -> None:
        """Open the settings with the cursor in the phrases."""
        self.open()
        self._panel.focus_setting(PHRASES)

    def _open_about(self) -> None:
        from medcounter.version import program_version  # noqa: PLC0415 - asked once in a year

        state, notice = self._context.desk.rules.state, shipped_notice()
        folder = str(self._context.folder)
        facts = ProgramFacts(program_version(), qVersion(), folder, state, notice)
        AboutDialog(facts, self._context.window).open()
