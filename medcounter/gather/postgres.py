"""One place for a hall or a county: the gathered notices in PostgreSQL.

Needs the extra ``postgres``. What is there already is compared, never
overwritten; a notice can only go from issued to void. Opens no ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, fields

import psycopg
from psycopg import sql

from medcounter.gather.errors import DatabaseUnusableError, NumberTakenError
from medcounter.gather.ledger_file import VOID, GatheredNotice, LedgerFile

_COLUMNS = tuple(field.name for field in fields(GatheredNotice))
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
    """
    try:
        with psycopg.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute(_TABLES)
            macs = len(file.macs)
            row = (file.ledger, file.head, macs, file.exported_at, file.masked)
            cursor.execute(_LEDGER, row)
            return _write_notices(cursor, file.notices)
    except psycopg.errors.UniqueViolation as err:
        raise NumberTakenError(
            f"文件“{file.path.name}”里有编号在数据库里属于另一个台账，没有写入；"
            "请核对两个窗口是否用了同一个窗口号。"
        ) from err
    except psycopg.Error as err:
        raise DatabaseUnusableError from err


def _write_notices(
    cursor: psycopg.Cursor[tuple[object, ...]], notices: Iterable[GatheredNotice]
) -> int:
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    marks = sql.SQL(", ").join(sql.Placeholder() * len(_COLUMNS))
    insert = sql.SQL(
        "INSERT INTO medcounter_notice ({}) VALUES ({}) ON CONFLICT (ledger, number) DO NOTHING"
    ).format(names, marks)
    rows = [astuple(notice) for notice in notices]
    cursor.executemany(insert, rows)
    added = cursor.rowcount
    voided = [(one.ledger, one.number) for one in notices if one.state == VOID]
    cursor.executemany(
        "UPDATE medcounter_notice SET state = 'void' WHERE ledger = %s AND number = %s", voided
    )
    return added
