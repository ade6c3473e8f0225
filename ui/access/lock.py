"""Locks the screen of an unattended counter, and unlocks it.

The resident is hidden and the draft is kept. Where clerks sign in, one of
them must sign in again, the same or another.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QToolTip

from medcounter.desk.access.access_errors import SignInRefusedError
from medcounter.errors import MedCounterError
from medcounter.trust.forgetting import sweep

from ..work.background import Background
from ..work.held_keys import HeldKeys
from .covered_page import CoveredPage
from .idle import Idle
from .sign_in_page import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.access.access_records import Credential
    from medcounter.desk.desk import Desk

    from ..main_window import MainWindow

_WIDGETS_GONE_MS = 300
_NUMBER = re.compile(r"\d{6}")


class Lock(QObject):
    """The lock of one open desk.

    Signals:
        left: The screen is covered, and the desk behind it is to be closed;
            gives the name of who left.
        locked: The screen is covered, and the desk stays open behind it.
        unlocked: Somebody goes on, perhaps somebody else.
        touched: Somebody is there, with a key, an input method or the mouse.
    """

    left = Signal(str)
    locked = Signal()
    unlocked = Signal()
    touched = Signal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        clock: Callable[[], datetime],
        is_kept: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """Start watching.

        Args:
            window: Is covered.
            desk: Says who can go on.
            clock: Gives the present time with its zone.
            is_kept: Says whether all that was typed lies in the ledger.
            parent: Its owner.
        """
        super().__init__(parent)
        self._is_kept = is_kept
        self._window = window
        self._desk = desk
        self._clock = clock
        self._page: SignInPage | CoveredPage | None = None
        self._keys = HeldKeys(self)
        self._checking = Background(self)
        self._checking.done.connect(self._on_checking_done)
        self._checking.failed_with.connect(self._on_checking_failed_with)
        self._idle = Idle(lambda: desk.settings.lock_minutes, self)
        self._idle.due.connect(self.lock)
        self._idle.touched.connect(self.touched)

    def serve(self, window: MainWindow) -> None:
        """Cover another window from now on."""
        self._window = window

    def stop(self) -> None:
        """End a check that goes on: the desk is given back."""
        self._keys.drop()
        self._checking.stop()

    def lock(self) -> None:
        """Cover the screen and close what lies over the window."""
        if self._page is not None:
            return
        _close_all_above()
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
            page.show_clerks(self._desk.access.clerks.listed(), who.name)
            if self._may_close():
                self.left.emit(who.name)
                return
        self.locked.emit()

    def _may_close(self) -> bool:
        """Return whether all that was typed lies in the ledger."""
        try:
            return self._is_kept()
        except MedCounterError:
            return False

    def _unlock(self, name: str, secret: str) -> None:
        if isinstance(self._page, SignInPage):
            self._page.show_busy()
            self._keys.hold()
            self._checking.start(partial(self._desk.access.check, name, secret))

    def _on_checking_done(self, given: Credential) -> None:
        try:
            self._desk.access.unlock(given, self._clock())
        except MedCounterError as err:
            self._refuse(err)
        except Exception:
            # Nobody foresaw it: the page takes the secret once more.
            self._refuse(MedCounterError())
            raise
        else:
            try:
                self._go_on()
            finally:
                self._keys.release()

    def _on_checking_failed_with(self, err: MedCounterError) -> None:
        try:
            self._desk.access.slots.tell_refused(self._clock())
        finally:
            # Also where the ledger could not be told: the page may not stay closed.
            self._refuse(err)

    def _refuse(self, err: MedCounterError) -> None:
        self._keys.drop()
        if isinstance(self._page, SignInPage):
            seconds = err.seconds if isinstance(err, SignInRefusedError) else 0
            self._page.show_refused(err.text, seconds)

    def _go_on(self) -> None:
        self._page = None
        self._window.uncover()
        self._idle.touch()
        self.unlocked.emit()


def forget_desk(desk: Desk | None, parent: QObject) -> None:
    """Overwrite the key of a desk that was closed, and soon what was freed with it."""
    if desk is not None:
        desk.access.forget()
    # Once the window that was left is gone too, with all that stood in its fields.
    QTimer.singleShot(_WIDGETS_GONE_MS, parent, sweep)


def _close_all_above() -> None:
    """Close what lies over the window, and empty the clipboard of numbers."""
    for other in QApplication.topLevelWidgets():
        if isinstance(other, QDialog) and other.isVisible():
            other.reject()
    while (popup := QApplication.activePopupWidget()) is not None:
        if not popup.close():
            break
    QToolTip.hideText()
    clipboard = QApplication.clipboard()
    for mode, is_ours in (
        (QClipboard.Mode.Clipboard, clipboard.ownsClipboard()),
        (QClipboard.Mode.Selection, clipboard.ownsSelection()),
    ):
        # Some systems do not tell whose it is.
        if is_ours or _NUMBER.search(clipboard.text(mode)):
            clipboard.clear(mode)
