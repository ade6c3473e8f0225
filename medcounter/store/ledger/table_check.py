"""Check every table besides events and notices against the chain.

Returns faults. A person is bound by the commitment in the notice's row, a
floor by the event that set it, a close by its number, an erasure
by its event, a signature by the event it belongs to. Drafts are bound by
nothing: they are still being typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from medcounter.store.db.ledger_schema import RESERVING
from medcounter.store.db.sqlite import Database, DatabaseFailure, scalar
from medcounter.store.journal import event_forms, sealed_rows
from medcounter.store.journal.walk_progress import Passed, Rows
from medcounter.store.ledger import close_check, index_check, ledger_days
from medcounter.store.ledger_records import ChainFault
from medcounter.store.packing import NotUnpackedError, unpack
from medcounter.store.store_errors import StoreDamagedError
from medcounter.trust import chain

# So many papers are unpacked and hashed in a few milliseconds.
_SLICE = 60
_STEP = 2_000
_TAIL_DIGITS = 4
_PEOPLE = f"""
    SELECT n.id, n.number, n.commitment, p.name, p.id_number, p.id_tail, p.salt, p.coding,
           p.document, (SELECT min(id) FROM event WHERE notice = n.id AND kind = 'erase'),
           (SELECT detail FROM event WHERE notice = n.id AND kind = 'issue')
    FROM notice n LEFT JOIN party p ON p.notice = n.id
    WHERE n.id > ? ORDER BY n.id LIMIT {_SLICE}
"""  # noqa: S608 - fixed texts
_RESERVING = "SELECT kind, detail FROM event WHERE notice IS NULL AND kind IN (?, ?)"
_FLOORS = "SELECT issue_year, desk, sequence FROM number_floor"
_OF_A_HOUSEHOLD = """
    SELECT 1 FROM event e WHERE e.notice = household_member.notice
    AND e.kind = 'issue' AND json_extract(e.detail, '$.household') IS NOT NULL
"""
# What every row of a small table needs: the table, its number, what there must be.
_NEEDED = (
    ("household_member", "notice", _OF_A_HOUSEHOLD),
    ("event_signature", "event", "SELECT 1 FROM event e WHERE e.id = event_signature.event"),
)
# What says how a print came out needs the print; a print again needs the one before.
_PRINT_BEFORE = """
    SELECT 1 WHERE event.kind NOT IN ('reprint', 'printed', 'print-failed')
    UNION ALL SELECT 1 FROM event e
    WHERE e.notice = event.notice AND e.kind IN ('issue', 'reprint') AND e.id < event.id
    AND e.print_no = event.print_no - (event.kind = 'reprint')
"""
_NAMES, _SOUNDS = "name_index_docsize", "sound_index_docsize"
# What has a row for a person; asked for beside the people, whose pages are at hand then.
_OF_PEOPLE = (("party", "notice"), (_NAMES, "id"), (_SOUNDS, "id"))
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_KINDS_UNKNOWN = "SELECT count(*) FROM event_kind WHERE kind NOT IN ({marks})"


def verify(
    database: Database, kinds: tuple[str, ...], known: Passed | None = None
) -> Generator[ChainFault | None, None, Passed]:
    """Hold every table to the chain; a slice of people between two yields.

    Args:
        database: The open ledger.
        kinds: Every kind an event may have.
        known: The people who were walked before without a fault.

    Yields:
        A fault where one is, else None.

    Returns:
        The people walked; it counts only where no fault was given.
    """
    passed = yield from _people(database, known)
    for table, number, needed in _NEEDED:
        count = yield from _without(database, table, number, needed)
        if count:
            yield ChainFault(0, _said_of_strays(table, count))
    if count := (yield from _without(database, "event", "id", _PRINT_BEFORE)):
        text = f"有 {count} 条打印记录所说的那一次打印不在台账里，可能是被加进去的。"
        yield ChainFault(0, text)
    yield from index_check.verify(database)
    yield from close_check.verify(database)
    for text in (*_floors(database), *_closes(database), *_kinds(database, kinds)):
        yield ChainFault(0, text)
    yield None
    return passed


def _people(database: Database, known: Passed | None) -> Generator[ChainFault | None, None, Passed]:
    rows, last = Rows(known), 0
    strays: Counter[str] = Counter()
    while found := database.conn.execute(_PEOPLE, (last,)).fetchall():
        for row in found:
            if not rows.is_known(row[0], row) and (text := _fault_of_person(row)):
                yield ChainFault(0, text)
            if rows.is_other():
                return (yield from _people(database, None))
        strays += _strays(database, found, last)
        last = found[-1][0]
        yield None
    if rows.is_other(at_end=True):
        return (yield from _people(database, None))
    strays += _strays(database, (), last)
    for table, count in strays.items():
        yield ChainFault(0, _said_of_strays(table, count))
    return rows.passed


def _strays(database: Database, found: Sequence[tuple[Any, ...]], before: int) -> Counter[str]:
    """Count what belongs to nobody among the notices of a slice.

    The first and the last slice reach to all numbers there are.

    Args:
        database: The ledger.
        found: The notices of a slice, each with its person; none after the last one.
        before: The notice before them; 0 for none.
    """
    first = before + 1 if before else _LOWEST
    between = (first, found[-1][0] if found else _HIGHEST)
    there = {table: _numbers(database, table, column, between) for table, column in _OF_PEOPLE}
    people = {row[0] for row in found if row[3] is not None}
    return Counter({table: len(there[table] - people) for table, _ in _OF_PEOPLE})


def _numbers(database: Database, table: str, column: str, between: tuple[int, int]) -> set[int]:
    sql = f"SELECT {column} FROM {table} WHERE {column} BETWEEN ? AND ?"  # noqa: S608 - fixed names
    return {number for (number,) in database.conn.execute(sql, between)}


def _without(
    database: Database, table: str, number: str, needed: str
) -> Generator[None, None, int]:
    """Count the rows of a table that lack what they need, some thousand at a time."""
    # Asked for in one go, the ends would be looked for in the whole table.
    ends = f"SELECT (SELECT min({number}) FROM {table}), (SELECT max({number}) FROM {table})"  # noqa: S608 - fixed names
    sql = f"SELECT count(*) FROM {table} WHERE {number} BETWEEN ? AND ? AND NOT EXISTS ({needed})"  # noqa: S608 - fixed names
    low, top = database.conn.execute(ends).fetchone()
    count = 0
    for first in range(low or 0, (top or -1) + 1, _STEP):
        count += int(str(scalar(database, sql, first, first + _STEP - 1)))
        yield None
    return count


def _fault_of_person(row: tuple[object, ...]) -> str:
    _, number, commitment, name, id_number, tail, salt, coding, document, erased, detail = row
    if name is None:
        return "" if erased else f"通知单 {number} 的姓名和单据不见了，没有清除记录，可能被删除过。"
    if erased:
        return f"通知单 {number} 的个人信息已记为清除，却还在台账里。"
    assert isinstance(document, bytes)  # noqa: S101 - a blob column
    assert isinstance(salt, bytes)  # noqa: S101 - a blob column
    try:
        plain = unpack(document) if coding == "zlib" else document
    except NotUnpackedError:
        plain = b""
    code = chain.commitment(salt, [name, id_number], plain)
    fields = sealed_rows.seal_party(salt, str(name), str(id_number))
    named = sealed_rows.vouches_for_party(str(detail), fields)
    if not named or not chain.same(str(commitment), code) or tail != str(id_number)[-_TAIL_DIGITS:]:
        return f"通知单 {number} 的姓名、证件号码或单据与出单时不同，可能被改动过。"
    return ""


def _said_of_strays(table: str, count: int) -> str:
    if table in {_NAMES, _SOUNDS}:
        return f"查找姓名的索引里有 {count} 行没有对应的人，可能被改动过。"
    return f"台账的 {table} 表里有 {count} 行不属于任何记录，可能是被加进去的。"


def _floors(database: Database) -> Iterator[str]:
    """Compare the floors of numbers with what the events said that set them."""
    in_events = {
        floor
        for kind, detail in database.conn.execute(_RESERVING, RESERVING).fetchall()
        for floor in _said_floors(kind, detail)
    }
    kept = set(database.conn.execute(_FLOORS).fetchall())
    for year, desk, sequence in sorted(in_events - kept):
        yield f"记录里写的编号下限（{year} 年 {desk} 号窗口到 {sequence}）不见了，可能被删除过。"
    for year, desk, sequence in sorted(kept - in_events):
        yield f"编号下限（{year} 年 {desk} 号窗口到 {sequence}）没有记录说明，可能是被加进去的。"


def _said_floors(kind: str, detail: str) -> Iterator[tuple[int, str, int]]:
    said = event_forms.read(kind, detail) or {}
    for name, mark in (("numbers_used", ""), ("closes_used", ledger_days.CLOSE_FLOOR)):
        for number in said.get(name, ()):
            year, desk, last = number.split("-")
            yield int(year), mark + desk, int(last.removeprefix("D"))


def _closes(database: Database) -> Iterator[str]:
    """See that the closes of each year and desk are numbered one after the other."""
    floors = set(database.conn.execute(_FLOORS).fetchall())
    counted: dict[tuple[int, str], int] = {}
    try:
        given = ledger_days.closes_given(database)
    except (StoreDamagedError, ValueError):
        yield "有日结记录无法读取，可能被改动过。"
        return
    for year, desk, sequence in given:
        before = counted.get((year, desk), 0)
        if sequence != before + 1 and (year, desk, sequence - 1) not in floors:
            yield f"{year} 年的日结编号在 {sequence} 之前有缺或重复，可能被改动过。"
        counted[year, desk] = sequence


def _kinds(database: Database, kinds: tuple[str, ...]) -> Iterator[str]:
    sql = _KINDS_UNKNOWN.format(marks=", ".join("?" * len(kinds)))
    try:
        unknown = scalar(database, sql, *kinds)
    except DatabaseFailure:
        unknown = 1
    if unknown:
        yield "台账里有程序无法识别的记录种类，可能被改动过。"
