"""What is done with several notices of the ledger at once.

Asks the desk and tells what became of it; draws and prints nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.access.desk_access import VOID_RUN
from medcounter.errors import MedCounterError
from medcounter.wording import terms

from ...messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from .ledger_state import ENTERED, REPRINT, VOID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from medcounter.desk.access.access_records import Approval
    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice

    from ...session.desk_session import AskFirst


class SeveralSession(QObject):
    """The notices that are marked together.

    Signals:
        reported: A Message for the strip.
        changed: The ledger is to be read again.
        print_wanted: The IssuedNotices to be handed out, none of them void.
        void_wanted: The IssuedNotices to void: a reason must be asked for.
    """

    reported = Signal(object)
    changed = Signal()
    print_wanted = Signal(object)
    void_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        ask_first: AskFirst,
        parent: QObject,
    ) -> None:
        """Work at an open desk.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            ask_first: Does what may need a supervisor's word.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._ask_first = ask_first
        self._numbers: tuple[str, ...] = ()
        self._acts: dict[str, Callable[[tuple[IssuedNotice, ...]], None]] = {
            REPRINT: self._print,
            ENTERED: self._enter,
            VOID: self._ask_reason,
        }

    def ask(self, act: str, numbers: Sequence[str]) -> None:
        """Do an act with all notices of these numbers.

        Args:
            act: To print them, to mark them as entered, or to void them.
            numbers: From the top of the list.
        """
        try:
            notices = tuple(map(self._desk.notices.find, numbers))
            valid = tuple(one for one in notices if one.state != terms.VOID)
            if valid:
                self._acts[act](notices if act == VOID else valid)
            else:
                self.reported.emit(Message(PROBLEM, "选中的都已作废，没有做什么"))
        except MedCounterError as err:
            self.reported.emit(told_problem(err))

    def void(self, _number: str, reason: str) -> None:
        """Void those that were asked about last."""

        def void(approval: Approval | None) -> None:
            voided = self._desk.register.void_chosen(self._numbers, reason, self._clock(), approval)
            self.changed.emit()
            self.reported.emit(Message(GOOD, f"{len(voided)} 份已作废，仍留在台账中"))

        try:
            self._ask_first(VOID_RUN, void)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))

    def _print(self, notices: tuple[IssuedNotice, ...]) -> None:
        self.print_wanted.emit(notices)

    def _enter(self, notices: tuple[IssuedNotice, ...]) -> None:
        numbers = [one.notice.number or "" for one in notices]
        news = self._desk.register.mark_entered(numbers, self._clock())
        self.changed.emit()
        tone = GOOD if news else PLAIN
        self.reported.emit(
            Message(tone, f"{news} 份{terms.TO_ENTER_WORD}的已标为{terms.ENTERED_WORD}")
        )

    def _ask_reason(self, notices: tuple[IssuedNotice, ...]) -> None:
        self._numbers = tuple(one.notice.number or "" for one in notices)
        self.void_wanted.emit(notices)
