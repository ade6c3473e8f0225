"""Erase people whose retention term is over; count how many there are.

Also lists backups that still hold them. A notice's row, its figures and its
place in the chain stay; name, ID number, paper and search words go. Reads no
clock; the term is decided by the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from medcounter.store.backups import backup
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import event_ranges, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import ledger_search
from medcounter.trust.chain_key import ChainKey

# So many fit into a transaction that nobody waits for.
_SLICE = 200
_OLDEST = """
    SELECT n.issue_year FROM party p JOIN notice n ON n.id = p.notice ORDER BY p.notice LIMIT 1
"""
_DUE = """
    SELECT n.issue_year, count(*) FROM party p JOIN notice n ON n.id = p.notice
    WHERE n.issue_year <= ? GROUP BY n.issue_year ORDER BY n.issue_year
"""
_NEXT = """
    SELECT p.notice FROM party p JOIN notice n ON n.id = p.notice
    WHERE n.issue_year <= ? ORDER BY p.notice LIMIT ?
"""


# A later year counts as passed when something happened on so many days of it.
DAYS_OF_A_YEAR = 10
YEARS_AFTER = 6


class Erasure:
    """The people of one ledger whose term is over."""

    def __init__(self, connection: Connection, chain_key: ChainKey, paths: DataFolder) -> None:
        """Take the open ledger, the key of its chain and the data folder."""
        self._connection = connection
        self._key = chain_key
        self._paths = paths

    def due(self, through: int) -> tuple[tuple[int, int], ...]:
        """Count the people to be erased, by year of issue.

        Only where the ledger itself shows that the years since have passed:
        a clock set years ahead is no evidence.

        Args:
            through: Year of issue, inclusive.

        Raises:
            StoreError: The ledger failed.
        """
        with self._connection.reading() as database:
            oldest = database.conn.execute(_OLDEST).fetchone()
            if oldest is None or oldest[0] > through:
                return ()
            through = _passed(database, oldest[0], through)
            return tuple((year, count) for year, count in database.conn.execute(_DUE, (through,)))

    def erase(self, through: int, at: datetime, clerk: str) -> Iterator[int]:
        """Erase people, some hundred in one transaction.

        Args:
            through: Year of issue, inclusive.
            at: When, with its zone.
            clerk: Who does it.

        Yields:
            How many were erased after each transaction.

        Raises:
            StoreError: The ledger failed; what was yielded before is erased.
        """
        with self._connection.reading() as database:
            oldest = database.conn.execute(_OLDEST).fetchone()
            through = _passed(database, oldest[0], through) if oldest else through
        erased = 0
        while True:
            with self._connection.transaction() as database:
                rows = [row for (row,) in database.conn.execute(_NEXT, (through, _SLICE))]
                if rows:
                    self._erase(database, rows, at, clerk)
            if not rows:
                return
            erased += len(rows)
            yield erased

    def older_copies(self) -> tuple[Path, ...]:
        """Name every older copy of the ledger in the data folder and beside it.

        Whatever is called like a ledger counts, whole or not: set aside, cut
        off, saved beside the folder. A second place is not looked at.
        """
        with self._connection.reading() as database:
            head = journal.head(database)
        events, folder = head.position, self._paths
        newest = {
            one.path
            for one in backup.backups(folder.backups)
            if one.events == events and backup.end_of(one, self._connection.key) == head
        }
        listed = [
            path
            for room in (folder.backups, folder.replaced, folder.rescued)
            for name in ("ledger*.db*", "before-version-*.db*")
            for path in sorted(room.rglob(name), reverse=True)
            if path.is_file() and path not in newest
        ]
        # A restore that was cut off.
        return (*listed, *sorted(folder.folder.glob(f"{folder.ledger.name}.*")))

    def _erase(self, database: Database, rows: list[int], at: datetime, clerk: str) -> None:
        for row in rows:
            database.conn.execute("DELETE FROM party WHERE notice = ?", (row,))
            journal.append(database, self._key, NewEvent("erase", at, clerk, row))
        ledger_search.forget_names(database, rows)


def _passed(database: Database, oldest: int, through: int) -> int:
    """Return the newest year of issue whose term is over by the ledger's own days.

    Six later calendar years must have been worked in: the five of the term,
    and the one in which it is over.
    """
    worked = event_ranges.years_worked(database, oldest, 9999, DAYS_OF_A_YEAR)
    if len(worked) < YEARS_AFTER:
        return oldest - 1
    return min(through, worked[-YEARS_AFTER] - 1)
