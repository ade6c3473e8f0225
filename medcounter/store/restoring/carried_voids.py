"""Carry voids that a restored backup lacks over from newer copies.

Returns the numbers that were voided again and those that could not be. A
carried void holds the original's row, so that verification can check who
approved it; whoever restores need not be a supervisor.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from medcounter.store import store_errors
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.signatories import SignedEvent
from medcounter.store.ledger import notice_rows
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey, chain_key
from medcounter.trust.data_key import DataKey

_VOIDS = f"""
    SELECT n.number, p.mac, coalesce(s.public, ''), coalesce(s.signature, ''), e.mac,
           e.id, e.kind, e.at, e.notice, e.print_no, e.clerk, e.detail
    FROM event e JOIN notice n ON n.id = e.notice LEFT JOIN event p ON p.id = e.id - 1
         LEFT JOIN event_signature s ON s.event = e.id
    WHERE e.kind = 'void' AND e.id >= {FIRST} ORDER BY e.id
"""  # noqa: S608 - a number of ours
_ROW = 5


@dataclass(frozen=True, slots=True)
class Voided:
    """A notice that is void in something newer than the backup.

    Attributes:
        number: Of the notice.
        reason: Why it was voided.
        proof: The row of that event, the code before it, and its signature.
    """

    number: str
    reason: str
    proof: dict[str, object]


def everywhere(paths: DataFolder, keys: Iterable[DataKey]) -> tuple[Voided, ...]:
    """Ask the present ledger and the newest backup that opens."""
    found: dict[str, Voided] = {}
    for key in keys:
        opens = key.ledger
        with suppress(store_errors.StoreError, DatabaseFailure):
            # For writing, so that a transaction cut off is undone while its journal is there.
            found |= _ask(connect(paths.ledger, opens), chain_key(key))
        with suppress(store_errors.StoreError, DatabaseFailure):
            if newest := backup.newest_true(paths.backups, opens):
                found = _ask(newest[1], chain_key(key)) | found
    return tuple(found.values())


def carry(
    database: Database, key: ChainKey, voided: Iterable[Voided], at: datetime, clerk: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Void in a restored ledger what was void in something newer.

    Args:
        database: The ledger, in a transaction, with its restore noted.
        key: The chain's.
        voided: What is void elsewhere.
        at: When it is restored.
        clerk: Who restores.

    Returns:
        The numbers voided again; those that only a supervisor may void.
    """
    carried, left = [], []
    for each in voided:
        try:
            notice = notice_rows.row_of(database, each.number)
        except store_errors.NoticeUnknownError:
            continue
        if notice_rows.void_reason(database, notice) is not None:
            continue
        detail = {"reason": each.reason, notice_rows.CARRIED: each.proof}
        signer = key.signer.public
        act = SignedEvent("void", clerk, canonical(detail).decode(), "", signer, "", notice)
        if journal.signatories(database, key).refuses(act):
            left.append(each.number)
            continue
        notice_rows.void(database, key, NewEvent("void", at, clerk, notice, detail=detail))
        carried.append(each.number)
    return tuple(carried), tuple(left)


def _ask(database: Database, key: ChainKey) -> dict[str, Voided]:
    try:
        rows = database.conn.execute(_VOIDS).fetchall()
    finally:
        database.close()
    return {each.number: each for row in rows if (each := _read(row, key)) is not None}


def _read(row: tuple[object, ...], key: ChainKey) -> Voided | None:
    """Take a void whose code is right; what was changed is none."""
    number, before, public, signature, mac = map(str, (value or "" for value in row[:_ROW]))
    row_of_event = list(row[_ROW:])
    before = before or chain.GENESIS
    code = chain.link(key.codes, before, (*row_of_event, public) if public else tuple(row_of_event))
    if not chain.same(code, mac):
        return None
    try:
        detail = read_strict(str(row_of_event[-1]).encode())
    except StrictJsonError:
        return None
    reason = str(detail.get("reason", "")) if isinstance(detail, dict) else ""
    proof: dict[str, object] = {"before": before, "row": row_of_event}
    proof |= {"public": public, "signature": signature}
    return Voided(number, reason, proof)
