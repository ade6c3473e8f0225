"""Read what a transaction wrote, and by the ways it is later asked for.

The connection that wrote and one that reads the file anew must give the same. Only
reads. The indexes of names are left to the walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import row_indexes

_OF_NOTICES = "IN (SELECT notice FROM event WHERE id > ?1 AND kind = 'issue')"
# None for a transaction that issued nothing: no row comes after the last there can be.
_NOTICES_BEFORE = f"SELECT min(id) - 1 FROM notice WHERE id {_OF_NOTICES}"  # noqa: S608 - fixed texts
_NO_NOTICE = 2**62
_AFTER = (
    "SELECT * FROM event WHERE id > ?1 ORDER BY id",
    "SELECT * FROM event_signature WHERE event > ?1 ORDER BY event",
    f"SELECT * FROM notice WHERE id {_OF_NOTICES} ORDER BY id",  # noqa: S608 - fixed texts
    f"SELECT * FROM party WHERE notice {_OF_NOTICES} ORDER BY notice",  # noqa: S608 - fixed texts
    f"SELECT * FROM household_member WHERE notice {_OF_NOTICES} ORDER BY notice",  # noqa: S608 - fixed texts
    "SELECT * FROM draft WHERE ?1 IS NOT NULL ORDER BY slot",
    "SELECT * FROM number_floor WHERE ?1 IS NOT NULL ORDER BY issue_year, desk, sequence",
)


def same_after(one: Database, other: Database, position: int) -> bool:
    """Return whether both give the same rows of all that came after an event.

    Args:
        one: The connection that wrote them.
        other: The connection that reads them from the file.
        position: The last event before.

    Raises:
        DatabaseFailure: One of them cannot be read.
    """
    pairs = (zip_longest(_rows(one, sql, position), _rows(other, sql, position)) for sql in _AFTER)
    if not all(row == again for pair in pairs for row, again in pair):
        return False
    before = scalar(other, _NOTICES_BEFORE, position)
    notices = before if isinstance(before, int) else _NO_NOTICE
    return not any(row_indexes.lacks(other, position, notices))


def _rows(database: Database, sql: str, position: int) -> Iterator[Any]:
    return iter(database.conn.execute(sql, (position,)))
