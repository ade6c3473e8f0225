"""Acts that need a supervisor's approval, where clerks sign in.

Performs an act at once where it is allowed; otherwise asks a supervisor and
performs it then. Decides nothing: the desk refuses.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medcounter.desk.access.access_errors import SupervisorNeededError
from medcounter.desk.access.access_records import SUPERVISOR
from medcounter.errors import MedCounterError

from ..dialogs.approval_dialog import ApprovalDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

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
            dialog = ApprovalDialog(err.text, names, self._window)
            dialog.given.connect(partial(self._on_dialog_given, dialog, act, work))
            dialog.open()

    def _on_dialog_given(
        self, dialog: ApprovalDialog, act: str, work: AskedWork, name: str, secret: str
    ) -> None:
        try:
            approval = self._desk.access.approve(name, secret, act, self._clock())
            work(approval)
        except MedCounterError as err:
            dialog.show_refused(err.text)
        else:
            dialog.accept()
