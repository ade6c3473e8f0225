"""Check that numbers and times in a ledger are continuous.

Returns faults. A code proves who wrote a row, not that the row is allowed:
somebody with the key and their own secret can write without the program.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.ledger_records import ChainFault
from medcounter.strict_json import StrictJsonError, read_strict

_STEP = 1_000
# So much later than its notice says an issue may be written down.
_SLACK = 300
_TIMES = """
    SELECT id FROM (
        SELECT id, kind, unixepoch(at) AS now, lag(unixepoch(at)) OVER (ORDER BY id) AS before
        FROM event WHERE id BETWEEN ? AND ?
    ) WHERE now IS NULL OR (now < before AND kind <> 'override')
"""
_NUMBERS = f"""
    SELECT n.number, n.issue_year, n.desk, n.sequence,
           n.number = printf('%04d-%s-%06d', n.issue_year, n.desk, n.sequence)
           AND n.desk GLOB '[0-9][0-9]'
           AND substr(n.issued_at, 1, 4) = CAST(n.issue_year AS TEXT),
           coalesce(unixepoch(e.at) - unixepoch(n.issued_at) BETWEEN 0 AND {_SLACK}, e.id IS NULL)
    FROM notice n LEFT JOIN event e ON e.notice = n.id AND e.kind = 'issue'
    WHERE n.id BETWEEN ? AND ? ORDER BY n.id
"""  # noqa: S608 - a number of ours
_TOO_EARLY = """
    SELECT n.number FROM notice n JOIN event e ON e.notice = n.id AND e.kind = 'issue'
    WHERE n.id BETWEEN ? AND ? AND n.replaces IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM event v WHERE v.notice = n.replaces AND v.kind = 'void' AND v.id < e.id
    )
"""
# What is said with an issue is written by the same clerk, right behind it.
SAID_WITH_ISSUE = """EXISTS (
    SELECT 1 FROM event i LEFT JOIN event b ON b.id = e.id - 1 AND b.id > i.id
    WHERE i.notice = e.notice AND i.kind = 'issue' AND i.clerk = e.clerk
    AND i.id BETWEEN e.id - 2 AND e.id - 1
    AND (b.id IS NULL OR (b.kind = 'acknowledged' AND b.notice = e.notice))
)"""
_SAID_LATER = f"""
    SELECT e.id, e.kind, e.clerk FROM event e WHERE e.id BETWEEN ? AND ?
    AND e.kind IN ('listed', 'acknowledged') AND NOT {SAID_WITH_ISSUE}
"""  # noqa: S608 - fixed words
_FLOORS = "SELECT issue_year, desk, sequence FROM number_floor"
_RULES_TAKEN_IN = """
    SELECT id, at, clerk, json_extract(detail, '$.revision') FROM event
    WHERE notice IS NULL AND kind = 'import' AND json_type(detail, '$.bundle') IS NOT NULL
    AND json_type(detail, '$.revision') = 'integer' ORDER BY id
"""
_CARRIED = """
    SELECT n.number, n.issued_at, e.detail FROM event e JOIN notice n ON n.id = e.notice
    WHERE e.id BETWEEN ? AND ? AND e.kind = 'void'
    AND json_type(e.detail, '$.carried') IS NOT NULL
"""


def verify(database: Database) -> Generator[ChainFault | None, None, None]:
    """See that time never went back and that every number has its place.

    Args:
        database: The open ledger.

    Yields:
        A fault where one is, else None after some thousand rows.
    """
    for first, last in _stretches(database, "event"):
        for (position,) in database.conn.execute(_TIMES, (first - 1, last)).fetchall():
            text = f"第 {position} 条记录的时间早于它之前的记录，可能是补写的。"
            yield ChainFault(position, text)
        for position, kind, clerk in database.conn.execute(_SAID_LATER, (first, last)).fetchall():
            text = (
                f"第 {position} 条记录（{kind}，“{clerk}”）不是出单时写的，可能是补写的，不作数。"
            )
            yield ChainFault(position, text)
        yield None
    floors = set(database.conn.execute(_FLOORS).fetchall())
    counted: dict[tuple[int, str], int] = {}
    for stretch in _stretches(database, "notice"):
        for number, year, desk, sequence, fits, timely in database.conn.execute(
            _NUMBERS, stretch
        ).fetchall():
            before = counted.get((year, desk), 0)
            if sequence != before + 1 and (year, desk, sequence - 1) not in floors:
                yield ChainFault(0, f"通知单 {number} 之前的编号有缺或重复，可能被改动过。")
            if not fits:
                yield ChainFault(0, f"通知单 {number} 的编号与年份、窗口和流水号不符。")
            if not timely:
                yield ChainFault(0, f"通知单 {number} 写的出单时间与出单记录的时间不符。")
            counted[year, desk] = sequence
        for (number,) in database.conn.execute(_TOO_EARLY, stretch).fetchall():
            yield ChainFault(0, f"更正单 {number} 出在原单作废之前，可能不是程序写的。")
        yield None
    yield from _carried(database)
    yield from _rules_taken_in(database)


def _rules_taken_in(database: Database) -> Iterator[ChainFault]:
    """See that no rules were taken in that are older than those before them."""
    highest = 0
    for position, at, clerk, revision in database.conn.execute(_RULES_TAKEN_IN).fetchall():
        if revision < highest:
            by = f"“{clerk}”" if clerk else "程序"
            yield ChainFault(
                position,
                f"第 {position} 条记录（{at[:10]}，{by}）说改用规则第 {revision} 版，此前已用到第"
                f" {highest} 版；程序不会用回旧版，这条记录可能是编造的。",
            )
        highest = max(highest, revision)


def _carried(database: Database) -> Iterator[ChainFault | None]:
    """See that what a carried void brings was said of its own notice."""
    for stretch in _stretches(database, "event"):
        for number, issued_at, detail in database.conn.execute(_CARRIED, stretch).fetchall():
            if not _is_about(number, issued_at, detail):
                text = f"通知单 {number} 作废的凭据不是这一张的，可能没有主管同意。"
                yield ChainFault(0, text)
        yield None


def _is_about(number: str, issued_at: str, detail: str) -> bool:
    """Return whether what a carried void brings was said of this very notice.

    Older voids name none; they came at least after the issue.
    """
    try:
        match read_strict(detail.encode()):
            case {"carried": {"row": [_, _, str(at), _, _, _, str(said)]}}:
                before = read_strict(said.encode())
            case _:
                return False
        if isinstance(before, dict) and "number" in before:
            return bool(before["number"] == number)
        return datetime.fromisoformat(at) >= datetime.fromisoformat(issued_at)
    except (StrictJsonError, ValueError):
        return False


def _stretches(database: Database, table: str) -> Iterator[tuple[int, int]]:
    last = scalar(database, f"SELECT max(id) FROM {table}")  # noqa: S608 - fixed names
    top = last if isinstance(last, int) else 0
    for first in range(1, top + 1, _STEP):
        yield first, first + _STEP - 1
