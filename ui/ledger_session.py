"""What the ledger view asks of the desk, and what it shall show.

One call in (:meth:`LedgerSession.ask`), one signal out (``updated``). Draws
nothing and prints nothing: it says what is to be drawn or printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.records import LedgerPage
from medcounter.errors import MedCounterError

from .messages import GOOD, PLAIN, PROBLEM, Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.records import IssuedNotice

PAGE_ROWS = 100

SEARCH = "search"
SELECT = "select"
MORE = "more"
SHOW = "show"
REPRINT = "reprint"
SAVE = "save"
VOID = "void"

VOIDED = "void"


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Everything the ledger view shows.

    Attributes:
        query: What was searched for; empty lists everything.
        page: The rows found, newest first.
        number: The chosen notice's; empty while there is none to choose.
        issued: What stands on it; None when it cannot be read.
        problem: Why rows or notice cannot be read; empty when they can.
    """

    query: str
    page: LedgerPage
    number: str = ""
    issued: IssuedNotice | None = None
    problem: str = ""


class LedgerSession(QObject):
    """The ledger at the counter.

    Signals:
        updated: The LedgerState to show now.
        told: A Message for the strip.
        show_wanted: The IssuedNotice to be looked at.
        print_wanted: The IssuedNotice to print; this print is counted.
        save_wanted: The IssuedNotice of which a PDF is wanted; not counted.
        void_wanted: The IssuedNotice to void: a reason must be asked for.
    """

    updated = Signal(object)
    told = Signal(object)
    show_wanted = Signal(object)
    print_wanted = Signal(object)
    save_wanted = Signal(object)
    void_wanted = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Work on an open desk.

        Args:
            desk: The counter's desk.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._state = LedgerState("", LedgerPage((), 0))
        self._acts: dict[str, Callable[[str], None]] = {
            SEARCH: self._search,
            SELECT: self._select,
            MORE: self._more,
            SHOW: self._show,
            REPRINT: self._reprint,
            SAVE: self._save,
            VOID: self._ask_reason,
        }

    @property
    def state(self) -> LedgerState:
        """What the view shows now."""
        return self._state

    def ask(self, act: str, value: str) -> None:
        """Do what the clerk asked for in the ledger view.

        Args:
            act: One of this module's acts.
            value: The text searched for, else a notice number.
        """
        try:
            self._acts[act](value)
        except MedCounterError as err:
            self.told.emit(Message(PROBLEM, err.text))

    def refresh(self) -> None:
        """List everything with the newest notice chosen, as on coming in."""
        self.told.emit(Message(PLAIN, ""))
        self.ask(SEARCH, "")

    def void(self, number: str, reason: str) -> None:
        """Void a notice for the reason the clerk gave."""
        try:
            self._desk.void(number, reason, self._clock())
            self._reread(number)
        except MedCounterError as err:
            self.told.emit(Message(PROBLEM, err.text))
            return
        self.told.emit(Message(GOOD, f"{number} 已作废；要更正请重新出单，原单仍留在台账中"))

    def count_print(self, number: str) -> IssuedNotice | None:
        """Count one more print; None, and told, when it may not be printed."""
        try:
            issued = self._desk.reprint(number, self._clock())
            self._reread(number)
        except MedCounterError as err:
            self.told.emit(Message(PROBLEM, err.text))
            return None
        self.told.emit(Message(GOOD, f"{number} 第 {issued.print_no} 次打印，单上注明“补打”"))
        return issued

    def _search(self, query: str) -> None:
        try:
            page = self._desk.ledger(query, PAGE_ROWS, 0)
        except MedCounterError as err:
            self._update(LedgerState(query, LedgerPage((), 0), problem=err.text))
            return
        self._choose(LedgerState(query, page), page.rows[0].number if page.rows else "")

    def _more(self, _number: str) -> None:
        if len(self._state.page.rows) < self._state.page.total:
            rows = len(self._state.page.rows) + PAGE_ROWS
            page = self._desk.ledger(self._state.query, rows, 0)
            self._update(replace(self._state, page=page))

    def _select(self, number: str) -> None:
        self._choose(self._state, number)

    def _choose(self, state: LedgerState, number: str) -> None:
        """Show a state with this notice chosen, readable or not."""
        issued, problem = None, ""
        if number:
            try:
                issued = self._desk.notice(number)
            except MedCounterError as err:
                problem = err.text
        self._update(replace(state, number=number, issued=issued, problem=problem))

    def _show(self, number: str) -> None:
        self.show_wanted.emit(self._desk.notice(number))

    def _reprint(self, number: str) -> None:
        issued = self.count_print(number)
        if issued is not None:
            self.print_wanted.emit(issued)

    def _save(self, number: str) -> None:
        self.save_wanted.emit(self._desk.notice(number))

    def _ask_reason(self, number: str) -> None:
        issued = self._desk.notice(number)
        if issued.state == VOIDED:
            text = f"{number} 已经作废（{issued.void_reason}），不用再作废"
            self.told.emit(Message(PROBLEM, text))
        else:
            self.void_wanted.emit(issued)

    def _reread(self, number: str) -> None:
        rows = max(len(self._state.page.rows), PAGE_ROWS)
        page = self._desk.ledger(self._state.query, rows, 0)
        self._choose(replace(self._state, page=page), number)

    def _update(self, state: LedgerState) -> None:
        self._state = state
        self.updated.emit(state)
