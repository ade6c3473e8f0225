"""Assemble one counter with a screen: window, session, desk and their parts.

Opens the desk behind the painted window and wires the packages of ``ui``. Only
this module and the sync session see the desk opened, changed and closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from medcounter.errors import MedCounterError
from medcounter.paths import resource

from . import messages
from .look.theme import apply_theme
from .main_window import MainWindow
from .readers.hearing import CardReaders
from .session.arrivals import Arrivals
from .session.parking import Parking
from .session.session import Session
from .startup.desk_opener import DeskOpener

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.draft.draft import Draft
    from medcounter.desk.safety.crash_report import Reports
    from medcounter.identity.card import Card
    from medcounter.notice.content.notice import Notice
    from medcounter.trust.roots import Roots

    from .frame.shell import Shell
    from .other_views import Views
    from .safety.ledger_safety import LedgerSafety
    from .startup.practice_flow import Practising
    from .views.counter.notice_papers import Notices
    from .views.resident.resident_window import ResidentRoom


def local_now() -> datetime:
    """Return the present time with the zone of this machine."""
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a counter takes from its machine.

    Attributes:
        clock: Gives the present time with its zone.
        roots: Whose signatures count; those of the program when None.
        printer: Gives the name of the usual printer, empty when there is
            none; asks the system when None.
    """

    clock: Callable[[], datetime] = local_now
    roots: Roots | None = None
    printer: Callable[[], str] | None = None


THIS_MACHINE = Surroundings()
SETTINGS_ACT = "view_settings"
REPRINT_LAST = "reprint_last"
PUT_ASIDE = "put_aside"
PRACTICE, CASES = "practice", "practice_cases"
RESIDENT_SCREEN = "resident_screen"


class Counter(QObject):
    """Everything behind one window on the desktop.

    Attributes:
        session: The resident being served.
        window: What the clerk sees.

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
        clock = surroundings.clock
        super().__init__(shell)
        self._surroundings = surroundings
        self._shell = shell
        self._clock = clock
        self._desk: Desk | None = None
        self._scale = 0
        self._made: tuple[Views, Notices] | None = None
        self._care: LedgerSafety | None = None
        self._reports: Reports | None = None
        self._resident: ResidentRoom | None = None
        self._practising: Practising | None = None
        self.session = Session(clock, self)
        self.session.day.turned.connect(self._show_desk)
        self.session.issuing.office_kept.connect(self._show_desk)
        self._arrivals = Arrivals(self.session, self)
        self._parking = Parking(self.session, clock, self)
        self._parking.told.connect(self.session.told)
        self._hearing = CardReaders(self.session.mark, self.session.rewind, self)
        self._hearing.read.connect(self._on_hearing_read)
        self._hearing.failed.connect(self._on_hearing_failed)
        self._entrance = DeskOpener(folder, clock, surroundings.roots, self)
        self._entrance.entered.connect(self._serve)
        self._entrance.refused.connect(self.refused)
        self._entrance.left_for_another.connect(self.left_for_another)
        self._entrance.called.connect(shell.come_to_front)
        self.window = self._build_window()
        self.window.painted.connect(self._entrance.enter)
        shell.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        shell.closing.connect(self.close)
        shell.frame_painted.connect(self.session.save, Qt.ConnectionType.QueuedConnection)
        self._scale_changed.connect(self._rebuild, Qt.ConnectionType.QueuedConnection)
        self.session.issued.connect(self._on_session_issued)
        self.session.issued_together.connect(self._on_session_issued_together)
        self.session.previewed.connect(self._on_session_previewed)

    def begin(self) -> None:
        """Show the window; the desk is opened as soon as it is painted."""
        typed = self._shell.typed()
        self._shell.take(self.window)
        self.window.begin_with(typed)

    def _serve(self, desk: Desk) -> None:
        """Work with an open desk."""
        self._desk = desk
        self._scale = desk.settings.scale
        self.window.show_desk(desk, self._clock().date())
        self.session.open(desk)
        if text := "".join(desk.settings_problems):
            self.window.show_message(messages.Message(messages.PROBLEM, text))
        self._begin_care(desk)
        self._hearing.follow(desk.settings)
        self.opened.emit()

    def close(self, *, with_backup: bool = True) -> None:
        """Keep the draft and give the desk back; may be called twice."""
        self._entrance.close()
        if self._desk is None:
            return
        self.session.save()
        desk, self._desk = self._desk, None
        self._entrance.remember(desk.access.given)
        self.session.close()
        self._hearing.stop()
        if self._care is not None:
            self._care.close(with_backup=with_backup)
            self._care.deleteLater()
            self._care = None
        self._made = None
        try:
            desk.close(with_backup=with_backup)
        except MedCounterError as err:
            self.window.show_message(messages.Message(messages.PROBLEM, err.text))

    def reopen(self) -> None:
        """Give the desk back and open the counter's own, as a start would."""
        self._close_and_build()
        self._entrance.go_home()
        self._entrance.enter()

    def _offer_rescue(self) -> None:
        """Close a ledger that can only be looked into, and offer to restore."""
        text = "" if self._desk is None else self._desk.read_only
        self._close_and_build()
        self._entrance.offer_rescue(text)

    def _set_up(self) -> None:
        """Close the desk and ask anew how its ledger is to be opened."""
        self._close_and_build()
        self._entrance.set_up()

    def _on_care_left(self, name: str) -> None:
        """Close the desk behind the covered screen: no key and no person stays."""
        desk = self._desk
        self._close_and_build(with_backup=False)
        self._entrance.let_in_again(name, desk)

    def _on_care_covered(self) -> None:
        # Whoever lifts the cover of practice is not let into the real ledger by it.
        self._entrance.forget()
        self.session.day.pause()
        self._hide_resident()

    def _hide_resident(self) -> None:
        if self._resident is not None:
            self._resident.cover()

    def _on_care_unlocked(self) -> None:
        self._show_desk()
        self.session.day.resume()
        if self._resident is not None:
            self._resident.uncover()

    def _show_desk(self) -> None:
        if self._desk is not None:
            self.window.show_desk(self._desk, self._clock().date())

    def _close_and_build(self, *, with_backup: bool = True) -> None:
        self._hide_resident()
        self.close(with_backup=with_backup)
        self.window = self._build_window()
        self._shell.take(self.window)

    def _begin_care(self, desk: Desk) -> None:
        from .safety.ledger_safety import LedgerSafety  # noqa: PLC0415 - not needed for the first answer

        self._care = LedgerSafety(self.window, desk, self.session, self._clock)
        self._care.told.connect(self.window.show_message)
        self._care.print_wanted.connect(self._on_session_issued)
        self._care.reopening_wanted.connect(self.reopen, Qt.ConnectionType.QueuedConnection)
        self._care.rescue_wanted.connect(self._offer_rescue, Qt.ConnectionType.QueuedConnection)
        self._care.set_up_wanted.connect(self._set_up, Qt.ConnectionType.QueuedConnection)
        self._care.covered.connect(self._on_care_covered)
        self._care.left.connect(self._on_care_left, Qt.ConnectionType.QueuedConnection)
        self._care.unlocked.connect(self._on_care_unlocked)
        self._care.tell_of_opening(
            self._entrance.said, desk.settings.desk if self._entrance.is_emergency else ""
        )
        self._entrance.said = ""

    def tell_unforeseen(self, error: BaseException) -> None:
        """Report a failure, and tell that an act was not done and all else stands."""
        from medcounter.desk.safety.crash_report import Reports  # noqa: PLC0415 - only when something failed

        if self._reports is None:
            self._reports = Reports(self._entrance.folder)
        settings = None if self._desk is None else self._desk.settings
        facts = {} if self._desk is None else {"rules": str(self._desk.bundle_state.revision)}
        facts["qt"] = qVersion()
        path = self._reports.write(error, self._clock(), settings, facts)
        self.window.show_message(messages.unforeseen_message(path))

    def _build_window(self) -> MainWindow:
        window = MainWindow(self.session, self._shell)
        # Not before the shell takes it, even if the shell is shown later.
        window.hide()
        window.left.connect(self._shell.close)
        self._entrance.serve(window)
        window.act_wanted.connect(self._on_window_act_wanted)
        return window

    def _rebuild(self, act: str) -> None:
        """Build the window anew in other sizes and open a view again."""
        if self._desk is None:
            return
        self._scale = self._desk.settings.scale
        before, self._made = self._made, None
        self.window = self._build_window()
        if before is not None and (rooms := self._rooms()):
            rooms[0].take_over(before[0])
        self._shell.take(self.window)
        self.window.show_desk(self._desk, self._clock().date())
        self.session.show_again()
        if self._care is not None:
            self._care.serve(self.window)
        self.window.act(act)

    def _on_window_act_wanted(self, name: str) -> None:
        if self._care is not None and self._care.takes(name):
            self._care.act(name)
            return
        if name in {PRACTICE, CASES} and self._desk is not None:
            self._practise(self._desk, name)
            return
        if name == PUT_ASIDE:
            self._parking.turn()
            return
        if name == RESIDENT_SCREEN:
            self._toggle_resident_screen()
            return
        rooms = self._rooms()
        if rooms is not None and name == REPRINT_LAST:
            rooms[1].reprint_last()
        elif rooms is not None:
            rooms[0].act(name)

    def _practise(self, desk: Desk, name: str) -> None:
        if self._practising is None:
            from .startup.practice_flow import Practising  # noqa: PLC0415 - few days have time for it

            self._practising = Practising(self._clock, self)
            self._practising.folder_wanted.connect(self._go_practise)
            self._practising.leaving_wanted.connect(self.reopen)
            self._practising.draft_wanted.connect(self.session.take_draft)
            self._practising.told.connect(self.session.told)
        if name == PRACTICE:
            self._practising.toggle(desk, self._entrance.folder, self.window)
        else:
            self._practising.offer(desk, self.window)

    def _go_practise(self, folder: Path) -> None:
        home = self._entrance.folder
        self._close_and_build()
        self._entrance.folder = folder
        self._entrance.enter()
        if self._desk is not None and self._practising is not None:
            if self._practising.begin(self._desk, home, self.window):
                self._on_views_rules_taken()
            self.session.show_again()

    def _toggle_resident_screen(self) -> None:
        if self._resident is None:
            from .views.resident.resident_window import ResidentRoom  # noqa: PLC0415 - few have a second screen

            self._resident = ResidentRoom(self.session, self._shell)
        self._resident.toggle()

    def _on_hearing_read(self, card: Card) -> None:
        # Behind a covered screen nobody is served.
        if not self.window.covered_by:
            self._arrivals.take_card(card)

    def _on_hearing_failed(self, text: str) -> None:
        self.window.show_message(messages.Message(messages.PROBLEM, text))

    def _on_session_issued(self, issued: IssuedNotice) -> None:
        if rooms := self._rooms():
            rooms[1].print_counted(issued)

    def _on_session_issued_together(self, household: tuple[IssuedNotice, ...]) -> None:
        if rooms := self._rooms():
            rooms[1].print_together(household)

    def _on_session_previewed(self, notice: Notice) -> None:
        if rooms := self._rooms():
            # What is worked out anew or typed is not what stands in the preview any more.
            self.session.updated.connect(rooms[1].show_specimen(notice).close)

    def _rooms(self) -> tuple[Views, Notices] | None:
        """Return views and printing, made when first wanted; None without a desk."""
        if self._made is None and self._desk is not None:
            # They cost more than a start may.
            from .other_views import Views  # noqa: PLC0415 - see above
            from .printing.printer import default_printer_name  # noqa: PLC0415 - see above
            from .views.counter.notice_papers import Notices  # noqa: PLC0415 - see above

            views = Views(self.window, self._desk, self._clock, self._entrance.folder)
            printer = self._surroundings.printer or default_printer_name
            notices = Notices(self._desk, self._clock, self.window, printer)
            views.rules_taken.connect(self._on_views_rules_taken)
            views.settings_saved.connect(self._on_views_settings_saved)
            views.printer = printer
            views.draft_wanted.connect(self._on_views_draft_wanted)
            views.print_wanted.connect(notices.print_counted)
            views.show_wanted.connect(notices.show_issued)
            views.save_wanted.connect(notices.save_issued)
            views.test_page_wanted.connect(notices.print_test_page)
            if self._care is not None:
                views.ledger_told.connect(self._care.see_to_the_print)
            notices.told.connect(self.window.show_message)
            notices.told.connect(views.show_message)
            self._made = (views, notices)
        return self._made

    def _on_views_draft_wanted(self, draft: Draft) -> None:
        self.session.take_draft(draft)
        self.window.open_desk_view()
        text = f"更正 {draft.replaces}：改好后按 F9 出新单；原单已作废"
        self.window.show_message(messages.Message(messages.PLAIN, text))

    def _on_views_rules_taken(self) -> None:
        self._show_desk()
        self.session.work_anew()

    def _on_views_settings_saved(self) -> None:
        application = QApplication.instance()
        if self._desk is not None and isinstance(application, QApplication):
            settings = self._desk.settings
            self._hearing.follow(settings)
            apply_theme(application, settings.theme, settings.scale)
            self._show_desk()
            self.session.work_anew()
            if settings.scale != self._scale:
                self._scale_changed.emit(SETTINGS_ACT)
