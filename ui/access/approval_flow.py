"""Acts that need a supervisor's approval, where clerks sign in.

Performs an act at once where it is allowed; otherwise asks a supervisor and
performs it then. Decides nothing: the desk refuses.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medcounter.desk.access.access_errors import SupervisorNeededError
from medcounter.desk.access.access_records import SUPERVISOR
from medcounter.errors import MedCounterError

from ..dialogs.approval_dialog import ApprovalDialog
from ..work.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.access.access_records import Credential
    from medcounter.desk.desk import Desk

    from ..session.desk_session import AskedWork


class ApprovalFlow:
    """Asks for a supervisor's approval over one window."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], window: QWidget) -> None:
        self._desk = desk
        self._clock = clock
        self._window = window

    def do(self, act: str, work: AskedWork) -> None:
        """Do an act, or ask a supervisor first.

        Args:
            act: As :meth:`DeskAccess.approve` names it.
            work: Does it with the approval it is given; shows its own
                failures.

        Raises:
            MedCounterError: It was refused for another reason.
        """
        try:
            work(None)
        except SupervisorNeededError as err:
            clerks = self._desk.access.clerks.listed()
            names = tuple(one.name for one in clerks if one.role == SUPERVISOR)
            _Asked(self._desk, self._clock, ApprovalDialog(err.text, names, self._window)).ask(
                act, work
            )


class _Asked(QObject):
    """One question to a supervisor; its secret is checked beside the window."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], dialog: ApprovalDialog) -> None:
        """Belong to the dialog: what is still checked when it closes is heard by nobody."""
        super().__init__(dialog)
        self._desk = desk
        self._clock = clock
        self._dialog = dialog
        self._checking = Background(self)
        self._checking.failed_with.connect(self._on_checking_failed_with)
        dialog.given.connect(self._on_dialog_given)
        dialog.finished.connect(self._checking.drop)

    def ask(self, act: str, work: AskedWork) -> None:
        """Open the dialog, and do the work once somebody agreed."""
        self._checking.done.connect(partial(self._go_on, act, work))
        self._dialog.open()

    def _on_dialog_given(self, name: str, secret: str) -> None:
        self._dialog.show_busy()
        self._checking.start(partial(self._desk.access.check, name, secret))

    def _go_on(self, act: str, work: AskedWork, given: Credential) -> None:
        try:
            work(self._desk.access.approve_by(given, act, self._clock()))
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
        except Exception:
            # Nobody foresaw it: the dialog takes the secret once more.
            self._dialog.show_refused(MedCounterError().text)
            raise
        else:
            self._dialog.accept()

    def _on_checking_failed_with(self, err: MedCounterError) -> None:
        try:
            self._desk.access.slots.tell_refused(self._clock())
        finally:
            # Also where the ledger could not be told: the dialog may not stay closed.
            self._dialog.show_refused(err.text)
