"""The sign-in flow before a desk opens: shows the page that is due.

Asks the desk's access how a folder is opened; keys are derived from secrets in
a thread, so the window stays responsive. Opens no desk itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import SignInRefusedError
from medcounter.desk.access.access_records import LOCKED, NEW, Credential
from medcounter.desk.access.first_choice import require_clerks, require_folder
from medcounter.errors import MedCounterError

from ..work.background import Background
from .choice_page import ChoicePage
from .set_up_page import ClerksPage, RecoveryPage
from .sign_in_page import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ..main_window import MainWindow


class SignInFlow(QObject):
    """One sign-in.

    Signals:
        passed: A Credential, or None where nobody signs in.
        failed: A MedCounterError: the folder cannot be used.
    """

    passed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, window: MainWindow, folder: Path, clock: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._folder = folder
        self._clock = clock
        self._page: QWidget | None = None
        self._clerks: tuple[sign_in.NewClerk, ...] = ()
        self._set_up: sign_in.SignInSetup | None = None
        self._hall_text = ""
        self._background = Background(self)
        self._background.done.connect(self._on_background_done)
        self._background.failed_with.connect(self._on_background_failed_with)

    def begin(self, left_by: str = "") -> None:
        """Show what is due, or let in at once.

        Args:
            left_by: Who sat here when the screen was locked; empty for a start.
        """
        try:
            state = sign_in.state(self._folder)
            if state.kind == NEW:
                require_folder(self._folder)
        except MedCounterError as err:
            self.failed.emit(err)
            return
        if state.kind == NEW:
            self.offer_choice()
        elif state.kind == LOCKED:
            self._ask_who(state, left_by)
        else:
            self.passed.emit(None)

    def offer_choice(self) -> None:
        """Ask how the ledger is to be opened; where that was chosen, one may go back."""
        try:
            is_chosen = sign_in.state(self._folder).kind != NEW
        except MedCounterError as err:
            self.failed.emit(err)
            return
        page = ChoicePage(self._window, is_chosen=is_chosen)
        page.left.connect(self._leave_as_it_is)
        page.sign_in_wanted.connect(self._name_clerks)
        page.open_wanted.connect(self._choose_open)
        self._show(page)

    def take_hall_text(self) -> str:
        """Hand over, once, the recovery key that makes the hall's own; empty for none."""
        text, self._hall_text = self._hall_text, ""
        return text

    def _leave_as_it_is(self) -> None:
        self._clerks, self._set_up = (), None
        self._leave()
        self.passed.emit(None)

    def wait(self) -> None:
        """Wait for what must not be cut off."""
        self._background.wait()

    def _ask_who(self, state: sign_in.AccessState, left_by: str) -> None:
        page = SignInPage(self._window, covering=bool(left_by))
        page.show_clerks(state.clerks, left_by)
        if state.wait_seconds:
            text = "输错次数太多，请等一会儿再试。"
            page.show_refused(text, state.wait_seconds)
        page.given.connect(self._sign_in)
        page.recovery_given.connect(self._recover)
        self._show(page)
        page.show_clerks(state.clerks, left_by)

    def _sign_in(self, name: str, secret: str) -> None:
        self._begin(partial(sign_in.sign_in, self._folder, name, secret))

    def _recover(self, typed: str) -> None:
        self._begin(partial(sign_in.recover, self._folder, typed))

    def _choose_open(self) -> None:
        self._clerks, self._set_up = (), None
        try:
            sign_in.choose_open(self._folder, self._clock())
        except MedCounterError as err:
            self._leave()
            self.failed.emit(err)
        else:
            self._leave()
            self.passed.emit(None)

    def _name_clerks(self) -> None:
        page = ClerksPage(self._window)
        page.named.connect(self._take_clerks)
        page.went_back.connect(self._leave_clerks)
        page.show_clerks(self._clerks)
        self._show(page)
        page.focus_first()

    def _leave_clerks(self) -> None:
        """Go back to the choice; who was named is not asked for again."""
        if isinstance(self._page, ClerksPage):
            self._clerks = self._page.clerks()
        self.offer_choice()

    def _take_clerks(self, clerks: tuple[sign_in.NewClerk, ...]) -> None:
        page = self._page
        try:
            require_clerks(clerks)
            # A key that was printed stays the key, however often one goes back.
            self._set_up = self._set_up or sign_in.begin(self._folder)
        except MedCounterError as err:
            if isinstance(page, ClerksPage):
                page.say(err.text)
            return
        self._clerks = clerks
        recovery = RecoveryPage(self._set_up.recovery_text, self._window, offers_hall=True)
        recovery.print_wanted.connect(self._print)
        recovery.typed_back.connect(self._finish)
        recovery.went_back.connect(self._name_clerks)
        self._show(recovery)

    def _finish(self, typed: str) -> None:
        if self._set_up is not None:
            page = self._page
            self._hall_text = typed if isinstance(page, RecoveryPage) and page.wants_hall else ""
            self._begin(partial(self._set_up.finish, self._clerks, typed, self._clock()))

    def _print(self) -> None:
        from .recovery_print import print_recovery  # noqa: PLC0415 - once in a hall's life

        page, set_up = self._page, self._set_up
        if isinstance(page, RecoveryPage) and set_up is not None:
            print_recovery(set_up.recovery_text, page)

    def _begin(self, work: Callable[[], object]) -> None:
        if isinstance(self._page, SignInPage | RecoveryPage):
            self._page.show_busy()
        self._background.start(work)

    def _on_background_done(self, result: object) -> None:
        if isinstance(result, Credential):
            self._clerks, self._set_up = (), None
            self._leave()
            self.passed.emit(result)

    def _on_background_failed_with(self, err: MedCounterError) -> None:
        if isinstance(self._page, SignInPage):
            seconds = err.seconds if isinstance(err, SignInRefusedError) else 0
            self._page.show_refused(err.text, seconds)
        elif isinstance(self._page, RecoveryPage):
            self._page.show_refused(err.text)

    def _show(self, page: QWidget) -> None:
        self._page = page
        self._window.cover(page)

    def _leave(self) -> None:
        self._page = None
        self._window.uncover()
