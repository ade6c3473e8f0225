"""The session of the day view: its requests to the desk and its state.

One call in (:meth:`DaySession.ask`), one signal out (``updated``). Draws and
prints nothing itself; it emits what is to be printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.errors import MedCounterError

from ...messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from ...session.desk_session import DeskSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.day.day_records import DayClose, DayLook
    from medcounter.desk.desk import Desk
    from medcounter.notice.sheet.day_sheet import DaySheet

CLOSE = "close"
PRINT = "print"
SAVE = "save"
BEFORE = "before"
AFTER = "after"
CHOOSE = "choose"
GO_TO = "go_to"


@dataclass(frozen=True, slots=True)
class DayState:
    """Everything the day view shows.

    Attributes:
        look: The day as it stands now.
        number: The close that is shown; empty shows what is in none yet.
        today: Whether it is the present day.
    """

    look: DayLook
    number: str
    today: bool

    @property
    def close(self) -> DayClose | None:
        """The close that is shown, if it is one."""
        return next((each for each in self.look.closes if each.number == self.number), None)


class DaySession(DeskSession):
    """A day at the counter.

    Signals:
        updated: The DayState to show now.
        reported: A Message for the strip.
        close_wanted: The DayState to close: the clerk must agree.
        print_wanted: The DaySheet to print.
        save_wanted: The DaySheet of which a PDF is wanted.
    """

    updated = Signal(object)
    close_wanted = Signal(object)
    print_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(
        self, desk: Desk, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        """Override DeskSession.__init__: begin with nothing asked."""
        super().__init__(desk, clock, parent)
        self._day = clock().date()
        self._state: DayState | None = None
        self._acts: dict[str, Callable[[str], None]] = {
            CLOSE: self._ask_to_close,
            PRINT: self._print,
            SAVE: self._save,
            BEFORE: self._go_before,
            AFTER: self._go_after,
            CHOOSE: self._choose,
            GO_TO: self._go_to,
        }

    @property
    def state(self) -> DayState | None:
        """What the view shows now; None until it was first opened."""
        return self._state

    def refresh(self) -> None:
        """Show today as it stands, as when the view is opened."""
        self.reported.emit(Message(PLAIN, ""))
        self._day = self._clock().date()
        self.ask(CHOOSE, "")

    def ask(self, act: str, value: str) -> None:
        """Do what the clerk asked for in the day view.

        Args:
            act: One of this module's acts.
            value: Number of a close, or an ISO day; empty for none.
        """
        self._attempt(partial(self._acts[act], value))

    def close_day(self) -> None:
        """Close the day shown, and print its sheet."""
        try:
            close = self._desk.days.close(self._day, self._clock())
            self._choose(close.number)
            sheet = self._desk.days.sheet(close.number, self._clock())
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self.reported.emit(Message(GOOD, f"已日结 {close.number}，台账末条 {close.head}"))
        self.print_wanted.emit(sheet)

    def _ask_to_close(self, _value: str) -> None:
        look = self._desk.days.look(self._day, self._clock())
        if look.can_close:
            self._choose("")
            self.close_wanted.emit(self._state)
        elif look.closes:
            text = f"{self._day} 已经日结（{look.closes[-1].number}），之后没有新的出单、作废或补打"
            self.reported.emit(Message(PROBLEM, text))
        else:
            text = f"{self._day} 没有出单、作废和补打，不用日结"
            self.reported.emit(Message(PROBLEM, text))

    def _sheet(self) -> DaySheet:
        number = self._state.number if self._state else ""
        if number:
            return self._desk.days.sheet(number, self._clock())
        return self._desk.days.draft_sheet(self._day, self._clock())

    def _print(self, _value: str) -> None:
        self.print_wanted.emit(self._sheet())

    def _save(self, _value: str) -> None:
        self.save_wanted.emit(self._sheet())

    def _go_before(self, _value: str) -> None:
        self._go_to((self._day - timedelta(days=1)).isoformat())

    def _go_after(self, _value: str) -> None:
        if self._day < self._clock().date():
            self._go_to((self._day + timedelta(days=1)).isoformat())
        else:
            self.reported.emit(Message(PLAIN, "今天之后的日子还没有到"))

    def _go_to(self, day: str) -> None:
        self._day = date.fromisoformat(day)
        self.reported.emit(Message(PLAIN, ""))
        self._choose("")

    def _choose(self, number: str) -> None:
        """Show a close of the day, or else what is in none yet."""
        look = self._desk.days.look(self._day, self._clock())
        if not number and not look.can_close and look.closes:
            number = look.closes[-1].number
        self._state = DayState(look, number, self._day == self._clock().date())
        self.updated.emit(self._state)
