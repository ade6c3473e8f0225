"""Tell in a ledger that its anchor was lost, and leap over numbers.

Returns the last such event. Without the anchor an older ledger that was put back looks
like the right one. Called inside a transaction of the caller.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from medcounter.store.db.ledger_schema import ANCHOR_LOST
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.journal.journal import NewEvent
from medcounter.trust.chain_key import ChainKey

_LAST = f"""
    SELECT at, detail FROM event
    WHERE notice IS NULL AND kind = ? AND id >= {FIRST} ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - a number of ours


class LostAnchor(NamedTuple):
    """An opening that found no anchor.

    Attributes:
        at: When.
        numbers: The number of a notice for each desk, after which it goes on.
    """

    at: datetime
    numbers: tuple[str, ...]


def tell(database: Database, key: ChainKey, at: datetime) -> None:
    """Reserve numbers and append the event; the program itself signs, as the desk."""
    from medcounter.store.restoring import number_reservations  # noqa: PLC0415 - rarely needed

    foreseen = number_reservations.foreseen(database, at)
    floors = number_reservations.reserve(database, foreseen)
    database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (ANCHOR_LOST,))
    event = NewEvent(ANCHOR_LOST, at, "", detail=number_reservations.said_of(floors))
    with key.lent(key.desk, ANCHOR_LOST):
        journal.append(database, key, event)


def last(database: Database) -> LostAnchor | None:
    """Return the last opening that found none; None where all found one."""
    row = database.conn.execute(_LAST, (ANCHOR_LOST,)).fetchone()
    if row is None:
        return None
    said = event_forms.read(ANCHOR_LOST, str(row[1]))
    return (
        None
        if said is None
        else LostAnchor(datetime.fromisoformat(row[0]), tuple(said["numbers_used"]))
    )
