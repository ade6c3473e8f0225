"""The views besides the desk, and the dialogs, created on first use.

Creates and wires them; start-up must not wait for what may never be opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication

from medcounter.errors import MedCounterError

from .messages import PROBLEM, Message
from .safety.approval_flow import Approving
from .views.check.check_panel import CheckPanel
from .views.check.check_session import CheckSession
from .views.help.about_dialog import AboutDialog, ProgramFacts
from .views.help.licences_dialog import shipped_notice
from .views.ledger.ledger_panel import LedgerPanel
from .views.ledger.ledger_session import HISTORY, LedgerSession
from .views.ledger.ledger_wiring import wire_ledger
from .views.rules.rules_panel import RulesPanel
from .views.rules.sync_dialog import SyncDialog
from .views.rules.sync_session import SyncSession
from .views.settings.settings_panel import SettingsPanel
from .views.settings.settings_session import SettingsSession
from .wiring.day_wiring import VIEW_DAY, DayRoom
from .wiring.roster_wiring import VIEW_ROSTER, RosterRoom

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from medcounter.desk.desk import Desk

    from .main_window import MainWindow

VIEW_LEDGER = "view_ledger"
VIEW_RULES = "view_rules"
VIEW_SETTINGS = "view_settings"
VIEW_CHECK = "view_check"


class Views(QObject):
    """The views and dialogs besides the desk view.

    Signals:
        rules_taken: Newer rules are in use.
        settings_saved: Other settings are in use.
        print_wanted: An IssuedNotice whose further print was counted.
        show_wanted: An IssuedNotice to be looked at.
        save_wanted: An IssuedNotice of which a PDF is wanted.
        draft_wanted: A Draft that corrects a notice, to be served now.
        test_page_wanted: The Settings of the printer to be measured.
        ledger_told: A Message on what was done in the ledger.

    Attributes:
        printer: Gives the name of the usual printer; empty without one.
    """

    rules_taken = Signal()
    settings_saved = Signal()
    print_wanted = Signal(object)
    show_wanted = Signal(object)
    save_wanted = Signal(object)
    draft_wanted = Signal(object)
    test_page_wanted = Signal(object)
    ledger_told = Signal(object)

    def __init__(
        self, window: MainWindow, desk: Desk, clock: Callable[[], datetime], folder: Path
    ) -> None:
        """Work over an open desk.

        Args:
            window: Takes the views and lies below the dialogs.
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            folder: Where the data lie, named in the about dialog.
        """
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._clock = clock
        self._folder = folder
        self._ledger: tuple[LedgerPanel, LedgerSession] | None = None
        self._rules: RulesPanel | None = None
        self._settings: SettingsSession | None = None
        self._settings_panel: SettingsPanel | None = None
        self.printer: Callable[[], str] = str
        self._day: DayRoom | None = None
        self._roster: RosterRoom | None = None
        self._check: tuple[CheckPanel, CheckSession] | None = None
        self._sync: SyncSession | None = None
        self._acts: dict[str, Callable[[], None]] = {
            VIEW_LEDGER: self.open_ledger,
            VIEW_RULES: self._open_rules,
            VIEW_SETTINGS: self._open_settings,
            VIEW_CHECK: self._open_check,
            VIEW_DAY: self._open_day,
            VIEW_ROSTER: self._open_roster,
            "history": self._open_history,
            "sync": self._open_sync,
        }

    def act(self, name: str) -> None:
        """Open what an act of the table of shortcuts names."""
        self._acts[name]()

    def show_message(self, message: Message) -> None:
        """Show what came of a print in the ledger, where there is no strip."""
        if self._ledger is not None:
            panel, session = self._ledger
            panel.show_message(message)
            if panel.isVisible():
                session.look_again()

    def open_ledger(self) -> None:
        """Open the ledger with the cursor in its search box."""
        panel, session = self._made_ledger()
        session.refresh()
        self._window.open_view(VIEW_LEDGER)
        panel.focus_search()

    def _open_history(self) -> None:
        """List all notices of the person marked in the ledger, or served."""
        panel, session = self._made_ledger()
        if panel.isVisible():
            if panel.number():
                session.ask(HISTORY, panel.number())
            return
        outcome = self._window.outcome
        if outcome is None:
            return
        try:
            person = self._desk.register.person_in(outcome.draft)
        except MedCounterError as err:
            self._window.show_message(Message(PROBLEM, err.text))
            return
        whose = outcome.person.name or outcome.person.id_masked
        session.refresh()
        session.show_person(person, whose)
        self._window.open_view(VIEW_LEDGER)
        panel.focus_search()

    def take_over(self, before: Views) -> None:
        """Go on with the list that lies in a window which was built anew."""
        if before._roster is not None:
            self._roster = before._roster
            self._roster.serve(self._window)
            self._roster.draft_wanted.connect(self.draft_wanted)

    def _open_day(self) -> None:
        if self._day is None:
            self._day = DayRoom(self._window, self._desk, self._clock, self.printer)
        self._day.act()

    def _open_roster(self) -> None:
        if self._roster is None:
            self._roster = RosterRoom(self._window, self._desk, self._clock, self.printer)
            self._roster.draft_wanted.connect(self.draft_wanted)
        self._roster.act()

    def _made_ledger(self) -> tuple[LedgerPanel, LedgerSession]:
        if self._ledger is None:
            panel = LedgerPanel(self._window)
            session = LedgerSession(self._desk, self._clock, self)
            session.ask_first = Approving(self._desk, self._clock, self._window).do
            wire_ledger(panel, session, self._window)
            session.print_wanted.connect(self.print_wanted)
            session.show_wanted.connect(self.show_wanted)
            session.save_wanted.connect(self.save_wanted)
            session.draft_wanted.connect(self.draft_wanted)
            session.told.connect(self.ledger_told)
            self._window.add_view(VIEW_LEDGER, panel)
            self._ledger = (panel, session)
        return self._ledger

    def _open_rules(self) -> None:
        if self._rules is None:
            self._rules = RulesPanel(self._window)
            self._rules.sync_pressed.connect(self._open_sync)
            self._window.add_view(VIEW_RULES, self._rules)
        self._show_rules()
        self._window.open_view(VIEW_RULES)
        self._rules.focus_first()

    def _show_rules(self) -> None:
        # The overview reads every rule's words, which no start shall wait for.
        from medcounter.desk.rules.rules_overview import rules_overview  # noqa: PLC0415 - see above

        if self._rules is not None:
            on = self._clock().date()
            views = rules_overview(self._desk.rule_book)
            self._rules.show_rules(views, self._desk.bundle_state, on)
            self._rules.choose_place(self._desk.settings.region)

    def _open_settings(self) -> None:
        if self._settings is None or self._settings_panel is None:
            session = SettingsSession(self._desk, self)
            panel = SettingsPanel(self._window)
            panel.edited.connect(session.edit)
            panel.save_pressed.connect(session.save)
            panel.test_page_pressed.connect(session.ask_test_page)
            session.test_page_wanted.connect(self.test_page_wanted)
            panel.about_pressed.connect(self._open_about)
            session.updated.connect(panel.show_state)
            session.told.connect(self._window.show_message)
            session.saved.connect(self._on_settings_saved)
            self._window.add_view(VIEW_SETTINGS, panel)
            self._settings, self._settings_panel = session, panel
        self._settings.refresh()
        self._window.open_view(VIEW_SETTINGS)
        self._settings_panel.focus_first()

    def _open_check(self) -> None:
        if self._check is None:
            panel = CheckPanel(self._window)
            session = CheckSession(self._desk, self._folder, self._clock, self)
            panel.again_pressed.connect(session.start)
            panel.copy_pressed.connect(session.copy)
            session.updated.connect(panel.show_state)
            session.copied.connect(self._on_check_copied)
            self._window.add_view(VIEW_CHECK, panel)
            self._check = (panel, session)
        panel, session = self._check
        session.start()
        self._window.open_view(VIEW_CHECK)
        panel.focus_first()

    def _open_sync(self) -> None:
        if self._sync is None:
            self._sync = SyncSession(self._desk, self._clock, self)
            self._sync.taken.connect(self._on_sync_taken)
        dialog = SyncDialog(self._window)
        dialog.asked.connect(self._sync.ask)
        self._sync.updated.connect(dialog.show_state)
        self._sync.refresh()
        dialog.open()

    def _open_about(self) -> None:
        from medcounter.version import program_version  # noqa: PLC0415 - asked once in a year

        state, notice = self._desk.bundle_state, shipped_notice()
        facts = ProgramFacts(program_version(), qVersion(), str(self._folder), state, notice)
        AboutDialog(facts, self._window).open()

    def _on_check_copied(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)

    def _on_sync_taken(self) -> None:
        self._show_rules()
        self.rules_taken.emit()

    def _on_settings_saved(self) -> None:
        self.settings_saved.emit()
