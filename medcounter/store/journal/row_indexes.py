"""See that each index holds the rows of its table and nothing else.

Returns faults. A row that is left out of an index stands in the table, where the
walk finds it, and is not there for whoever asks whether a notice is void or whose
number somebody's is. What an index holds too much is there for them alone: SQLite
answers out of an index without looking at the row, and holds no partial one to its
table. Every row is looked up and the entries are counted: as many as there are rows,
each of them found, leaves room for no other.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import NamedTuple

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.ledger_records import ChainFault

_STEP = 500
# So many notices have their entries counted in a few milliseconds.
_COUNTED = 20_000
_LAST = 2**63 - 1
_WHY = "索引可能被改动过。"


class RowIndex(NamedTuple):
    """An index, the rows it holds, and how one of them is looked up in it.

    Attributes:
        table: Whose rows it holds.
        name: Its own.
        same: What the row ``f`` looked up has of the row ``e`` there is.
        rows: Which rows of the table are held; all where empty.
        first: The whole number that is its first column, by which it is counted in
            slices; empty where it is counted in one go.
    """

    table: str
    name: str
    same: str
    rows: str = ""
    first: str = ""


# What numbers the rows of each table.
_NUMBER = {"event": "id", "notice": "id", "party": "notice", "household_member": "notice"}
INDEXES = (
    RowIndex(
        "event",
        "event_notice",
        "f.notice = e.notice AND f.kind = e.kind",
        "{0}.notice IS NOT NULL",
        "notice",
    ),
    RowIndex("event", "event_elsewhere", "f.kind = e.kind", "{0}.notice IS NULL"),
    RowIndex("event", "event_issue", "f.notice = e.notice", "{0}.kind = 'issue'", "notice"),
    RowIndex("event", "event_void", "f.notice = e.notice", "{0}.kind = 'void'", "notice"),
    RowIndex(
        "event",
        "event_print",
        "f.notice = e.notice AND f.print_no IS e.print_no",
        "{0}.kind IN ('issue', 'reprint')",
        "notice",
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
    """Hold every index to its table both ways, some hundred rows between two yields.

    Args:
        database: The open ledger, or a copy.

    Yields:
        A fault for an index that lacks a row or holds another, else None.
    """
    for index in INDEXES:
        last = scalar(database, f"SELECT max({_NUMBER[index.table]}) FROM {index.table}")  # noqa: S608 - fixed names
        top, rows = last if isinstance(last, int) else 0, 0
        for first in range(FIRST, top + 1, _STEP):
            there, found = _looked_up(database, index, first, min(first + _STEP - 1, top))
            if found is not None:
                yield _fault(index, found)
                break
            rows += there
            yield None
        else:
            entries = yield from _entries(database, index, top)
            # Somebody may have been erased meanwhile: then both are counted at once.
            if entries != rows and _differs(database, index):
                yield _fault_of_more(index)


def lacks(database: Database, events: int, notices: int) -> Iterator[str]:
    """Name the indexes that lack a row of the last ones.

    Args:
        database: The ledger.
        events: The last event before them.
        notices: The last notice before them.
    """
    for index in INDEXES:
        before = events if index.table == "event" else notices
        if _looked_up(database, index, before + 1, _LAST)[1] is not None:
            yield index.name


def _looked_up(
    database: Database, index: RowIndex, first: int, last: int
) -> tuple[int, int | None]:
    """Count the rows that an index must hold, and name one it lacks."""
    number, rows = _NUMBER[index.table], index.rows or "1"
    sql = f"""
        SELECT count(*), min(e.{number}) FILTER (WHERE NOT EXISTS (
            SELECT 1 FROM {index.table} f INDEXED BY {index.name}
            WHERE {rows.format("f")} AND {index.same} AND f.{number} = e.{number}
        )) FROM {index.table} e NOT INDEXED
        WHERE e.{number} BETWEEN ? AND ? AND {rows.format("e")}
    """  # noqa: S608 - fixed names
    there, lacked = database.conn.execute(sql, (first, last)).fetchone()
    return int(there), lacked


def _entries(database: Database, index: RowIndex, top: int) -> Generator[None, None, int]:
    """Count what an index holds of rows up to a number and of rows not there."""
    table, number = index.table, _NUMBER[index.table]
    counted = f"{number} <= ? OR {number} > (SELECT max({number}) FROM {table})"  # noqa: S608 - fixed names
    sql = f"""
        SELECT count(*) FILTER (WHERE {counted}) FROM {table} f INDEXED BY {index.name}
        WHERE {(index.rows or "1").format("f")}
    """  # noqa: S608 - fixed names
    entries = 0
    for part, between in _parts(database, index):
        entries += int(str(scalar(database, f"{sql} AND {part}", top, *between)))
        yield None
    return entries


def _parts(database: Database, index: RowIndex) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Divide an index by its first column, to both sides without an end."""
    if not index.first:
        yield "1", ()
        return
    last = scalar(database, "SELECT max(id) FROM notice")
    top = last if isinstance(last, int) else 0
    yield f"{index.first} IS NULL", ()
    yield f"{index.first} < ?", (FIRST,)
    for first in range(FIRST, top + 1, _COUNTED):
        yield f"{index.first} >= ? AND {index.first} < ?", (first, min(first + _COUNTED, top + 1))
    yield f"{index.first} >= ?", (max(top + 1, FIRST),)


def _differs(database: Database, index: RowIndex) -> bool:
    """Return whether an index has other than its rows, asked at once."""
    rows = (index.rows or "1").format("e")
    sql = f"""
        SELECT (SELECT count(*) FROM {index.table} e NOT INDEXED WHERE {rows})
            <> (SELECT count(*) FROM {index.table} e INDEXED BY {index.name} WHERE {rows})
    """  # noqa: S608 - fixed names
    return bool(scalar(database, sql))


def _fault_of_more(index: RowIndex) -> ChainFault:
    if index.table == "event":
        text = "没有的作废、清除和设置等可能被当作有"
    else:
        text = "查编号、证件号码或日期时可能查到别的"
    return ChainFault(
        0, f"索引 {index.name} 里的条目比台账 {index.table} 表里的行多，{text}，{_WHY}"
    )


def _fault(index: RowIndex, found: int) -> ChainFault:
    if index.table == "event":
        text = "作废、登录和设置等可能被当作没有"
        return ChainFault(found, f"第 {found} 条记录从索引 {index.name} 里查不到，{text}，{_WHY}")
    text = "查编号、证件号码或日期时可能被当作没有"
    return ChainFault(
        0, f"台账的 {index.table} 表第 {found} 行从索引 {index.name} 里查不到，{text}，{_WHY}"
    )
