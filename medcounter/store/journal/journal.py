"""The chained journal of a ledger: every event, in order, under a key.

Computes the next link, and reports every row where ledger and chain
disagree. Called inside a transaction of the caller.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import (
    beside_notices,
    event_forms,
    first_rows,
    notice_form,
    sealed_rows,
)
from medcounter.store.journal.beside_notices import EVENT_WIDTH, ChainedEvent, fault_of_link, signed
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.journal.signatories import Signatories
from medcounter.store.journal.walk_progress import Passed, Rows
from medcounter.store.ledger_records import ChainFault
from medcounter.store.store_errors import ClockBackError, InvalidEntryError
from medcounter.strict_json import canonical
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey

_COLUMNS = "id, kind, at, notice, print_no, clerk, detail, mac"
NOTICE_COLUMNS = sealed_rows.COLUMNS
_CLERK = NOTICE_COLUMNS.index("clerk")
_LINK_COLUMNS = ("first", "place", "size")
# A notice with its signature takes a sixth of a millisecond; nobody waits for so many.
_SLICE = 25
# Walked at every opening: the last hour of a busy counter.
_END = 50
NOTICE_END = EVENT_WIDTH + len(NOTICE_COLUMNS)
LINK_END = NOTICE_END + len(_LINK_COLUMNS)
_WALK = f"""
    SELECT {", ".join(f"e.{name}" for name in _COLUMNS.split(", "))},
           {", ".join(f"n.{name}" for name in NOTICE_COLUMNS)},
           {", ".join(f"h.{name}" for name in _LINK_COLUMNS)},
           coalesce(s.public, ''), coalesce(s.signature, '')
    FROM event e LEFT JOIN notice n ON e.kind = 'issue' AND n.id = e.notice
         LEFT JOIN household_member h ON h.notice = n.id
         LEFT JOIN event_signature s ON s.event = e.id
    WHERE e.id > ? ORDER BY e.id LIMIT {_SLICE}
"""  # noqa: S608 - fixed names
_AT_END = """
    SELECT 1 FROM event WHERE notice IS NULL AND kind IN (?, ?)
    AND id > (SELECT max(id) FROM event) - ? LIMIT 1
"""
# So far may a clock lag behind the last event, whose time is then taken.
BEHIND = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that happened to the ledger.

    Attributes:
        kind: One of the kinds in the table ``event_kind``.
        at: With its time zone.
        clerk: Who did it; empty for the program itself.
        notice: Row of the notice it is about, else None.
        print_no: Which print it is about, else None.
        detail: What else is to be kept, in types JSON has.
    """

    kind: str
    at: datetime
    clerk: str
    notice: int | None = None
    print_no: int | None = None
    detail: Mapping[str, object] | None = None


def append(database: Database, key: ChainKey, event: NewEvent) -> None:
    """Add an event as the next link, signed; its time is never before the last one's.

    Only an ``override`` may set the ledger's time back. The code names the
    key that signs, so that a signature taken away is found.

    Raises:
        InvalidEntryError: The time has no zone, or no reader would go by what it
            says: written, it would shut the ledger.
    """
    position, before = _last(database)
    at = stamp(event.at)
    last = last_time(database)
    if last is not None and event.at < last and event.kind != "override":
        at = stamp(last)
    row = (
        position + 1,
        event.kind,
        at,
        event.notice,
        event.print_no,
        event.clerk,
        canonical(dict(event.detail or {})).decode(),
    )
    _require_form(*row)
    signer = key.signer_for(event.kind)
    mac = chain.link(key.codes, before, (*row, signer.public))
    database.conn.execute(
        f"INSERT INTO event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed names
        (*row, mac),
    )
    database.conn.execute(
        "INSERT INTO event_signature VALUES (?, ?, ?)",
        (position + 1, signer.public, signer.sign(mac)),
    )


def _require_form(
    position: int, kind: str, at: str, notice: int | None, print_no: int | None, *said: str
) -> None:
    wrong = event_forms.fault(position, kind, at, (notice, print_no), said[-1])
    if wrong is not None:
        raise InvalidEntryError(
            f"要写进台账的一条记录（{kind}）不是程序的写法，没有写，这一步没有做，已有数据不变；"
            "请不要重试，并把这句话告诉维护人员。"
        )


def last_time(database: Database) -> datetime | None:
    """Return the time of the last event; None in an empty ledger."""
    at = scalar(database, "SELECT at FROM event ORDER BY id DESC LIMIT 1")
    return None if at is None else datetime.fromisoformat(str(at))


def require_clock(database: Database, at: datetime) -> None:
    """See that a clock was not set back by more than five minutes.

    Raises:
        ClockBackError: It was, and nobody has confirmed it.
        InvalidEntryError: The time has no zone.
    """
    stamp(at)
    last = last_time(database)
    if last is not None and last - at > BEHIND:
        raise ClockBackError(
            f"电脑时间是 {at:%Y-%m-%d %H:%M}，台账里最后一条记录是 {last:%Y-%m-%d %H:%M}，"
            "时间倒退了，这一步没有做，已有数据不变；"
            "请把电脑时间校准后重试，时间确实正确的请主管确认。"
        )


def head(database: Database) -> chain.Head:
    """Name the ledger's state: how many events, and the last code's start."""
    return chain.head(*_last(database))


def stamp(at: datetime) -> str:
    """Write a time with its offset, to the second.

    Raises:
        InvalidEntryError: It has no zone, so it would not tell when.
    """
    if at.utcoffset() is None:
        raise InvalidEntryError
    return at.isoformat(timespec="seconds")


def verify(
    database: Database, key: ChainKey, known: Passed | None = None
) -> Generator[ChainFault | None, None, Passed]:
    """Walk every link, every signature and every notice; a slice between two yields.

    The tables beside events and notices are held to them by ``table_check.verify``.

    Args:
        database: The open ledger.
        key: The chain's.
        known: What was walked before without a fault; what of it is the same
            is not checked again.

    Yields:
        A fault where one is, else None so that a caller can show progress
        or stop.

    Returns:
        What was walked; it counts only where no fault was given.
    """
    position, before = FIRST - 1, chain.GENESIS
    vouched, signatories, rows = 0, Signatories(key), Rows(known)
    for row in walk(database):
        is_known = rows.is_known(row[0], row)
        fault = _fault_of_row(signatories, (position, before), row, is_known=is_known)
        position, before = row[0], row[EVENT_WIDTH - 1]
        vouched += row[1] == "issue"
        if rows.is_other():
            return (yield from verify(database, key))
        if fault is not None or not position % _SLICE:
            yield fault
    if rows.is_other(at_end=True):
        return (yield from verify(database, key))
    yield first_rows.fault(database)
    (notices,) = database.conn.execute("SELECT count(*) FROM notice").fetchone()
    if notices != vouched:
        yield ChainFault(0, f"台账有 {notices} 张通知单，有出单记录的只有 {vouched} 张。")
    return rows.passed


def verify_end(database: Database, key: ChainKey, events: int = 0) -> ChainFault | None:
    """Walk the last events only, so that no opening has to wait for it.

    Args:
        database: The open ledger.
        key: The chain's.
        events: How many; at least as many as an opening walks.

    Returns:
        The first fault; None where the end is good.
    """
    below = first_rows.fault(database)
    if below is not None:
        return below
    start = max(_last(database)[0] - max(events, _END), FIRST - 1)
    row = database.conn.execute("SELECT mac FROM event WHERE id = ?", (start,)).fetchone()
    if row is None and start >= FIRST:
        return ChainFault(start, f"第 {start} 条记录缺失。")
    before = row[0] if row and start >= FIRST else chain.GENESIS
    counted, position = beside_notices.signatories(database, key, start), start
    signed = scalar(database, "SELECT 1 FROM event_signature WHERE event <= ? LIMIT 1", start)
    counted.begun = signed is not None
    for found in walk(database, start):
        fault = _fault_of_row(counted, (position, before), found, is_known=False)
        if fault is not None:
            return fault
        position, before = found[0], found[EVENT_WIDTH - 1]
    return None


def ends_with(database: Database, kinds: tuple[str, str]) -> bool:
    """Return whether one of two kinds is among the events that an opening walks."""
    return scalar(database, _AT_END, *kinds, _END) is not None


def walk(database: Database, position: int = FIRST - 1) -> Iterator[tuple[Any, ...]]:
    """Give each event after a position, with the notice it issued and its household."""
    while rows := database.conn.execute(_WALK, (position,)).fetchall():
        yield from rows
        position = rows[-1][0]


def signatories(database: Database, key: ChainKey) -> Signatories:
    """Return whose keys count at the ledger's end."""
    return beside_notices.signatories(database, key, _last(database)[0])


def _last(database: Database) -> tuple[int, str]:
    row = database.conn.execute("SELECT id, mac FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return (FIRST - 1, chain.GENESIS) if row is None else (row[0], row[1])


def _fault_of_row(
    signatories: Signatories, before: tuple[int, str], row: tuple[Any, ...], *, is_known: bool
) -> ChainFault | None:
    """Hold one row of :data:`_WALK` to what was before it."""
    event, signature = ChainedEvent(*row[:EVENT_WIDTH]), row[LINK_END:]
    fault = _fault_of_signature(signatories, event, signature, is_known=is_known)
    if not is_known:
        fault = fault_of_link(signatories.chain, before, event, signature[0]) or fault
    about = event.notice, event.print_no
    formless = event_forms.fault(event.position, event.kind, event.at, about, event.detail)
    if formless is not None:
        return formless if fault is None else event_forms.FormFault(*astuple(fault))
    if is_known or event.kind != "issue":
        return fault
    notice, link = row[EVENT_WIDTH:NOTICE_END], row[NOTICE_END:LINK_END]
    return fault or _fault_of_notice(signatories.chain, event, notice, link)


def _fault_of_signature(
    signatories: Signatories, event: ChainedEvent, signature: tuple[str, str], *, is_known: bool
) -> ChainFault | None:
    wrong = signatories.fault(signed(event, signature), is_known=is_known)
    return ChainFault(event.position, f"第 {event.position} 条记录{wrong}。") if wrong else None


def _fault_of_notice(
    key: ChainKey, event: ChainedEvent, row: tuple[object, ...], link: tuple[object, ...]
) -> ChainFault | None:
    if row[0] is None:
        text = f"第 {event.position} 条记录所说的通知单不在台账里。"
        return ChainFault(event.position, text)
    if not sealed_rows.vouches(event.detail, key.salts, row, link):
        text = f"通知单 {row[1]} 与出单记录不符，可能被改动过。"
        return ChainFault(event.position, text)
    if row[_CLERK] != event.clerk:
        text = f"通知单 {row[1]} 写的经办人不是出单记录里的人，可能被改动过。"
        return ChainFault(event.position, text)
    if not notice_form.fits(row):
        text = f"通知单 {row[1]} 的内容不是程序的写法，可能不是程序写的。"
        return event_forms.FormFault(event.position, text)
    return None
