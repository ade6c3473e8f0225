"""The gathered notices of a hall or a county in PostgreSQL.

Needs the extra ``postgres``. Existing rows are compared one by one and never
overwritten; a notice can only change from issued to void. Opens no ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, fields

import psycopg
from psycopg import sql

from medcounter.gather.gather_errors import DatabaseUnusableError, NumberTakenError, RowDiffersError
from medcounter.gather.ledger_file import (
    GatheredNotice,
    LedgerFile,
)
from medcounter.wording.terms import VOID

_COLUMNS = tuple(field.name for field in fields(GatheredNotice))
_PERSONAL = frozenset({"name", "id_number"})
_STARS = "**"
_LABELS = {
    "issued_at": "出单时间",
    "desk": "窗口",
    "clerk": "经办人",
    "region": "参保地",
    "benefit_year": "待遇年度",
    "category_label": "身份",
    "total": "应缴",
    "coverage_start": "待遇起",
    "coverage_end": "待遇止",
    "name": "姓名",
    "id_number": "证件号码",
    "replaces": "更正自",
    "state": "状态",
}
_Cursor = psycopg.Cursor[tuple[object, ...]]
_TABLES = """
CREATE TABLE IF NOT EXISTS medcounter_ledger (
    ledger text PRIMARY KEY,
    head text NOT NULL,
    events bigint NOT NULL CHECK (events >= 0),
    exported_at timestamptz NOT NULL,
    masked boolean NOT NULL
);
CREATE TABLE IF NOT EXISTS medcounter_notice (
    ledger text NOT NULL REFERENCES medcounter_ledger (ledger),
    number text NOT NULL UNIQUE,
    issued_at timestamptz NOT NULL,
    desk text NOT NULL,
    clerk text NOT NULL,
    region char(6) NOT NULL,
    benefit_year integer NOT NULL,
    category_label text NOT NULL,
    total bigint CHECK (total >= 0),
    coverage_start text NOT NULL,
    coverage_end text NOT NULL,
    state text NOT NULL CHECK (state IN ('issued', 'void')),
    name text NOT NULL,
    id_number text NOT NULL,
    replaces text NOT NULL,
    PRIMARY KEY (ledger, number)
)
"""
_HEAD = "SELECT head, events FROM medcounter_ledger WHERE ledger = %s FOR UPDATE"
_LEDGER = """
INSERT INTO medcounter_ledger (ledger, head, events, exported_at, masked)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (ledger) DO UPDATE
SET head = EXCLUDED.head, events = EXCLUDED.events, exported_at = EXCLUDED.exported_at,
    masked = EXCLUDED.masked
WHERE medcounter_ledger.events < EXCLUDED.events
"""


def write_ledger(address: str, file: LedgerFile) -> int:
    """Write one verified ledger, whole or not at all.

    Args:
        address: As libpq takes it; its password comes from the environment
            or a password file, never from here.
        file: A ledger as read.

    Returns:
        How many notices were not there before.

    Raises:
        DatabaseUnusableError: The database cannot be reached or written.
        NumberTakenError: Another ledger there has one of its numbers.
        RowDiffersError: A notice that is there says something else.
    """
    try:
        with psycopg.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute(_TABLES)
            macs = len(file.macs)
            row = (file.ledger, file.head, macs, file.exported_at, file.masked)
            older = _is_older(cursor, file)
            cursor.execute(_LEDGER, row)
            there = _compare_notices(cursor, file, older=older)
            _write_notices(cursor, file.notices)
            return len(file.notices) - there
    except psycopg.errors.UniqueViolation as err:
        raise NumberTakenError(
            f"文件“{file.path.name}”里有编号在数据库里属于另一个台账，没有写入；"
            "请核对两个窗口是否用了同一个窗口号。"
        ) from err
    except psycopg.Error as err:
        raise DatabaseUnusableError from err


def _is_older(cursor: _Cursor, file: LedgerFile) -> bool:
    """Return whether a later file of the same ledger was written before.

    Raises:
        RowDiffersError: It was written to the same event, and that is another.
    """
    there = cursor.execute(_HEAD, (file.ledger,)).fetchone()
    if there is None:
        return False
    head, events = str(there[0]), int(str(there[1]))
    if events == len(file.macs) and head != file.head:
        raise RowDiffersError(
            f"数据库里台账 {file.ledger} 的末条是 {head}，文件“{file.path.name}”的是"
            f" {file.head}，没有写入；请与该窗口核对哪一份是真的。"
        )
    return events > len(file.macs)


def _compare_notices(cursor: _Cursor, file: LedgerFile, *, older: bool) -> int:
    """Compare what is there with what the file says, and count it.

    Only where a later file was written before may there be notices and voids
    that this file does not know.

    Raises:
        RowDiffersError: A notice says something else.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    asked = sql.SQL("SELECT {} FROM medcounter_notice WHERE ledger = %s").format(names)
    brought = {notice.number: notice for notice in file.notices}
    count = 0
    for row in cursor.execute(asked, (file.ledger,)).fetchall():
        there = GatheredNotice(*row)  # type: ignore[arg-type] # the columns of our own table
        here = brought.get(there.number)
        if here is None:
            if older:
                continue
            raise RowDiffersError(
                f"数据库里有通知单 {there.number}，文件“{file.path.name}”里没有，没有写入；"
                "请核对数据库是否被改动过。"
            )
        count += 1
        differs = [name for name in _COLUMNS if not _agree(name, there, here)]
        if there.state == VOID != here.state and not older:
            differs.append("state")
        if differs:
            raise RowDiffersError(
                f"通知单 {there.number} 在数据库里的{_column_names(differs)}和文件"
                f"“{file.path.name}”里的不一样，没有写入；请核对数据库是否被改动过。"
            )
    return count


def _agree(name: str, there: GatheredNotice, here: GatheredNotice) -> bool:
    """Return whether a column says the same, as far as both show it."""
    one, other = getattr(there, name), getattr(here, name)
    if name == "state" or one == other:
        return True
    if name == "coverage_start":
        # A masked file does not tell a cover that may begin at birth.
        return not one or not other
    if name not in _PERSONAL:
        return False
    if not one or not other:
        # Erased at the desk since, or before.
        return True
    if name == "name":
        masked = one.endswith(_STARS) or other.endswith(_STARS)
        return bool(masked and one[0] == other[0])
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(a == b or "*" in {a, b} for a, b in pairs)


def _column_names(columns: Iterable[str]) -> str:
    return "、".join(_LABELS.get(column, column) for column in columns)


def _write_notices(cursor: _Cursor, notices: Iterable[GatheredNotice]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    marks = sql.SQL(", ").join(sql.Placeholder() * len(_COLUMNS))
    insert = sql.SQL(
        "INSERT INTO medcounter_notice ({}) VALUES ({}) ON CONFLICT (ledger, number) DO NOTHING"
    ).format(names, marks)
    cursor.executemany(insert, [astuple(notice) for notice in notices])
    voided = [(one.ledger, one.number) for one in notices if one.state == VOID]
    cursor.executemany(
        "UPDATE medcounter_notice SET state = 'void' WHERE ledger = %s AND number = %s", voided
    )
