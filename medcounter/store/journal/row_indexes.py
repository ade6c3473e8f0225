"""See that every row is found through the indexes by which it is asked for.

Returns faults. A row that is left out of an index stands in the table, where the
walk finds it, and is not there for whoever asks whether a notice is void or whose
number somebody's is.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import NamedTuple

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.ledger_records import ChainFault

_STEP = 500
_LAST = 2**63 - 1
_WHY = "索引可能被改动过。"


class RowIndex(NamedTuple):
    """An index, the rows it holds, and how one of them is looked up in it.

    Attributes:
        table: Whose rows it holds.
        name: Its own.
        same: What the row ``f`` looked up has of the row ``e`` there is.
        rows: Which rows of the table are held; all where empty.
    """

    table: str
    name: str
    same: str
    rows: str = ""


# What numbers the rows of each table.
_NUMBER = {"event": "id", "notice": "id", "party": "notice", "household_member": "notice"}
INDEXES = (
    RowIndex(
        "event", "event_notice", "f.notice = e.notice AND f.kind = e.kind", "{0}.notice IS NOT NULL"
    ),
    RowIndex("event", "event_elsewhere", "f.kind = e.kind", "{0}.notice IS NULL"),
    RowIndex("event", "event_issue", "f.notice = e.notice", "{0}.kind = 'issue'"),
    RowIndex("event", "event_void", "f.notice = e.notice", "{0}.kind = 'void'"),
    RowIndex(
        "event",
        "event_print",
        "f.notice = e.notice AND f.print_no IS e.print_no",
        "{0}.kind IN ('issue', 'reprint')",
    ),
    RowIndex("notice", "sqlite_autoindex_notice_1", "f.number = e.number"),
    RowIndex("notice", "sqlite_autoindex_notice_2", "f.request_id = e.request_id"),
    RowIndex(
        "notice",
        "sqlite_autoindex_notice_3",
        "f.issue_year = e.issue_year AND f.desk = e.desk AND f.sequence = e.sequence",
    ),
    RowIndex("notice", "notice_sequence", "f.sequence = e.sequence"),
    RowIndex("notice", "notice_replaces", "f.replaces = e.replaces", "{0}.replaces IS NOT NULL"),
    RowIndex("notice", "notice_day", "substr(f.issued_at, 1, 10) = substr(e.issued_at, 1, 10)"),
    RowIndex("party", "party_id_tail", "f.id_tail = e.id_tail", "{0}.id_tail <> ''"),
    RowIndex("party", "party_id_number", "f.id_number = e.id_number", "{0}.id_number <> ''"),
    RowIndex(
        "household_member",
        "sqlite_autoindex_household_member_1",
        "f.first = e.first AND f.place = e.place",
    ),
)


def verify(database: Database) -> Generator[ChainFault | None, None, None]:
    """Look every row up in the indexes of its table, some hundred between two yields.

    Args:
        database: The open ledger, or a copy.

    Yields:
        A fault for an index that lacks a row, else None.
    """
    for index in INDEXES:
        number = _NUMBER[index.table]
        last = scalar(database, f"SELECT max({number}) FROM {index.table}")  # noqa: S608 - fixed names
        top = last if isinstance(last, int) else 0
        for first in range(FIRST, top + 1, _STEP):
            found = _lacking(database, index, first, first + _STEP - 1)
            if found is not None:
                yield _fault(index, found)
                break
            yield None


def lacks(database: Database, events: int, notices: int) -> Iterator[str]:
    """Name the indexes that lack a row of the last ones.

    Args:
        database: The ledger.
        events: The last event before them.
        notices: The last notice before them.
    """
    for index in INDEXES:
        before = events if index.table == "event" else notices
        if _lacking(database, index, before + 1, _LAST) is not None:
            yield index.name


def _lacking(database: Database, index: RowIndex, first: int, last: int) -> int | None:
    number, rows = _NUMBER[index.table], index.rows or "1"
    found = scalar(
        database,
        f"""
        SELECT e.{number} FROM {index.table} e NOT INDEXED
        WHERE e.{number} BETWEEN ? AND ? AND {rows.format("e")} AND NOT EXISTS (
            SELECT 1 FROM {index.table} f INDEXED BY {index.name}
            WHERE {rows.format("f")} AND {index.same} AND f.{number} = e.{number}
        ) LIMIT 1
        """,  # noqa: S608 - fixed names
        first,
        last,
    )
    return found if isinstance(found, int) else None


def _fault(index: RowIndex, found: int) -> ChainFault:
    if index.table == "event":
        text = "作废、登录和设置等可能被当作没有"
        return ChainFault(found, f"第 {found} 条记录从索引 {index.name} 里查不到，{text}，{_WHY}")
    text = "查编号、证件号码或日期时可能被当作没有"
    return ChainFault(
        0, f"台账的 {index.table} 表第 {found} 行从索引 {index.name} 里查不到，{text}，{_WHY}"
    )
