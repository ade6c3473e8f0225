"""See that every event is found through the indexes by which it is asked for.

Returns faults. A row that is left out of an index stands in the table, where the
walk finds it, and is not there for whoever asks whether a notice is void.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.ledger_records import ChainFault

_STEP = 500


class _Index(NamedTuple):
    """An index, the rows it holds, and how one of them is looked up in it."""

    name: str
    rows: str
    same: str


_INDEXES = (
    _Index("event_notice", "{0}.notice IS NOT NULL", "f.notice = e.notice AND f.kind = e.kind"),
    _Index("event_elsewhere", "{0}.notice IS NULL", "f.kind = e.kind"),
    _Index("event_issue", "{0}.kind = 'issue'", "f.notice = e.notice"),
    _Index("event_void", "{0}.kind = 'void'", "f.notice = e.notice"),
    _Index(
        "event_print",
        "{0}.kind IN ('issue', 'reprint')",
        "f.notice = e.notice AND f.print_no IS e.print_no",
    ),
)


def verify(database: Database) -> Generator[ChainFault | None, None, None]:
    """Look every event up in its indexes, some hundred between two yields.

    Args:
        database: The open ledger, or a copy.

    Yields:
        A fault for an index that lacks an event, else None.
    """
    last = scalar(database, "SELECT max(id) FROM event")
    top = last if isinstance(last, int) else 0
    for index in _INDEXES:
        sql = _lacking(index)
        for first in range(FIRST, top + 1, _STEP):
            found = scalar(database, sql, first, first + _STEP - 1)
            if isinstance(found, int):
                text = (
                    f"第 {found} 条记录从索引 {index.name} 里查不到，"
                    "作废、登录和设置等可能被当作没有，索引可能被改动过。"
                )
                yield ChainFault(found, text)
                break
            yield None


def _lacking(index: _Index) -> str:
    return f"""
        SELECT e.id FROM event e NOT INDEXED
        WHERE e.id BETWEEN ? AND ? AND {index.rows.format("e")} AND NOT EXISTS (
            SELECT 1 FROM event f INDEXED BY {index.name}
            WHERE {index.rows.format("f")} AND {index.same} AND f.id = e.id
        ) LIMIT 1
    """  # noqa: S608 - fixed names
