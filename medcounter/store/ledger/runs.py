"""Runs: the notices numbered from one confirmed list, voided as a whole.

Each notice of a run has an event that names it, written in the transaction
that issued it. All of a run is voided or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import journal, order_check
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import notice_rows
from medcounter.store.ledger.settled_commit import named, settled
from medcounter.store.ledger_records import Run
from medcounter.strict_json import read_strict
from medcounter.trust.chain_key import ChainKey

_VOIDED = "SELECT count(*) FROM event WHERE notice = ? AND kind = 'void'"
# Whoever signs in can list other people's notices later: that counts for nothing.
_NAMED = f"""
    SELECT e.detail FROM event e
    WHERE e.notice = ? AND e.kind = 'listed' AND {order_check.SAID_WITH_ISSUE}
"""  # noqa: S608 - fixed words
# A run never goes over midnight, so its notices are those of one day.
_OF_RUN = f"""
    SELECT n.id, n.number,
           EXISTS (SELECT 1 FROM event WHERE notice = n.id AND kind = 'void'),
           (SELECT kind FROM event WHERE notice = n.id AND kind IN ('entered', 'not-entered')
            ORDER BY id DESC LIMIT 1) IS 'entered'
    FROM notice own
    JOIN notice n ON substr(n.issued_at, 1, 10) = substr(own.issued_at, 1, 10)
    JOIN event e ON e.notice = n.id AND e.kind = 'listed'
    WHERE own.id = ? AND e.detail = ? AND {order_check.SAID_WITH_ISSUE} ORDER BY n.id
"""  # noqa: S608 - fixed words


class Runs:
    """The runs of one ledger."""

    def __init__(self, connection: Connection, chain_key: ChainKey) -> None:
        """Take the open file and the key of the chain."""
        self._connection = connection
        self._key = chain_key

    def holds(self, number: str) -> bool:
        """Return whether a notice was issued for a list.

        Raises:
            NoticeUnknownError: No notice has the number.
        """
        with self._connection.reading() as database:
            return _detail(database, notice_rows.row_of(database, number)) is not None

    def of(self, number: str) -> Run:
        """Return the run to which a notice belongs.

        Raises:
            NoticeUnknownError: No notice has the number.
            RunUnknownError: It was not issued for a list.
        """
        with self._connection.reading() as database:
            return _read(database, number)[0]

    def void(self, number: str, reason: str, at: datetime, clerk: str) -> Run:
        """Void every notice of a run that is not void yet, all of them or none.

        Args:
            number: Of any notice of the run.
            reason: Why; kept with each of them, with the run.
            at: When, with its zone.
            clerk: Who does it.

        Returns:
            The run as it was before: its ``valid`` ones are the ones voided.

        Raises:
            ClockBackError: The clock was set back.
            FateUnknownError: The disk failed and it cannot be found out
                whether they are void.
            NoticeUnknownError: No notice has the number.
            ReasonMissingError: The reason is blank.
            RunUnknownError: It was not issued for a list.
            RunVoidError: All of the run is void already.
        """
        if not reason.strip():
            raise store_errors.ReasonMissingError

        def work(database: Database) -> Run:
            journal.require_clock(database, at)
            run, rows = _read(database, number)
            if not rows:
                raise store_errors.RunVoidError
            detail = {"reason": reason.strip(), "run": run.run}
            for row in rows:
                void = NewEvent("void", at, clerk, row, detail=detail)
                notice_rows.void(database, self._key, void)
            return run

        return settled(self._connection, work, f"{number} 这一批作废")

    def void_chosen(
        self, numbers: Sequence[str], reason: str, at: datetime, clerk: str
    ) -> tuple[str, ...]:
        """Void notices that a clerk chose, all that are valid or none.

        Args:
            numbers: Of the notices; what is void already is left alone.
            reason: Why; kept with each of them.
            at: When, with its zone.
            clerk: Who does it.

        Returns:
            The numbers of those voided; none where all were void.

        Raises:
            ClockBackError: The clock was set back.
            NoticeUnknownError: A number is no notice's; none was voided.
            ReasonMissingError: The reason is blank.
            FateUnknownError: The disk failed and it cannot be found out
                whether they are void.
            StoreError: None was voided.
        """
        if not reason.strip():
            raise store_errors.ReasonMissingError

        def work(database: Database) -> tuple[str, ...]:
            journal.require_clock(database, at)
            rows = {number: notice_rows.row_of(database, number) for number in numbers}
            valid = {
                number: row for number, row in rows.items() if not scalar(database, _VOIDED, row)
            }
            for row in valid.values():
                void = NewEvent("void", at, clerk, row, detail={"reason": reason.strip()})
                notice_rows.void(database, self._key, void)
            return tuple(valid)

        return settled(self._connection, work, named(numbers))


def _read(database: Database, number: str) -> tuple[Run, tuple[int, ...]]:
    """Return a run, and the rows of its notices that are not void."""
    notice = notice_rows.row_of(database, number)
    detail = _detail(database, notice)
    if detail is None:
        raise store_errors.RunUnknownError(
            f"通知单 {number} 不是按名单出的，没有整批可以作废；只作废这一张请用“作废”。"
        )
    read = read_strict(detail.encode())
    found = database.conn.execute(_OF_RUN, (notice, detail)).fetchall()
    valid = [(row, each) for row, each, void, _ in found if not void]
    run = Run(
        run=str(read["run"]) if isinstance(read, dict) else "",
        numbers=tuple(each for _, each, _, _ in found),
        valid=tuple(each for _, each in valid),
        entered=sum(1 for _, _, void, entered in found if entered and not void),
    )
    return run, tuple(row for row, _ in valid)


def _detail(database: Database, notice: int) -> str | None:
    detail = scalar(database, _NAMED, notice)
    return None if detail is None else str(detail)
