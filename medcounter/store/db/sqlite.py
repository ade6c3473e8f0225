"""Open an encrypted database with checked settings, and run transactions.

Every setting of the connection is read back. Knows no table. A connection
belongs to the thread that opened it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlcipher3
from sqlcipher3 import dbapi2

from medcounter.files import keep_private
from medcounter.store import store_errors

# sqlite-utils takes its SQLite from pysqlite3 where that exists; so it takes SQLCipher.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
from sqlite_utils import Database  # noqa: E402 - it must find the names set above

__all__ = [
    "Database",
    "DatabaseFailure",
    "connect",
    "connect_beside",
    "connect_read_only",
    "scalar",
    "transaction",
    "translate",
]

DatabaseFailure = dbapi2.Error
_PAGE_BYTES = 4096
# Name, the value to set, the value read back. Measured in docs/store.md.
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    # A month of a large ledger: what falls out is decrypted anew by each search.
    ("cache_size", "-16384", -16384),
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
)
_PRAGMAS_READ_ONLY: tuple[tuple[str, str, object], ...] = (
    ("query_only", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
)
_BY_CODE: dict[int, type[store_errors.StoreError]] = {
    5: store_errors.StoreInUseError,  # SQLITE_BUSY
    6: store_errors.StoreInUseError,  # SQLITE_LOCKED
    8: store_errors.StoreReadOnlyError,  # SQLITE_READONLY
    10: store_errors.DiskFaultError,  # SQLITE_IOERR
    11: store_errors.StoreDamagedError,  # SQLITE_CORRUPT
    13: store_errors.DiskFullError,  # SQLITE_FULL
    14: store_errors.StoreUnreachableError,  # SQLITE_CANTOPEN
    19: store_errors.InvalidEntryError,  # SQLITE_CONSTRAINT
    26: store_errors.NotADatabaseError,  # SQLITE_NOTADB
}


def connect(path: Path, key: bytes, *, may_create: bool = False, most_steps: int = 0) -> Database:
    """Open a database, own it, and read every setting back.

    Args:
        path: The file.
        key: 32 bytes, used as they are.
        may_create: Make an empty one when the file is not there.
        most_steps: After so many of SQLite's machine a statement fails; 0 for no
            limit. For a file into which others may have written, who could let a
            question have no end.

    Raises:
        StoreError: One subclass per cause; the connection is closed.
    """
    _refuse_unusable(path, may_create=may_create)
    connection = _open(path, "rwc" if may_create else "rw")
    # A journal takes after its file.
    keep_private(path)
    with _closed_on_failure(connection):
        if most_steps:
            connection.set_progress_handler(lambda: 1, most_steps)
        _unlock(connection, key)
        _own(connection)
        _apply_settings(connection, _PRAGMAS)
        return Database(connection, recursive_triggers=False, execute_plugins=False)


def connect_read_only(path: Path, key: bytes) -> Database:
    """Open a database only to look into it, and read every setting back.

    Args:
        path: The file; it need not be writable.
        key: 32 bytes, used as they are.

    Raises:
        StoreError: One subclass per cause; the connection is closed.
    """
    try:
        length = path.stat().st_size
    except OSError as err:
        raise store_errors.of_system(err) from err
    if length < _PAGE_BYTES:
        raise store_errors.StoreDamagedError
    return _looking(_open(path, "ro"), key)


def connect_beside(path: Path, key: bytes) -> Database:
    """Open a database a second time, beside the connection that owns it.

    It takes no lock and gives what lies in the file, once its cache was
    emptied. Only between the owner's transactions.

    Raises:
        StoreError: One subclass per cause; the connection is closed.
    """
    return _looking(_open(path, "ro&nolock=1"), key)


def _looking(connection: dbapi2.Connection, key: bytes) -> Database:
    """Make a connection one that only looks; it is closed where it cannot."""
    with _closed_on_failure(connection):
        _unlock(connection, key)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _apply_settings(connection, _PRAGMAS_READ_ONLY)
        return Database(connection, recursive_triggers=False, execute_plugins=False)


@contextmanager
def _closed_on_failure(connection: dbapi2.Connection) -> Iterator[None]:
    """Close a connection that cannot be used, and say why in the store's errors."""
    try:
        yield
    except dbapi2.Error as err:
        connection.close()
        raise translate(err) from err
    except store_errors.StoreError:
        connection.close()
        raise


def _open(path: Path, mode: str) -> dbapi2.Connection:
    try:
        return dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=0, isolation_level=None
        )
    except dbapi2.Error as err:
        raise translate(err) from err


def _unlock(connection: dbapi2.Connection, key: bytes) -> None:
    # Its log goes to the standard error output, which a window has not.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _refuse_unusable(path: Path, *, may_create: bool) -> None:
    """See what SQLite would pass over: a file too short, or not writable.

    It opens the second for reading only, and fills the first anew.
    """
    try:
        with path.open("r+b") as file:
            length = file.seek(0, os.SEEK_END)
    except FileNotFoundError as err:
        if may_create:
            return
        raise store_errors.of_system(err) from err
    except OSError as err:
        raise store_errors.of_system(err) from err
    if length < _PAGE_BYTES and not may_create:
        raise store_errors.StoreDamagedError


def _own(connection: dbapi2.Connection) -> None:
    """Take the file for this connection until it is closed."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _apply_settings(
    connection: dbapi2.Connection, pragmas: tuple[tuple[str, str, object], ...]
) -> None:
    for name, value, expected in pragmas:
        connection.execute(f"PRAGMA {name} = {value}")
        row = connection.execute(f"PRAGMA {name}").fetchone()
        got = row and row[0]
        if got != expected:
            raise store_errors.SettingNotTakenError(
                f"数据库没有接受安全设置 {name}（应为 {expected}，实为 {got}），"
                "不能打开台账，没有改动任何数据；请重新安装本程序。"
            )


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Run a block as one transaction that has the write lock from the start.

    Leaving it by an exception undoes everything in it.

    Raises:
        StoreError: The database failed; for a failing COMMIT the connection
            must not be used any more, because its fate is unknown.
    """
    connection = database.conn
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except dbapi2.Error as err:
        _roll_back(connection)
        raise translate(err) from err
    except MemoryError as err:
        # SQLite says so too where a failing disk leaves it without a page.
        _roll_back(connection)
        raise store_errors.MemoryShortError from err
    except BaseException:
        _roll_back(connection)
        raise


def scalar(database: Database, sql: str, *values: object) -> object:
    """Return the first column of the first row; None when there is no row."""
    row = database.conn.execute(sql, values).fetchone()
    return None if row is None else row[0]


def translate(err: dbapi2.Error) -> store_errors.StoreError:
    """Say a failure of the database as the sentence for its cause."""
    code = getattr(err, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    return _BY_CODE.get(primary or 0, store_errors.StoreError)()


def _roll_back(connection: dbapi2.Connection) -> None:
    if connection.in_transaction:
        # After a disk fault this may fail too; the next opening rolls back from the journal.
        with suppress(dbapi2.Error):
            connection.execute("ROLLBACK")
