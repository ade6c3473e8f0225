"""Covers the screen of a counter that was left, and lets somebody go on.

The resident is hidden and the draft is kept. Where clerks sign in, one of
them must sign in again, the same or another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog

from medcounter.desk.access_errors import SignInRefusedError
from medcounter.errors import MedCounterError

from .covered_page import CoveredPage
from .idle import Idle
from .sign_in_page import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk

    from ..main_window import MainWindow


class Lock(QObject):
    """The lock of one open desk.

    Signals:
        locked: The screen is covered.
        unlocked: Somebody goes on, perhaps somebody else.
    """

    locked = Signal()
    unlocked = Signal()

    def __init__(
        self, window: MainWindow, desk: Desk, clock: Callable[[], datetime], parent: QObject
    ) -> None:
        """Begin to watch.

        Args:
            window: Is covered.
            desk: Says who can go on.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._window = window
        self._desk = desk
        self._clock = clock
        self._page: SignInPage | CoveredPage | None = None
        self._idle = Idle(lambda: desk.settings.lock_minutes, self)
        self._idle.due.connect(self.lock)

    def serve(self, window: MainWindow) -> None:
        """Cover another window from now on."""
        self._window = window

    def lock(self) -> None:
        """Cover the screen and close what lies over the window."""
        if self._page is not None:
            return
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog) and other.isVisible():
                other.reject()
        who = self._desk.access.who
        if who is None:
            covered = CoveredPage(self._window)
            covered.lifted.connect(self._go_on)
            self._page = covered
            self._window.cover(covered)
        else:
            page = SignInPage(self._window, covering=True)
            page.given.connect(self._unlock)
            self._page = page
            self._window.cover(page)
            page.show_clerks(self._desk.access.clerks(), who.name)
        self.locked.emit()

    def _unlock(self, name: str, secret: str) -> None:
        if not isinstance(self._page, SignInPage):
            return
        try:
            self._desk.access.unlock(name, secret, self._clock())
        except SignInRefusedError as err:
            self._page.show_refused(err.text, err.seconds)
        except MedCounterError as err:
            self._page.show_refused(err.text)
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._page = None
        self._window.uncover()
        self._idle.touch()
        self.unlocked.emit()
