"""Keep what was typed and not yet issued, so that a crash loses nothing.

Answers with bytes as they were given; knows nothing of their form.
"""

from __future__ import annotations

from datetime import datetime

from medcounter.store.door import Door
from medcounter.store.journal import stamp
from medcounter.store.sqlite import Database, scalar

_SLOT = "desk"


class Drafts:
    """The draft of one counter."""

    def __init__(self, door: Door) -> None:
        """Take the open ledger: a draft names people, so it is encrypted."""
        self._door = door

    def save(self, body: bytes, at: datetime) -> None:
        """Keep a draft in place of the one before.

        Args:
            body: The draft, in a form of the caller's.
            at: With its time zone.

        Raises:
            StoreError: It was not kept; the one before still is.
        """
        with self._door.transaction() as database:
            keep(database, body, at)

    def last(self) -> bytes | None:
        """Give the draft kept last; None when there is none."""
        with self._door.reading() as database:
            body = scalar(database, "SELECT body FROM draft WHERE slot = ?", _SLOT)
        return body if isinstance(body, bytes) else None

    def clear(self) -> None:
        """Forget the draft, for example because it was issued.

        Raises:
            StoreError: It is still there.
        """
        with self._door.transaction() as database:
            database.conn.execute("DELETE FROM draft WHERE slot = ?", (_SLOT,))


def keep(database: Database, body: bytes, at: datetime) -> None:
    """Keep a draft inside a transaction of the caller."""
    database.conn.execute(
        "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (slot)"
        " DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
        (_SLOT, stamp(at), body),
    )
