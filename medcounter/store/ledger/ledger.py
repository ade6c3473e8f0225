"""The ledger: notices issued, printed, voided and found again.

Returns stored notices. Each change is one IMMEDIATE transaction. An issued
notice is never changed; whatever happens to it is a new event. Reads no clock
and composes no paper.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.journal.walk_progress import WalkedFile
from medcounter.store.ledger import (
    counter_drafts,
    ledger_filter,
    ledger_proof,
    ledger_search,
    notice_rows,
)
from medcounter.store.ledger.ledger_filter import EVERYTHING, LedgerFilter
from medcounter.store.ledger.notice_rows import Compose
from medcounter.store.ledger.settled_commit import FATE_OPEN, named, settled, unknown
from medcounter.store.ledger_records import (
    ChainFault,
    LedgerEntry,
    NewNotice,
    Page,
    StoredNotice,
)
from medcounter.trust.chain import Head
from medcounter.trust.chain_key import ChainKey

_ISSUED_SINCE = """
    SELECT number, substr(issued_at, 1, 10), facts FROM notice n
    WHERE substr(issued_at, 1, 10) >= ? AND scheme = ? AND benefit_year = ?
      AND NOT EXISTS (SELECT 1 FROM event e WHERE e.notice = n.id AND e.kind = 'void')
    ORDER BY id
"""
SPACE_NEEDED = 200_000_000


class Ledger:
    """All notices of one data folder."""

    def __init__(self, connection: Connection, chain_key: ChainKey) -> None:
        """Take the open file and the key of the chain."""
        self._connection = connection
        self._key = chain_key

    def issue(self, new: NewNotice, compose: Compose) -> StoredNotice:
        """Number a notice, keep its snapshot and count its first print.

        Args:
            new: The notice; its ``request_id`` decides whether it is new.
            compose: Gives the snapshot's bytes for the number it is told.

        Returns:
            The stored notice; the same one again for the same request.

        Raises:
            ClockBackError: The clock was set back.
            FateUnknownError: The disk failed and it cannot be found out
                whether the notice was stored.
            NoticeUnknownError: ``replaces`` names no notice.
            NumberNotWritableError: The desk is no desk, or its numbers are
                used up.
            StoreError: It was not stored; one subclass per cause.
        """
        return self.issue_household(((new, compose),))[0]

    def issue_household(
        self,
        members: Sequence[tuple[NewNotice, Compose]],
        *,
        linked: bool = True,
        forget_draft: bool = False,
    ) -> tuple[StoredNotice, ...]:
        """Issue the notices of a household or of a list, all of them or none.

        Args:
            members: At least one; as for :meth:`issue`, in the household's
                order.
            linked: They are a household and are found by each other.
            forget_draft: They are those of the counter's draft, which goes
                in the same transaction: it is there or they are, never both.

        Returns:
            The stored notices in the same order; the same ones again for the
            same requests.

        Raises:
            ClockBackError: The clock was set back.
            FateUnknownError: The disk failed and it cannot be found out
                whether they were stored.
            HouseholdMixedError: Some of the requests were issued before and
                others not.
            NoticeUnknownError: A ``replaces`` names no notice.
            NumberNotWritableError: The desk is no desk, or its numbers are
                used up.
            StoreError: Nothing was stored; one subclass per cause.
        """
        self._connection.require_writable()
        self._require_space()
        requests = tuple(new.request_id for new, _ in members)
        try:
            with self._connection.transaction() as database:
                known = [notice_rows.row_of_request(database, each) for each in requests]
                if known.count(None) not in {0, len(known)}:
                    raise store_errors.HouseholdMixedError
                if None in known:
                    journal.require_clock(database, members[0][0].issued_at)
                    insert = notice_rows.insert_household if linked else notice_rows.insert_each
                    insert(database, self._key, members)
                    if forget_draft:
                        counter_drafts.forget(database)
            # Still within the block: what cannot be read back may be stored all the same.
            return _all_of(map(self.by_request, requests), store_errors.FateUnknownError())
        except FATE_OPEN as err:
            return self._settle(requests, err)

    def find(self, number: str) -> StoredNotice:
        """Return a notice by its number.

        Raises:
            NoticeUnknownError: No notice has it.
            StoreDamagedError: What is stored is not what was issued.
        """
        with self._connection.reading() as database:
            return notice_rows.load(database, notice_rows.row_of(database, number))

    def by_request(self, request_id: str) -> StoredNotice | None:
        """Return the notice issued under a request; None when there is none."""
        with self._connection.reading() as database:
            notice = notice_rows.row_of_request(database, request_id)
            return None if notice is None else notice_rows.load(database, notice)

    def household(self, number: str) -> tuple[str, ...]:
        """List the numbers issued together with a notice, in order.

        Returns:
            At least two numbers, this one among them; empty when it was
            issued alone.

        Raises:
            NoticeUnknownError: No notice has the number.
        """
        with self._connection.reading() as database:
            return notice_rows.household(database, notice_rows.row_of(database, number))

    def last(self) -> StoredNotice | None:
        """Return the notice issued last; None in an empty ledger."""
        with self._connection.reading() as database:
            notice = scalar(database, "SELECT max(id) FROM notice")
            return notice_rows.load(database, notice) if isinstance(notice, int) else None

    def last_desk(self) -> str | None:
        """Return the number of the desk that issued last; None where none did."""
        with self._connection.reading() as database:
            desk = scalar(database, "SELECT desk FROM notice ORDER BY id DESC LIMIT 1")
        return None if desk is None else str(desk)

    def issued_since(
        self, day: date, scheme: str, benefit_year: int
    ) -> tuple[tuple[str, date, bytes], ...]:
        """List the valid notices of a scheme and year that were issued since a day.

        Args:
            day: The first day, inclusive.
            scheme: ``resident`` or ``flexible``.
            benefit_year: The year insured.

        Returns:
            Number, day of issue, and facts as canonical JSON, in order.
        """
        asked = (day.isoformat(), scheme, benefit_year)
        with self._connection.reading() as database:
            rows = database.conn.execute(_ISSUED_SINCE, asked).fetchall()
        return tuple((number, date.fromisoformat(on), facts.encode()) for number, on, facts in rows)

    def last_time(self) -> datetime | None:
        """Return the time of the last event; None in an empty ledger.

        Raises:
            StoreError: The ledger failed.
        """
        with self._connection.reading() as database:
            return journal.last_time(database)

    def search(
        self, query: str = "", limit: int = 100, offset: int = 0, within: LedgerFilter = EVERYTHING
    ) -> Page[LedgerEntry]:
        """Search notices, newest first.

        Args:
            query: Words that must all fit: (part of) a name, a number or its
                beginning, a sequence number, an ID number or its last four
                characters, 已出单 or 已作废. Empty finds all.
            limit: At most so many entries.
            offset: How many matches to leave out first.
            within: Days, state, clerk or person the notices must have.
        """
        with self._connection.reading() as database:
            wanted = ledger_filter.narrowed(ledger_search.read_query(query), within)
            return ledger_search.page(database, wanted, limit, offset)

    def add_print(self, number: str, at: datetime, clerk: str) -> int:
        """Count one more print and give its number.

        Raises:
            NoticeUnknownError: No notice has the number.
            NoticeVoidError: It is void.
        """

        def work(database: Database) -> int:
            journal.require_clock(database, at)
            notice = _not_void(database, number)
            print_no = 1 + len(notice_rows.prints(database, notice))
            self._append(database, NewEvent("reprint", at, clerk, notice, print_no))
            return print_no

        return settled(self._connection, work, named((number,)))

    def mark_prints(
        self, prints: Sequence[tuple[str, int]], at: datetime, clerk: str, *, ok: bool
    ) -> None:
        """Keep whether counted prints came out, all of them or none.

        Args:
            prints: Number of each notice, and which print of it.
            at: When, with its zone.
            clerk: Who says so.
            ok: Whether they came out.

        Raises:
            NoticeUnknownError: No notice has one of the numbers.
            PrintUnknownError: One was never printed that often.
        """
        kind = "printed" if ok else "print-failed"

        def work(database: Database) -> None:
            for number, print_no in prints:
                notice = notice_rows.row_of(database, number)
                known = notice_rows.prints(database, notice)
                if not 1 <= print_no <= len(known):
                    raise store_errors.PrintUnknownError
                if known[print_no - 1].state != notice_rows.PRINT_STATES[kind]:
                    self._append(database, NewEvent(kind, at, clerk, notice, print_no))

        settled(self._connection, work, named([number for number, _ in prints]))

    def void(self, number: str, reason: str, at: datetime, clerk: str) -> StoredNotice:
        """Void a notice; it stays, with the reason.

        Raises:
            NoticeUnknownError: No notice has the number.
            NoticeVoidError: It is void already.
            ReasonMissingError: The reason is blank.
        """
        if not reason.strip():
            raise store_errors.ReasonMissingError

        def work(database: Database) -> None:
            journal.require_clock(database, at)
            notice = _not_void(database, number)
            event = NewEvent("void", at, clerk, notice, detail={"reason": reason.strip()})
            notice_rows.void(database, self._key, event)

        settled(self._connection, work, named((number,)))
        try:
            return self.find(number)
        except FATE_OPEN:
            return self._found_again(number)

    def accept_clock(self, at: datetime, reason: str, clerk: str) -> None:
        """Accept the present time for the ledger, even if it goes back.

        Raises:
            ReasonMissingError: The reason is blank.
        """
        if not reason.strip():
            raise store_errors.ReasonMissingError(
                "没有写原因，电脑时间没有确认；请写明原因后重试。"
            )
        with self._connection.transaction() as database:
            last = journal.last_time(database)
            detail = {"clock_before": last and journal.stamp(last), "reason": typed_reason(reason)}
            self._append(database, NewEvent("override", at, clerk, detail=detail))

    def head(self) -> Head:
        """Name the ledger's state by its last event."""
        with self._connection.reading() as database:
            return journal.head(database)

    def verify(self, walked: WalkedFile | None = None) -> Iterator[ChainFault | None]:
        """Check every page, walk the chain, hold every table to it.

        None marks a slice's end.

        The chain alone passes over what lies in indexes and free places.

        Args:
            walked: Is told how far the ledger is good; None for nobody.
        """
        damaged = 0
        for found in self._connection.damaged_pages():
            damaged += found
            yield None
        if damaged:
            yield ChainFault(0, f"台账文件有 {damaged} 页损坏，请用最近的备份恢复。")
        with self._connection.reading() as database:
            yield from ledger_proof.walk(database, self._key, walked, trust=False)

    def _append(self, database: Database, event: NewEvent) -> None:
        journal.append(database, self._key, event)

    def _require_space(self) -> None:
        try:
            free = shutil.disk_usage(self._connection.path.parent).free
        except OSError as err:
            raise store_errors.StoreUnreachableError from err
        if free < SPACE_NEEDED:
            raise store_errors.DiskFullError(
                f"磁盘只剩 {free // 1_000_000} MB，没有出单，已有数据不变；"
                f"请腾出至少 {SPACE_NEEDED // 1_000_000} MB 空间后重试。"
            )

    def _found_again(self, number: str) -> StoredNotice:
        """After a disk fault, let the file itself say how a notice stands.

        Raises:
            FateUnknownError: It cannot be opened and read.
        """
        try:
            self._connection.reopen()
            return self.find(number)
        except store_errors.StoreError as err:
            raise unknown(named((number,))) from err

    def _settle(
        self, requests: Sequence[str], cause: store_errors.StoreError
    ) -> tuple[StoredNotice, ...]:
        """After a disk fault, let the file itself say whether they were stored."""
        try:
            self._connection.reopen()
            stored = [self.by_request(each) for each in requests]
        except store_errors.StoreError as err:
            raise store_errors.FateUnknownError from err
        return _all_of(stored, cause)


def _all_of(
    stored: Iterable[StoredNotice | None], missing: store_errors.StoreError
) -> tuple[StoredNotice, ...]:
    found = tuple(each for each in stored if each is not None)
    if not found:
        raise missing
    return found


def _not_void(database: Database, number: str) -> int:
    notice = notice_rows.row_of(database, number)
    if notice_rows.void_reason(database, notice) is not None:
        raise store_errors.NoticeVoidError(
            f"通知单 {number} 已经作废，不能再打印或再次作废；请另出一张新的通知单。"
        )
    return notice
