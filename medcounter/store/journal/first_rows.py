"""Where the chain and the tables that hang on it begin.

Every row is numbered from here on, without a gap. Whoever holds the key can write
rows below, which no walk upwards would meet and every other question would count.
"""

from __future__ import annotations

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.ledger_records import ChainFault

FIRST = 1
# Each table whose rows are asked for by number, and the column that numbers them.
_NUMBERED = (
    ("event", "id"),
    ("notice", "id"),
    ("event_signature", "event"),
    ("household_member", "notice"),
    ("party", "notice"),
)


def fault(database: Database) -> ChainFault | None:
    """Find a row that is numbered below the first; no table is scanned for it."""
    for table, column in _NUMBERED:
        sql = f"SELECT min({column}) FROM {table}"  # noqa: S608 - fixed names
        lowest = scalar(database, sql)
        if isinstance(lowest, int) and lowest < FIRST:
            text = f"台账的 {table} 表里有编号小于 {FIRST} 的行，不是程序写的，可能是被加进去的。"
            return ChainFault(0, text)
    return None
