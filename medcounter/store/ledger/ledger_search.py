"""Search the ledger by what a clerk types, fast among a million notices.

Returns one page of entries and the number of matches. Every word is looked up
in its own index; nothing is scanned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from medcounter.identity.person_key import written_forms
from medcounter.identity.pinyin import is_spelling
from medcounter.store.db import sound_index
from medcounter.store.db.sqlite import Database
from medcounter.store.ledger import notice_status
from medcounter.store.ledger_records import LedgerEntry, Page
from medcounter.wording.terms import ISSUED, STATE_WORDS, VOID

_STATE_WORDS = {STATE_WORDS[ISSUED]: ISSUED, STATE_WORDS[VOID]: VOID, "作废": VOID}
_NUMBER = re.compile(r"\d{4}-[\d-]*")
_TAIL = re.compile(r"\d{3}[\dX]")
_SEQUENCE = re.compile(r"\d{1,6}")
_ID_NUMBER = re.compile(r"\d{6,17}[\dX]?")
# So long is an ID number that tells who it is, old or new.
_WHOLE = frozenset({15, 18})
# The digits of an old number, each with its weight in the check of the new one (ISO 7064):
# two to the digits that follow, modulo 11. The century between them weighs 11, which is nothing.
_OLD_WEIGHTS = [pow(2, 17 - index, 11) for index in range(17) if index not in {6, 7}]
_OLD_SUM = " + ".join(
    f"{weight} * substr(id_number, {column}, 1)" for column, weight in enumerate(_OLD_WEIGHTS, 1)
)
_OLD_BIRTH = (
    "'19' || substr(id_number, 7, 2) || '-' || substr(id_number, 9, 2)"
    " || '-' || substr(id_number, 11, 2)"
)
# Old numbers by the last four characters of the new one they became. Their own last four are
# any digit and three of these, so the index finds them; the check then has to be the fourth.
_RAISED = f"""
    SELECT notice FROM party
    WHERE id_tail <> '' AND id_tail IN ({", ".join("?" * 10)}) AND length(id_number) = 15
      AND id_number NOT GLOB '*[^0-9]*' AND date({_OLD_BIRTH}) = {_OLD_BIRTH}
      AND substr('10X98765432', ({_OLD_SUM}) % 11 + 1, 1) = ?
"""  # noqa: S608 - fixed texts
# Written in a name by one clerk and left out by the next.
_LEFT_OUT = frozenset("·•・‧．.,'’- ")
_VOID_IDS = "SELECT notice FROM event INDEXED BY event_void WHERE kind = 'void'"
_ENTRIES = f"""
    SELECT n.number, n.issued_at, p.name, p.id_number, n.category_label, n.total,
           n.coverage_start, n.coverage_end,
           EXISTS (SELECT 1 FROM event WHERE notice = n.id AND kind = 'void'),
           (SELECT count(*) FROM event WHERE notice = n.id AND kind IN ('issue', 'reprint')),
           n.clerk, {notice_status.COLUMNS}{{more}}
    FROM notice n LEFT JOIN party p ON p.notice = n.id
    WHERE n.id IN ({{chosen}})
    ORDER BY n.id DESC
"""  # noqa: S608 - fixed texts
_FOUND = _ENTRIES.format(
    chosen="SELECT id FROM found ORDER BY 1 DESC LIMIT ? OFFSET ?",
    more=", (SELECT count(*) FROM found)",
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, as SQL that gives the rows of notices.

    Attributes:
        found: One query for each word; a notice must be in all of them.
            Built of fixed texts.
        values: What their marks stand for, in order.
        state: ``issued``, ``void`` or None for both.
    """

    found: tuple[str, ...]
    values: tuple[str | int, ...]
    state: str | None


def read_query(text: str, state: str | None = None) -> Query:
    """Read typed words; no text is an error."""
    found: list[str] = []
    values: list[str | int] = []
    for word in unicodedata.normalize("NFKC", text).upper().split():
        if word in _STATE_WORDS:
            state = state or _STATE_WORDS[word]
            continue
        sql, sought = _look_up(word)
        found.append(sql)
        values += sought
    return Query(tuple(found), tuple(values), state)


def asks_for_people(text: str) -> bool:
    """Return whether typed words ask for anything but numbers of notices and states."""
    words = unicodedata.normalize("NFKC", text).upper().split()
    return not all(
        word in _STATE_WORDS or _NUMBER.fullmatch(word) or _SEQUENCE.fullmatch(word)
        for word in words
    )


def page(database: Database, query: Query, limit: int, offset: int) -> Page[LedgerEntry]:
    """Return some matches, newest first, and the number of all."""
    limit, offset = max(limit, 0), max(offset, 0)
    if query.found:  # looked for once, for the page and for the number of all
        sql = f"WITH found(id) AS MATERIALIZED ({_matches(query)}) {_FOUND}"
        rows = database.conn.execute(sql, (*query.values, limit, offset)).fetchall()
        counted = int(rows[0][-1]) if rows else 0
        # A page behind the last one is empty although there is something.
        total = counted if rows or (limit and not offset) else _count(database, query)
        return Page(tuple(_entry(row[:-1]) for row in rows), total)
    total = _count(database, query)
    if query.state is not None:
        chosen = f"{_matches(query)} ORDER BY 1 DESC LIMIT ? OFFSET ?"
        values: tuple[str | int, ...] = (*query.values, limit, offset)
    else:  # rows are counted on from 1, so there is nothing to skip one by one
        chosen = "SELECT id FROM notice WHERE id <= ? ORDER BY id DESC LIMIT ?"
        values = (total - offset, limit)
    rows = database.conn.execute(_ENTRIES.format(chosen=chosen, more=""), values).fetchall()
    return Page(tuple(_entry(row) for row in rows), total)


def newest_rows(database: Database, word: str, limit: int) -> list[int]:
    """Return the rows that one word finds, newest first; read from the index alone."""
    folded = unicodedata.normalize("NFKC", word).upper().strip()
    rows: set[int] = set()
    for sql, values in _ways(folded) if folded else ():
        newest = f"{sql} ORDER BY 1 DESC LIMIT ?"
        rows.update(row for (row,) in database.conn.execute(newest, (*values, limit)))
    return sorted(rows, reverse=True)[:limit]


def person_rows(id_number: str) -> tuple[str, tuple[str, ...]]:
    """Return SQL for the notices of one person, and its values.

    Args:
        id_number: As a notice holds it, or as it was read; whichever way it is
            written, all notices of the person are found. A text that is no
            number finds none.
    """
    forms = written_forms(id_number)
    marks = ", ".join("?" * len(forms))
    # A part of the index's own condition, or it would not be used.
    sql = f"SELECT notice FROM party WHERE id_number <> '' AND id_number IN ({marks})"  # noqa: S608 - fixed texts
    return sql, forms


def index_name(database: Database, notice: int, name: str) -> None:
    """Let a notice be found by any run of characters of its name, and by its sound."""
    database.conn.execute(
        "INSERT INTO name_index (rowid, characters) VALUES (?, ?)", (notice, _spelled(name))
    )
    sound_index.index_name(database, notice, name)


def name_words(name: str) -> str:
    """Write a whole name as the index is asked for it."""
    return f'"{_spelled(name)}"'


def forget_names(database: Database, notices: Sequence[int]) -> None:
    """Take names out of every index, to the last trace of them."""
    rows = [(notice,) for notice in notices]
    database.conn.executemany("DELETE FROM name_index WHERE rowid = ?", rows)
    # The index keeps deleted words until it is merged.
    database.conn.execute("INSERT INTO name_index (name_index) VALUES ('optimize')")
    sound_index.forget_names(database, notices)


def _ways(word: str) -> list[tuple[str, list[str | int]]]:
    """Return each way a word can be meant: SQL for rows, and its values."""
    ways: list[tuple[str, list[str | int]]] = []
    if _NUMBER.fullmatch(word):
        ways.append(("SELECT id FROM notice WHERE number >= ? AND number < ?", _from(word)))
    if _TAIL.fullmatch(word):
        ways.append(("SELECT notice FROM party WHERE id_tail <> '' AND id_tail = ?", [word]))
        ways.append((_RAISED, [*(f"{day}{word[:3]}" for day in range(10)), word[3]]))
    if _SEQUENCE.fullmatch(word):
        ways.append(("SELECT id FROM notice WHERE sequence = ?", [int(word)]))
    if _ID_NUMBER.fullmatch(word):
        sql = "SELECT notice FROM party WHERE id_number <> '' AND id_number >= ? AND id_number < ?"
        ways.append((sql, _from(word)))
        if len(word) in _WHOLE:
            sql, forms = person_rows(word)
            ways.append((sql, list(forms)))
    if is_spelling(word):
        ways.append((sound_index.BEGINNING, [sound_index.beginning(word)]))
    if not ways:
        sql = "SELECT rowid FROM name_index WHERE name_index MATCH ?"
        ways.append((sql, [f'"{_spelled(word)}"']))
    return ways


def _look_up(word: str) -> tuple[str, list[str | int]]:
    ways = _ways(word)
    sought = [value for _, values in ways for value in values]
    if len(ways) == 1:
        return ways[0][0], sought
    return f"SELECT * FROM ({' UNION '.join(sql for sql, _ in ways)})", sought  # noqa: S608 - fixed texts


def _from(beginning: str) -> list[str | int]:
    """Return the range of texts that begin so: the first, and the one after the last."""
    return [beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1)]


def _matches(query: Query) -> str:
    if query.state == ISSUED and not query.found:
        return f"SELECT id FROM notice WHERE id NOT IN ({_VOID_IDS})"  # noqa: S608 - fixed texts
    voids = (_VOID_IDS,) if query.state == VOID else ()
    found = " INTERSECT ".join((*query.found, *voids))
    return f"{found} EXCEPT {_VOID_IDS}" if query.state == ISSUED else found


def _count(database: Database, query: Query) -> int:
    if query.found or query.state == VOID:
        sql = f"SELECT count(*) FROM ({_matches(query)})"  # noqa: S608 - fixed texts
    elif query.state == ISSUED:
        sql = f"SELECT (SELECT coalesce(max(id), 0) FROM notice) - count(*) FROM ({_VOID_IDS})"  # noqa: S608 - fixed texts
    else:
        sql = "SELECT coalesce(max(id), 0) FROM notice"
    (count,) = database.conn.execute(sql, query.values).fetchone()
    return int(count)


def _spelled(name: str) -> str:
    """Write a name as code points, so that each character is one word.

    The index knows no Chinese and no rare character; hex digits it knows.
    """
    folded = unicodedata.normalize("NFKC", name).upper()
    return " ".join(f"{ord(mark):x}" for mark in folded if mark not in _LEFT_OUT)


def _entry(row: tuple[object, ...]) -> LedgerEntry:
    number, issued_at, name, id_number, label, total, start, end, void, prints, clerk = row[:11]
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
        standing=notice_status.read(row[11:]),
    )
