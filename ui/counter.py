"""One counter with a screen: window, session, desk and their parts.

Opens the desk behind the painted window and wires the packages of ``ui``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from medcounter.errors import MedCounterError
from medcounter.paths import resource

from . import messages
from .acts import Acts, Doer
from .dialogs.before_leaving import CLOSED, REBUILT, before_leaving
from .look.theme import apply_theme, scale_in_use
from .papers_and_views import PapersAndViews
from .readers.card_readers import CardReaders
from .remembering import begin_remembering, stop_remembering
from .session.session import Session
from .standing_window import StandingWindow
from .startup.desk_opener import DeskOpener
from .surroundings import THIS_MACHINE
from .unforeseen import Unforeseen
from .views.resident.resident_screen import ResidentScreen
from .work.ends import end_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.draft.draft import Draft
    from medcounter.identity.card import Card
    from medcounter.notice.content.notice import Notice
    from medcounter.settings import Settings

    from .frame.shell import Shell
    from .main_window import MainWindow
    from .safety.ledger_safety import LedgerSafety
    from .startup.practice_flow import PracticeFlow
    from .surroundings import Surroundings


SETTINGS_ACT = "view_settings"
PRACTICE, CASES = "practice", "practice_cases"
RESIDENT_SCREEN = "resident_screen"


class Counter(QObject):
    """Everything behind one window on the desktop.

    Attributes:
        session: The resident being served.

    Signals:
        opened: The desk is open and its first outcome is shown.
        refused: The desk could not be opened; the text says why.
        left_for_another: Another copy of the program has the desk open.
    """

    opened = Signal()
    refused = Signal(str)
    left_for_another = Signal()
    _scale_changed = Signal(str)

    def __init__(
        self, shell: Shell, folder: Path, surroundings: Surroundings = THIS_MACHINE
    ) -> None:
        """Build the window into its shell; nothing is opened yet.

        Args:
            shell: The top-level window.
            folder: Where ledger, rules and settings live.
            surroundings: The clock, the printer and whose signatures count.
        """
        super().__init__(shell)
        self._surroundings = surroundings
        self._shell = shell
        self._clock = clock = surroundings.clock
        self._desk: Desk | None = None
        self._scale = scale_in_use()
        self._safety: LedgerSafety | None = None
        self._unforeseen = Unforeseen()
        self._practising: PracticeFlow | None = None
        self.session = Session(clock, self)
        self._resident = ResidentScreen(self.session, shell)
        self.session.day.turned.connect(self._show_desk)
        self.session.issuing.office_kept.connect(self._show_desk)
        self.session.issuing.issued.connect(self._on_session_issued)
        self.session.issuing.previewed.connect(self._on_session_previewed)
        session = self.session
        self._readers = CardReaders(session.bookmark, session.rewind, self._serves, self)
        self._readers.read.connect(self._on_readers_read)
        self._readers.failed.connect(self._on_readers_failed)
        self._acts = Acts(self._made_views)
        self._acts.offer(self._own_acts())
        self._opener = DeskOpener(folder, clock, surroundings.roots, self._acts, self)
        self._opener.entered.connect(self._serve)
        self._opener.refused.connect(self.refused)
        self._opener.left_for_another.connect(self.left_for_another)
        self._opener.called.connect(shell.come_to_front)
        self._standing = StandingWindow(session, self._acts, shell)
        self._standing.follow(self._opener.serve)
        self._views = PapersAndViews(surroundings, self._acts, self._standing, self)
        self._views.rules_taken.connect(self._on_views_rules_taken)
        self._views.settings_saved.connect(self._on_views_settings_saved)
        self._views.draft_wanted.connect(self._on_views_draft_wanted)
        self._views.ledger_reported.connect(self._on_views_ledger_reported)
        self._standing.follow(self._show_again)
        self._standing.build()
        self.window.painted.connect(self._opener.enter)
        shell.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        shell.may_close = self._may_close
        shell.closing.connect(self.close)
        shell.frame_painted.connect(self.session.save, Qt.ConnectionType.QueuedConnection)
        self._scale_changed.connect(self._rebuild, Qt.ConnectionType.QueuedConnection)

    @property
    def window(self) -> MainWindow:
        """What the clerk sees."""
        return self._standing.now

    def begin(self) -> None:
        """Show the window; the desk is opened as soon as it is painted."""
        typed = self._shell.typed()
        self._standing.show()
        self.window.begin_with(typed)

    def _serve(self, desk: Desk) -> None:
        """Work with an open desk, in the size and theme that are set for it."""
        self._fit(desk.settings)
        self._desk = desk
        self._views.open(desk, self._opener.folder)
        begin_remembering(desk.folder)
        self.window.show_desk(desk, self._clock().date())
        self.session.open(desk)
        self._resident.uncover()
        if text := "".join(desk.settings_problems):
            self.window.show_message(messages.Message(messages.PROBLEM, text))
        self._begin_safety(desk)
        self._readers.follow(desk.settings)
        self.opened.emit()

    def _may_close(self, close: Callable[[], object]) -> bool:
        """Return whether nothing is held; else ask, and close when somebody agrees."""
        if held := self._views.held:
            before_leaving(self.window, held, close, CLOSED)
        return not held

    def close(self, *, with_backup: bool = True) -> None:
        """Keep the draft and give the desk back; may be called twice."""
        self._opener.close()
        if self._desk is None:
            return
        desk, self._desk = self._desk, None
        self._opener.remember(desk.access.given)
        end_all(
            (
                self.session.save,
                stop_remembering,
                self.session.close,
                self._readers.stop,
                self._views.close,
                partial(self._close_safety, with_backup=with_backup),
                partial(self._close_desk, desk, with_backup=with_backup),
            )
        )

    def _close_safety(self, *, with_backup: bool) -> None:
        safety, self._safety = self._safety, None
        if safety is not None:
            self._standing.leave(safety.serve)
            self._acts.withdraw(safety.acts)
            safety.deleteLater()
            # Who opens the next desk in this window is told why the last copy is missing.
            self._opener.tell_on_opening(safety.close(with_backup=with_backup))

    def _close_desk(self, desk: Desk, *, with_backup: bool) -> None:
        try:
            desk.close(with_backup=with_backup)
        except MedCounterError as err:
            self._opener.tell_on_opening(err.text)
            self.window.show_message(messages.told_problem(err))

    def reopen(self) -> None:
        """Give the desk back and open the counter's own, as a start would."""
        self._close_and_build()
        self._opener.go_home()
        self._opener.enter()

    def _offer_rescue(self) -> None:
        """Close a ledger that can only be looked into, and offer to restore."""
        text = "" if self._desk is None else self._desk.read_only
        self._close_and_build()
        self._opener.offer_rescue(text)

    def _set_up(self) -> None:
        """Close the desk and ask anew how its ledger is to be opened."""
        self._close_and_build()
        self._opener.set_up()

    def _on_safety_left(self, name: str) -> None:
        """Close the desk behind the covered screen: no key and no person stays."""
        desk = self._desk
        self._close_and_build(with_backup=False)
        self._opener.let_in_again(name, desk)

    def _on_safety_covered(self) -> None:
        # Lifting the cover of practice must not let anybody into the real ledger.
        self._opener.forget()
        self.session.search.forget()
        self.session.day.pause()
        self._resident.cover()

    def _on_safety_unlocked(self) -> None:
        self._show_desk()
        self.session.day.resume()
        self._resident.uncover()

    def _show_desk(self) -> None:
        if self._desk is not None:
            self.window.show_desk(self._desk, self._clock().date())

    def _close_and_build(self, *, with_backup: bool = True) -> None:
        self._resident.cover()
        try:
            self.close(with_backup=with_backup)
        except Exception as err:  # noqa: BLE001 - whatever failed, who comes next needs a window
            QTimer.singleShot(0, self, partial(self.tell_unforeseen, err))
        self._build_and_show()

    def _build_and_show(self) -> None:
        self._standing.build()
        self._standing.show()

    def _begin_safety(self, desk: Desk) -> None:
        from .safety.ledger_safety import LedgerSafety  # noqa: PLC0415 - not needed for the first answer

        self._safety = LedgerSafety(self.window, desk, self.session, self._clock, self._held)
        self._standing.follow(self._safety.serve)
        self._acts.offer(self._safety.acts)
        self._safety.reprint_wanted.connect(self._on_safety_reprint_wanted)
        self._safety.reopening_wanted.connect(self.reopen, Qt.ConnectionType.QueuedConnection)
        self._safety.rescue_wanted.connect(self._offer_rescue, Qt.ConnectionType.QueuedConnection)
        self._safety.set_up_wanted.connect(self._set_up, Qt.ConnectionType.QueuedConnection)
        self._safety.covered.connect(self._on_safety_covered)
        self._safety.left.connect(self._on_safety_left, Qt.ConnectionType.QueuedConnection)
        self._safety.unlocked.connect(self._on_safety_unlocked)
        self._safety.tell_of_opening(
            self._opener.take_told(), desk.settings.desk if self._opener.is_emergency else ""
        )

    def tell_unforeseen(self, error: BaseException) -> None:
        """Report a failure, and tell that an act was not done and all else stands."""
        told = self._unforeseen.told(error, self._opener.folder, self._desk, self._clock())
        self.window.show_message(told)

    def _rebuild(self, act: str) -> None:
        """Build the window anew in other sizes and open a view again."""
        if self._desk is None:
            return
        self._build_for(self._desk.settings)
        self.window.act(act)

    def _fit(self, settings: Settings) -> None:
        """Stand in the size and theme that are set for the desk."""
        if settings.scale == self._scale:
            self._dress(settings)
        else:
            self._build_for(settings)

    def _build_for(self, settings: Settings) -> None:
        self._scale = settings.scale
        self._dress(settings)
        self._build_and_show()

    def _show_again(self, window: MainWindow) -> None:
        self._show_desk()
        self.session.show_again()
        if self._desk is not None:
            self.session.issuing.show_again(self._desk)
        window.dialogs.tell()

    def _own_acts(self) -> dict[str, Doer]:
        own: dict[str, Doer] = {one: partial(self._practise, one) for one in (PRACTICE, CASES)}
        return own | {RESIDENT_SCREEN: self._resident.toggle}

    def _practise(self, name: str) -> None:
        if self._desk is None:
            return
        if self._practising is None:
            from .startup.practice_flow import PracticeFlow  # noqa: PLC0415 - few days have time for it

            self._practising = PracticeFlow(self._clock, self)
            self._practising.folder_wanted.connect(self._go_practise)
            self._practising.leaving_wanted.connect(self.reopen)
            self._practising.draft_wanted.connect(self.session.take_draft)
            self._practising.reported.connect(self.session.reported)
        if name == PRACTICE:
            home = self._opener.folder
            self._practising.toggle(self._desk, home, self.window, self._views.held)
        else:
            self._practising.offer(self._desk, self.window)

    def _go_practise(self, folder: Path) -> None:
        home = self._opener.folder
        self._close_and_build()
        self._opener.folder = folder
        self._opener.enter()
        if self._desk is not None and self._practising is not None:
            if self._practising.begin(self._desk, home, self.window):
                self._on_views_rules_taken()
            self.session.show_again()

    def _serves(self) -> bool:
        """Whether a resident can be served: neither behind a cover nor behind a dialog."""
        return not self.window.is_covered and QApplication.activeModalWidget() is None

    def _on_readers_read(self, card: Card) -> None:
        if self._serves():
            self.session.arrivals.take_card(card)
        elif not self.window.is_covered:
            self.window.show_message(messages.CARD_BEHIND_DIALOG)

    def _on_readers_failed(self, text: str) -> None:
        self.window.show_message(messages.Message(messages.PROBLEM, text))

    def _on_session_issued(self, notices: tuple[IssuedNotice, ...]) -> None:
        if papers := self._views.made_papers():
            papers.print_issued(notices)

    def _on_safety_reprint_wanted(self, number: str) -> None:
        if papers := self._views.made_papers():
            papers.reprint(number)

    def _on_session_previewed(self, notice: Notice) -> None:
        if papers := self._views.made_papers():
            # Once anything is typed or recomputed, the preview is out of date.
            self.session.updated.connect(papers.show_specimen(notice).close)

    def _held(self) -> str:
        return self._views.held

    def _made_views(self) -> object:
        return self._views.made_views()

    def _on_views_ledger_reported(self) -> None:
        if self._safety is not None:
            self._safety.see_to_the_print()
            self._safety.see_to_signatures()

    def _on_views_draft_wanted(self, draft: Draft) -> None:
        self.session.take_draft(draft)
        self.window.open_counter_view()
        text = f"更正 {draft.replaces}：改好后按 F9 出新单；原单已作废"
        self.window.show_message(messages.Message(messages.PLAIN, text))

    def _on_views_rules_taken(self) -> None:
        self._show_desk()
        self.session.work_anew()

    def _on_views_settings_saved(self) -> None:
        if self._desk is None:
            return
        settings = self._desk.settings
        self._readers.follow(settings)
        self._dress(settings)
        self._show_desk()
        self.session.work_anew()
        if settings.scale != self._scale:
            rebuild = partial(self._scale_changed.emit, SETTINGS_ACT)
            before_leaving(self.window, self._views.held_by_window, rebuild, REBUILT)

    def _dress(self, settings: Settings) -> None:
        """Show the theme that is set, at the size in which the window stands."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, settings.theme, self._scale)
