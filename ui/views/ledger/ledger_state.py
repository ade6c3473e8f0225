"""What the ledger view shows, and the names of what it can be asked for.

Records and names only; asks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medcounter.desk.counter.ledger_wish import ANYBODY, LedgerWish
from medcounter.desk.desk_records import LedgerPage

if TYPE_CHECKING:
    from medcounter.desk.desk_records import IssuedNotice

SEARCH = "search"
SELECT = "select"
MORE = "more"
SELECT_AGAIN = "select_again"
SHOW = "show"
REPRINT = "reprint"
SAVE = "save"
VOID = "void"
VOID_RUN = "void_run"
CORRECT = "correct"
HISTORY = "history"
CAME_OUT = "came_out"
NOT_OUT = "not_out"
ENTERED = "entered"
ENTERED_ALL = "entered_all"
EXPORT = "export"
REVEAL = "reveal"
DAYS = "days"
STATE = "state"
CLERK = "clerk"
EVERYTHING = "everything"
SORT = "sort"
NOTHING = LedgerPage((), 0)


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Everything the ledger view shows.

    Attributes:
        query: What was searched for; empty lists everything.
        page: The rows found, newest first.
        wish: Days, state, clerk and person asked for beside it.
        clerks: Names to choose from.
        order: The column the rows are sorted by, ``-`` before it for the
            largest first; empty for the newest first.
        number: The chosen notice's; empty while there is none to choose.
        issued: What stands on it; None when it cannot be read.
        listed: Whether it was issued for a list.
        problem: Why rows or notice cannot be read; empty when they can.
    """

    query: str
    page: LedgerPage
    number: str = ""
    issued: IssuedNotice | None = None
    listed: bool = False
    problem: str = ""
    wish: LedgerWish = field(default_factory=LedgerWish)
    clerks: tuple[str, ...] = (ANYBODY,)
    order: str = ""
