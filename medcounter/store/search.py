"""Search the ledger by what a clerk types, fast among a million notices.

Answers with one page of entries and how many match in all. Every word is
looked up in an index of its own; nothing is scanned.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from medcounter.store.records import ISSUED, VOID, LedgerEntry, SearchPage
from medcounter.store.sqlite import Database

_STATE_WORDS = {"已出单": ISSUED, "已作废": VOID, "作废": VOID}
_NUMBER = re.compile(r"\d{4}-[\d-]*")
_TAIL = re.compile(r"\d{3}[\dX]")
_SEQUENCE = re.compile(r"\d{1,6}")
_ID_NUMBER = re.compile(r"\d{6,17}[\dX]?")
# Written in a name by one clerk and left out by the next.
_LEFT_OUT = frozenset("·•・‧．.,'’- ")
_IS_VOID = "id IN (SELECT notice FROM event WHERE kind = 'void')"
_ENTRIES = """
    SELECT n.number, n.issued_at, p.name, p.id_number, n.category_label, n.total,
           n.coverage_start, n.coverage_end,
           EXISTS (SELECT 1 FROM event WHERE notice = n.id AND kind = 'void'),
           (SELECT count(*) FROM event WHERE notice = n.id AND kind IN ('issue', 'reprint')),
           n.clerk
    FROM notice n LEFT JOIN party p ON p.notice = n.id
    WHERE n.id IN ({chosen})
    ORDER BY n.id DESC
"""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, as SQL conditions on a notice's row.

    Attributes:
        conditions: All must hold; built of fixed texts.
        values: What their marks stand for, in order.
        state: ``issued``, ``void`` or None for both.
    """

    conditions: tuple[str, ...]
    values: tuple[str | int, ...]
    state: str | None


def read_query(text: str, state: str | None = None) -> Query:
    """Read typed words; no text is an error."""
    conditions: list[str] = []
    values: list[str | int] = []
    for word in unicodedata.normalize("NFKC", text).upper().split():
        if word in _STATE_WORDS:
            state = state or _STATE_WORDS[word]
            continue
        condition, found = _condition(word)
        conditions.append(condition)
        values += found
    return Query(tuple(conditions), tuple(values), state)


def page(database: Database, query: Query, limit: int, offset: int) -> SearchPage:
    """Give some matches, newest first, and the number of all."""
    where, values = _where(query)
    chosen = f"SELECT id FROM notice WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?"  # noqa: S608 - fixed texts
    rows = database.conn.execute(
        _ENTRIES.format(chosen=chosen), (*values, max(limit, 0), max(offset, 0))
    ).fetchall()
    return SearchPage(tuple(_entry(row) for row in rows), _count(database, query))


def index_name(database: Database, notice: int, name: str) -> None:
    """Let a notice be found by any run of characters of its name."""
    database.conn.execute(
        "INSERT INTO name_index (rowid, characters) VALUES (?, ?)", (notice, _spelled(name))
    )


def forget_name(database: Database, notice: int) -> None:
    """Take a name out of the index, to the last trace of it."""
    database.conn.execute("DELETE FROM name_index WHERE rowid = ?", (notice,))
    database.conn.execute("INSERT INTO name_index (name_index) VALUES ('optimize')")


def _condition(word: str) -> tuple[str, list[str | int]]:
    ways: list[tuple[str, list[str | int]]] = []
    if _NUMBER.fullmatch(word):
        ways.append(("SELECT id FROM notice WHERE number >= ? AND number < ?", _from(word)))
    if _TAIL.fullmatch(word):
        ways.append(("SELECT notice FROM party WHERE id_tail <> '' AND id_tail = ?", [word]))
    if _SEQUENCE.fullmatch(word):
        ways.append(("SELECT id FROM notice WHERE sequence = ?", [int(word)]))
    if _ID_NUMBER.fullmatch(word):
        sql = "SELECT notice FROM party WHERE id_number <> '' AND id_number >= ? AND id_number < ?"
        ways.append((sql, _from(word)))
    if not ways:
        spelled = _spelled(word)
        if not spelled:
            return "0", []
        sql = "SELECT rowid FROM name_index WHERE name_index MATCH ?"
        ways.append((sql, [f'"{spelled}"']))
    union = " UNION ".join(sql for sql, _ in ways)
    return f"id IN ({union})", [value for _, found in ways for value in found]


def _from(beginning: str) -> list[str | int]:
    """Give the range of texts that begin so: the first, and the one after the last."""
    return [beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1)]


def _where(query: Query) -> tuple[str, tuple[str | int, ...]]:
    conditions = list(query.conditions)
    if query.state is not None:
        conditions.append(_IS_VOID if query.state == VOID else f"NOT {_IS_VOID}")
    return " AND ".join(conditions) or "1", query.values


def _count(database: Database, query: Query) -> int:
    if query.state == ISSUED:  # two short counts instead of one over nearly all rows
        every = _count(database, Query(query.conditions, query.values, None))
        return every - _count(database, Query(query.conditions, query.values, VOID))
    where, values = _where(query)
    # Rows are counted on from 1 and never deleted.
    sql = "SELECT coalesce(max(id), 0) FROM notice"
    if where != "1":
        sql = f"SELECT count(*) FROM notice WHERE {where}"  # noqa: S608 - fixed texts
    (count,) = database.conn.execute(sql, values).fetchone()
    return int(count)


def _spelled(name: str) -> str:
    """Write a name as code points, so that each character is one word.

    The index knows no Chinese and no rare character; hex digits it knows.
    """
    folded = unicodedata.normalize("NFKC", name).upper()
    return " ".join(f"{ord(mark):x}" for mark in folded if mark not in _LEFT_OUT)


def _entry(row: tuple[object, ...]) -> LedgerEntry:
    number, issued_at, name, id_number, label, total, start, end, void, prints, clerk = row
    return LedgerEntry(
        number=str(number),
        issued_at=datetime.fromisoformat(str(issued_at)),
        name=None if name is None else str(name),
        id_number=None if id_number is None else str(id_number),
        category_label=str(label),
        total=total if isinstance(total, int) else None,
        coverage_start=None if start is None else date.fromisoformat(str(start)),
        coverage_end=None if end is None else date.fromisoformat(str(end)),
        state=VOID if void else ISSUED,
        prints=prints if isinstance(prints, int) else 0,
        clerk=str(clerk),
    )
