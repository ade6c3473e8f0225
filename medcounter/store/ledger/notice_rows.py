"""The rows of one notice: written once, read back and checked.

Returns stored notices and print counts. Called inside a transaction of the
caller; composes no paper itself.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from medcounter.identity.person_key import written_forms
from medcounter.notice.content.number import format_number
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import journal, sealed_rows
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.ledger import ledger_search, notice_status
from medcounter.store.ledger_records import (
    FAILED,
    PRINTED,
    HouseholdLink,
    NewNotice,
    PrintState,
    StoredNotice,
)
from medcounter.store.packing import NotUnpackedError, unpack
from medcounter.store.store_errors import (
    NoticeReplacedError,
    NoticeUnknownError,
    NoticeValidError,
    StoreDamagedError,
)
from medcounter.strict_json import read_strict
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey
from medcounter.wording.terms import ISSUED, UNCONFIRMED, VOID

Compose = Callable[[str], bytes]
PRINT_STATES = {"printed": PRINTED, "print-failed": FAILED}
_TAIL_DIGITS = 4
_LOAD = """
    SELECT n.number, n.request_id, n.issued_at, n.clerk, n.commitment,
           p.name, p.id_number, p.salt, p.coding, p.document
    FROM notice n LEFT JOIN party p ON p.notice = n.id
    WHERE n.id = ?
"""
# Each end by itself is one step in an index; both in one list would be counted through.
_HIGHEST = """
    SELECT max(
        coalesce((SELECT max(sequence) FROM notice WHERE issue_year = :year AND desk = :desk), 0),
        coalesce(
            (SELECT max(sequence) FROM number_floor WHERE issue_year = :year AND desk = :desk), 0
        )
    )
"""
_EVENTS = """
    SELECT kind, at, print_no FROM event
    WHERE notice = ? AND kind IN ('issue', 'reprint', 'printed', 'print-failed')
    ORDER BY id
"""


# What a void is kept with that was written before a restore.
CARRIED = "carried"
_PEOPLE = """
    SELECT name, id_number, coding, document FROM party WHERE notice = ?
    UNION ALL
    SELECT p.name, p.id_number, p.coding, p.document FROM household_member own
    JOIN household_member h ON h.first = own.first JOIN party p ON p.notice = h.notice
    WHERE own.notice = ?
"""
_AGENT = re.compile(rb'"agent":("(?:[^"\\\\]|\\\\.)+")')
_HOUSEHOLD = """
    SELECT n.number FROM household_member own
    JOIN household_member h ON h.first = own.first
    JOIN notice n ON n.id = h.notice
    WHERE own.notice = ? ORDER BY h.place
"""


def insert_household(
    database: Database, key: ChainKey, members: Sequence[tuple[NewNotice, Compose]]
) -> None:
    """Write notices that belong together, in order, each linked to the others.

    Raises:
        NoticeUnknownError: A ``replaces`` names no notice.
        NumberNotWritableError: The desk is no desk, or its numbers are used
            up.
    """
    last = scalar(database, "SELECT coalesce(max(id), 0) FROM notice")
    assert isinstance(last, int)  # noqa: S101 - an integer column
    for position, (new, compose) in enumerate(members, start=1):
        link = HouseholdLink(last + 1, position, len(members)) if len(members) > 1 else None
        insert(database, key, new, compose, link)


def insert_each(
    database: Database, key: ChainKey, members: Sequence[tuple[NewNotice, Compose]]
) -> None:
    """Write notices of people who do not belong together, in order.

    Raises:
        NumberNotWritableError: The desk is no desk, or its numbers are used
            up.
    """
    for new, compose in members:
        insert(database, key, new, compose)


def insert(
    database: Database,
    key: ChainKey,
    new: NewNotice,
    compose: Compose,
    link: HouseholdLink | None = None,
) -> None:
    """Write a new notice under the next number, with its first print.

    Raises:
        NoticeReplacedError: ``replaces`` names one that is corrected already.
        NoticeUnknownError: ``replaces`` names no notice.
        NoticeValidError: ``replaces`` names one that is not void.
        NumberNotWritableError: The desk is no desk, or its numbers are used
            up.
    """
    row = _next(database, new)
    if row["sequence"] == 1 and _has_leapt(database, key, new):
        row = _next(database, new)
    document = compose(str(row["number"]))
    salt = chain.make_salt()
    commitment = chain.commitment(salt, [new.name, new.id_number], document)
    whole = {**row, **_content(new), "commitment": commitment}
    party = {
        "notice": row["id"],
        "name": new.name,
        "id_number": new.id_number,
        "id_tail": new.id_number[-_TAIL_DIGITS:],
        "salt": salt,
        "coding": "zlib",
        "document": zlib.compress(document),
    }
    notice = row["id"]
    assert isinstance(notice, int)  # noqa: S101 - counted in _next
    database.table("notice").insert(whole)
    database.table("party").insert(party)
    ledger_search.index_name(database, notice, new.name)
    sealed = sealed_rows.seal_row(key.salts, [whole[name] for name in sealed_rows.COLUMNS])
    person = sealed_rows.seal_party(salt, new.name, new.id_number)
    detail: dict[str, object] = {
        "digest": sealed_rows.sealed_digest(sealed.row),
        "party": sealed_rows.leaves(person),
    }
    if link is not None:
        household = {"first": link.first, "place": link.position, "size": link.size}
        detail["household"] = household
        database.table("household_member").insert({"notice": notice, **household})
    issue = NewEvent("issue", new.issued_at, new.clerk, notice, 1, detail)
    journal.append(database, key, issue)
    if new.acknowledged:
        notice_status.keep_acknowledged(database, key, issue, new.acknowledged)
    if new.run:
        notice_status.keep_listed(database, key, issue, new.run)


def void(database: Database, key: ChainKey, event: NewEvent) -> None:
    """Write that a notice is void.

    The event names the number, which is given once: a row is another notice's
    after a restore, and what a supervisor signed of one proves no other's.

    Args:
        database: The open ledger, in a transaction.
        key: What the event is chained and signed with.
        event: The ``void`` event about the notice's row.

    Raises:
        ReasonNamesSomebodyError: Its reason names a person of the notice.
    """
    detail = dict(event.detail or {})
    if CARRIED not in detail:
        # What was voided before a restore is carried over as it was.
        typed_reason(str(detail.get("reason", "")), _people(database, event.notice))
    number = scalar(database, "SELECT number FROM notice WHERE id = ?", event.notice)
    journal.append(database, key, replace(event, detail={**detail, "number": number}))


def _people(database: Database, notice: int | None) -> Iterator[tuple[str, str]]:
    """Give the people of a notice and its household, and who came for them."""
    for name, number, coding, coded in database.conn.execute(_PEOPLE, (notice, notice)):
        for form in written_forms(number) or (number,):
            yield name, form
        try:
            document = unpack(coded) if coding == "zlib" else coded
        except NotUnpackedError:
            continue  # verifying tells of it; a void is not kept from anybody
        agent = _AGENT.search(document)
        if agent is not None:
            yield str(read_strict(agent[1])), ""


def load(database: Database, notice: int) -> StoredNotice:
    """Read a notice and check that its paper is the one that was issued.

    Raises:
        StoreDamagedError: It is not.
    """
    row = database.conn.execute(_LOAD, (notice,)).fetchone()
    number, request_id, issued_at, clerk, commitment, name, id_number, *kept = row
    reason = void_reason(database, notice)
    return StoredNotice(
        number=number,
        request_id=request_id,
        issued_at=datetime.fromisoformat(issued_at),
        clerk=clerk,
        document=None if name is None else _document(commitment, [name, id_number], *kept),
        state=ISSUED if reason is None else VOID,
        void_reason=reason or "",
        prints=prints(database, notice),
        standing=notice_status.of_notice(database, notice),
    )


def row_of(database: Database, number: str) -> int:
    """Return the row of a number.

    Raises:
        NoticeUnknownError: There is none.
    """
    row = scalar(database, "SELECT id FROM notice WHERE number = ?", number)
    if not isinstance(row, int):
        raise NoticeUnknownError(f"台账中没有编号“{number}”的通知单；请核对编号后重新查找。")
    return row


def row_of_request(database: Database, request_id: str) -> int | None:
    """Return the row issued under a request; None when there is none."""
    row = scalar(database, "SELECT id FROM notice WHERE request_id = ?", request_id)
    return row if isinstance(row, int) else None


def household(database: Database, notice: int) -> tuple[str, ...]:
    """List the numbers issued together with a notice, its own too, in order.

    Empty when it was issued alone.
    """
    return tuple(number for (number,) in database.conn.execute(_HOUSEHOLD, (notice,)))


def prints(database: Database, notice: int) -> tuple[PrintState, ...]:
    """List the counted prints in order, each with the last word on it."""
    counted: dict[int, tuple[str, str]] = {}
    for kind, at, print_no in database.conn.execute(_EVENTS, (notice,)):
        if kind in PRINT_STATES:
            counted[print_no] = (counted[print_no][0], PRINT_STATES[kind])
        else:
            counted[print_no] = (at, UNCONFIRMED)
    return tuple(
        PrintState(print_no, datetime.fromisoformat(at), state)
        for print_no, (at, state) in counted.items()
    )


def void_reason(database: Database, notice: int) -> str | None:
    """Return why a notice is void; None when it is not."""
    detail = scalar(database, "SELECT detail FROM event WHERE notice = ? AND kind = 'void'", notice)
    if detail is None:
        return None
    kept = read_strict(str(detail).encode())
    return str(kept["reason"]) if isinstance(kept, dict) else ""


def _next(database: Database, new: NewNotice) -> dict[str, object]:
    """Count on: the row, and the number within its year and desk."""
    year = new.issued_at.year
    last = scalar(database, "SELECT coalesce(max(id), 0) FROM notice")
    (highest,) = database.conn.execute(_HIGHEST, {"year": year, "desk": new.desk}).fetchone()
    assert isinstance(last, int)  # noqa: S101 - an integer column
    assert isinstance(highest, int)  # noqa: S101 - an integer column
    return {
        "id": last + 1,
        "number": format_number(year, new.desk, highest + 1),
        "issue_year": year,
        "desk": new.desk,
        "sequence": highest + 1,
        "replaces": None if new.replaces is None else _replaced(database, new.replaces),
    }


def _has_leapt(database: Database, key: ChainKey, new: NewNotice) -> bool:
    from medcounter.store.ledger import number_leap  # noqa: PLC0415 - once in a series

    return number_leap.again(database, key, new.issued_at)


def _replaced(database: Database, number: str) -> int:
    """Return the row of a void notice that nothing replaces yet."""
    notice = row_of(database, number)
    if void_reason(database, notice) is None:
        raise NoticeValidError(
            f"原通知单 {number} 还没有作废，不能出更正单，没有编号；请先在台账里作废原单。"
        )
    if by := notice_status.of_notice(database, notice).replaced_by:
        raise NoticeReplacedError(
            f"通知单 {number} 已经更正为 {by}，不能再更正一次；请从 {by} 办理更正。"
        )
    return notice


def _content(new: NewNotice) -> Mapping[str, object]:
    """Return what a notice says, but for the person: that can be erased."""
    return {
        "request_id": new.request_id,
        "issued_at": journal.stamp(new.issued_at),
        "clerk": new.clerk,
        "region": new.region,
        "scheme": new.scheme,
        "benefit_year": new.benefit_year,
        "category": new.category,
        "category_label": new.category_label,
        "total": new.total,
        "coverage_start": new.coverage_start and new.coverage_start.isoformat(),
        "coverage_end": new.coverage_end and new.coverage_end.isoformat(),
        "bundle": new.ruling.bundle,
        "revision": new.ruling.revision,
        "bundle_sha256": new.ruling.sha256,
        "engine": new.ruling.engine,
        "facts": new.ruling.facts.decode(),
        "breakdown": new.ruling.breakdown.decode(),
    }


def _document(commitment: str, person: list[str], salt: bytes, coding: str, coded: bytes) -> bytes:
    try:
        document = unpack(coded) if coding == "zlib" else coded
    except NotUnpackedError as err:
        raise StoreDamagedError from err
    if not chain.same(commitment, chain.commitment(salt, person, document)):
        raise StoreDamagedError
    return document
