"""Correct issued notices and mark them as entered in the official system.

Each change is one transaction of chained events. A correction begins with a
void and the correcting draft, both or neither. It is complete when that draft
is issued, and remains a plain void if it never is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import counter_drafts, notice_rows, notice_status
from medcounter.store.ledger.settled_commit import named, settled
from medcounter.store.store_errors import NoticeReplacedError
from medcounter.trust.chain_key import ChainKey

_TOLD = "SELECT name, id_number FROM party WHERE notice = ?"
_FACTS = "SELECT facts FROM notice WHERE id = ?"


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What a person told for a notice.

    Attributes:
        name: As issued.
        id_number: Unmasked; empty when there is none.
        facts: What it was computed from, canonical JSON.
    """

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    facts: bytes


class Corrections:
    """Corrections and entries of one ledger."""

    def __init__(self, connection: Connection, chain_key: ChainKey) -> None:
        """Take the open file and the key of the chain."""
        self._connection = connection
        self._key = chain_key

    def stated(self, number: str) -> StatedFacts | None:
        """Return what a notice rests on; None once the person was erased.

        Raises:
            NoticeUnknownError: No notice has the number.
        """
        with self._connection.reading() as database:
            notice = notice_rows.row_of(database, number)
            party = database.conn.execute(_TOLD, (notice,)).fetchone()
            (facts,) = database.conn.execute(_FACTS, (notice,)).fetchone()
        return None if party is None else StatedFacts(party[0], party[1], str(facts).encode())

    def correct(self, number: str, body: bytes, void: NewEvent) -> None:
        """Void a notice and keep the draft that is to replace it.

        A notice that is void already and was never replaced only gets the
        draft. That the person's whole number is shown is kept either way.

        Args:
            number: Of the notice.
            body: The draft.
            void: The ``void`` event without its notice.

        Raises:
            ClockBackError: The clock was set back.
            NoticeReplacedError: It was replaced already.
            NoticeUnknownError: No notice has the number.
            FateUnknownError: The disk failed and it cannot be found out
                whether it is void.
        """

        def work(database: Database) -> None:
            journal.require_clock(database, void.at)
            notice = notice_rows.row_of(database, number)
            if by := notice_status.of_notice(database, notice).replaced_by:
                raise NoticeReplacedError(
                    f"通知单 {number} 已经更正为 {by}，不能再更正一次；请从 {by} 办理更正。"
                )
            if notice_rows.void_reason(database, notice) is None:
                event = NewEvent("void", void.at, void.clerk, notice, detail=void.detail)
                notice_rows.void(database, self._key, event)
            # The draft shows the whole ID number to who corrects.
            shown = NewEvent("reveal", void.at, void.clerk, notice)
            journal.append(database, self._key, shown)
            counter_drafts.keep(database, body, void.at)

        settled(self._connection, work, named((number,)))

    def mark_entered(
        self, numbers: Sequence[str], at: datetime, clerk: str, *, entered: bool
    ) -> int:
        """Keep that notices were entered in the official system, or were not.

        Returns:
            How many of them that was news of; all of them or none are kept.

        Raises:
            NoticeUnknownError: A number is no notice's.
            NoticeVoidError: One is void.
            FateUnknownError: The disk failed and it cannot be found out
                whether they are kept.
        """
        kind = notice_status.ENTERED if entered else notice_status.NOT_ENTERED

        def work(database: Database) -> int:
            return sum(
                notice_status.mark_entered(
                    database, self._key, NewEvent(kind, at, clerk, _valid(database, number))
                )
                for number in numbers
            )

        return settled(self._connection, work, named(numbers))


def _valid(database: Database, number: str) -> int:
    notice = notice_rows.row_of(database, number)
    if notice_rows.void_reason(database, notice) is not None:
        raise store_errors.NoticeVoidError(
            f"通知单 {number} 已经作废，不用录入正式系统；请核对编号。"
        )
    return notice
