"""Store drafts that are not yet issued, so that a crash loses nothing.

Stores bytes as given and knows nothing of their format.
"""

from __future__ import annotations

from datetime import datetime

from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal.journal import stamp

_SLOT = "desk"
_LAST_ASIDE = "SELECT coalesce(max(substr(slot, 7)), 0) FROM draft WHERE slot LIKE 'aside-%'"
_COUNT_ASIDE = "SELECT count(*) FROM draft WHERE slot LIKE 'aside-%'"
_OLDEST_ASIDE = "SELECT slot, body FROM draft WHERE slot LIKE 'aside-%' ORDER BY slot LIMIT 1"


class CounterDrafts:
    """The draft of one counter, and those put aside."""

    def __init__(self, connection: Connection) -> None:
        """Take the open ledger: a draft names people, so it is encrypted."""
        self._connection = connection

    def save(self, body: bytes, at: datetime) -> None:
        """Keep a draft in place of the one before.

        Args:
            body: The draft, in a form of the caller's.
            at: With its time zone.

        Raises:
            StoreError: It was not kept; the one before still is.
        """
        with self._connection.transaction() as database:
            keep(database, body, at)

    def last(self) -> bytes | None:
        """Return the draft kept last; None when there is none."""
        with self._connection.reading() as database:
            body = scalar(database, "SELECT body FROM draft WHERE slot = ?", _SLOT)
        return body if isinstance(body, bytes) else None

    def aside(self) -> int:
        """Return how many drafts lie aside."""
        with self._connection.reading() as database:
            return int(str(scalar(database, _COUNT_ASIDE)))

    def clear(self) -> None:
        """Forget the draft, for example because it was issued.

        Raises:
            StoreError: It is still there.
        """
        with self._connection.transaction() as database:
            forget(database)

    def park(self, body: bytes, at: datetime) -> int:
        """Put a draft aside, and forget the one of the counter, in one act.

        Returns:
            How many lie aside now.

        Raises:
            StoreError: It was not put aside; the counter's still is.
        """
        with self._connection.transaction() as database:
            last = scalar(database, _LAST_ASIDE)
            slot = f"aside-{int(str(last)) + 1:06d}"
            database.conn.execute("INSERT INTO draft VALUES (?, ?, ?)", (slot, stamp(at), body))
            forget(database)
            (count,) = database.conn.execute(_COUNT_ASIDE).fetchone()
        return int(count)

    def unpark(self, at: datetime) -> bytes | None:
        """Make the draft that has lain aside longest the counter's, in one act.

        Returns:
            The draft; None when nothing lies aside.

        Raises:
            StoreError: It still lies aside.
        """
        with self._connection.transaction() as database:
            row = database.conn.execute(_OLDEST_ASIDE).fetchone()
            if row is None:
                return None
            database.conn.execute("DELETE FROM draft WHERE slot = ?", (row[0],))
            keep(database, row[1], at)
        return bytes(row[1])


def keep(database: Database, body: bytes, at: datetime) -> None:
    """Keep a draft inside a transaction of the caller."""
    database.conn.execute(
        "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (slot)"
        " DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
        (_SLOT, stamp(at), body),
    )


def forget(database: Database) -> None:
    """Forget the counter's draft inside a transaction of the caller."""
    database.conn.execute("DELETE FROM draft WHERE slot = ?", (_SLOT,))
