"""Read what the events about no notice say, of people, a hall and settings.

An index may name an event that is of another kind, or about a notice, and a row may
have been changed since: what is read is believed where its code fits it. Knows whose
keys count. Walking the ledger tells of what is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import event_forms
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.journal.signatories import Signatories, SignedEvent, leaves_rights_alone
from medcounter.store.ledger_records import ChainFault
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey

EVENT_WIDTH = 8
_LAST = 2**63 - 1
_DOOR = "sign-in"
_BESIDE_NOTICES = f"""
    SELECT e.id, e.kind, e.at, e.notice, e.print_no, e.clerk, e.detail, e.mac,
           coalesce(s.public, ''), coalesce(s.signature, '')
    FROM event e LEFT JOIN event_signature s ON s.event = e.id
    WHERE e.notice IS NULL AND e.kind IN ({{kinds}}) AND e.id BETWEEN {FIRST} AND ?
    ORDER BY e.id {{order}}
"""  # noqa: S608 - a number of ours

_ANY = "SELECT 1 FROM event WHERE notice IS NULL AND kind = ? LIMIT 1"


class ChainedEvent(NamedTuple):
    """The columns of an event."""

    position: int
    kind: str
    at: str
    notice: int | None
    print_no: int | None
    clerk: str
    detail: str
    mac: str


class VouchedEvent(NamedTuple):
    """An event that was written where it stands, by somebody who could do it.

    Attributes:
        detail: Its detail.
        by_recovery: Whether the recovery key signed it.
        by_supervisor: Whether that key or a supervisor's signed it.
    """

    position: int
    kind: str
    at: datetime
    clerk: str
    detail: dict[str, object]
    by_recovery: bool
    by_supervisor: bool


def last_detail(database: Database, key: ChainKey | None, kind: str) -> dict[str, object]:
    """Return what the last event of a kind says whose code fits it.

    Whether its signer could do it is not asked, as ``believed`` does.

    Args:
        database: The open ledger, or the auditors' copy.
        key: The chain's; None for the copy, which has no key of codes.
        kind: What kind.
    """
    sql = _BESIDE_NOTICES.format(kinds="?", order="DESC")
    for row in database.conn.execute(sql, (kind, _LAST)):
        event, public = ChainedEvent(*row[:EVENT_WIDTH]), row[EVENT_WIDTH]
        own = (
            _is_of_kind(database, event)
            if key is None
            else _is_as_written(database, key, event, public)
        )
        if own:
            return dict(event_forms.read(kind, event.detail) or {})
    return {}


def believed(database: Database, key: ChainKey, kind: str) -> Iterator[dict[str, object]]:
    """Give what the events of a kind say that their signers could do then.

    Each is held to its code and to its signature. Where nobody signs in, the desk can
    do all of it.
    """
    if scalar(database, _ANY, kind) is None:
        return
    for event, _ in _believed(database, Signatories(key), (kind,)):
        if event.kind == kind:
            yield dict(event_forms.read(kind, event.detail) or {})


def vouched(database: Database, key: ChainKey, kinds: tuple[str, str]) -> Iterator[VouchedEvent]:
    """Give the events of two kinds that people who sign in wrote, believed as above."""
    counted = Signatories(key)
    for event, public in _believed(database, counted, kinds):
        if event.kind in kinds and counted.is_person(public):
            known = dict(event_forms.read(event.kind, event.detail) or {})
            at = datetime.fromisoformat(event.at)
            said = event.position, event.kind, at, event.clerk, known
            recovery = public in counted.recovery_keys
            yield VouchedEvent(*said, recovery, counted.is_supervisor(public))


def signatories(database: Database, key: ChainKey, through: int) -> Signatories:
    """Return whose keys count after an event."""
    counted = Signatories(key)
    for _ in _believed(database, counted, (), through):
        pass
    return counted


def signed(event: ChainedEvent, signature: tuple[str, str]) -> SignedEvent:
    """Give an event with its signature."""
    said = event.kind, event.clerk, event.detail, event.mac
    return SignedEvent(*said, *signature, event.notice)


def fault_of_link(
    key: ChainKey, before: tuple[int, str], event: ChainedEvent, public: str
) -> ChainFault | None:
    """Hold an event to its code and to the place and code of the one before it."""
    position, code = before[0] + 1, before[1]
    if event.position != position:
        return ChainFault(position, f"第 {position} 条记录缺失。")
    row = (*event[:-1], public) if public else event[:-1]
    if not chain.same(event.mac, chain.link(key.codes, code, row)):
        return ChainFault(position, f"第 {position} 条记录与台账编码不符，可能被改动过。")
    return None


def _believed(
    database: Database, counted: Signatories, kinds: tuple[str, ...], through: int = _LAST
) -> Iterator[tuple[ChainedEvent, str]]:
    """Give the events of some kinds and those that say whose keys count."""
    asked = (_DOOR, *kinds)
    sql = _BESIDE_NOTICES.format(kinds=", ".join("?" * len(asked)), order="")
    for row in database.conn.execute(sql, (*asked, through)).fetchall():
        event, signature = ChainedEvent(*row[:EVENT_WIDTH]), row[EVENT_WIDTH:]
        said = signed(event, signature)
        plain = leaves_rights_alone(said)
        # A year has thousands of these; once people sign, one more tells nothing.
        if plain and counted.is_locked:
            counted.tell_slots(said)
            continue
        as_written = _is_as_written(database, counted.chain, event, signature[0])
        if as_written and not counted.fault(said, is_known=plain):
            yield event, signature[0]


def _is_of_kind(database: Database, event: ChainedEvent) -> bool:
    """Ask the row itself, since an index answers for it."""
    sql = "SELECT kind, notice FROM event NOT INDEXED WHERE id = ?"
    return bool(database.conn.execute(sql, (event.position,)).fetchone() == (event.kind, None))


def _is_as_written(database: Database, key: ChainKey, event: ChainedEvent, public: str) -> bool:
    before = scalar(database, "SELECT mac FROM event WHERE id = ?", event.position - 1)
    code = chain.GENESIS if event.position == FIRST or before is None else str(before)
    return fault_of_link(key, (event.position - 1, code), event, public) is None
