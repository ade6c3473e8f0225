"""Settle what became of a commit that may have failed: the file itself says.

After a disk fault nobody knows whether a commit reached the disk. The file is
opened anew, and ends with the last event of the transaction or does not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import journal

Done = TypeVar("Done")
_log = logging.getLogger(__name__)
# After one of these nobody knows whether the commit reached the disk.
FATE_OPEN = (
    store_errors.MemoryShortError,
    store_errors.DiskFaultError,
    store_errors.DiskFullError,
    store_errors.StoreDamagedError,
    store_errors.StoreReadOnlyError,
    store_errors.StoreUnreachableError,
)


def settled(connection: Connection, work: Callable[[Database], Done], what: str) -> Done:
    """Do work that writes events, as one transaction, and know whether it counts.

    Args:
        connection: The ledger's.
        work: What is written; nobody else writes meanwhile.
        what: What it concerns, for who must look: 通知单 2025-03-000007.

    Returns:
        What the work gave; it is on the disk.

    Raises:
        FateUnknownError: The disk failed, and the file cannot be opened and read.
        StoreError: It is not on the disk; or the work's own refusal.
    """
    written = None
    try:
        with connection.transaction() as database:
            done = work(database)
            written = done, journal.head(database)
    except FATE_OPEN as err:
        if written is None:
            raise
        done, end = written
        try:
            connection.reopen()
            with connection.reading() as database:
                stands = journal.head(database) == end
        except store_errors.StoreError as fault:
            raise unknown(what) from fault
        if not stands:
            raise
        _log.warning("a change was kept although the disk failed: %s", type(err).__name__)
        return done
    else:
        return done


def unknown(what: str) -> store_errors.FateUnknownError:
    """Say that nobody knows whether a step was kept."""
    return store_errors.FateUnknownError(
        f"{what} 的这一步待核对：保存时磁盘出错，无法确认是否已记下；"
        "请重新打开本程序，先在台账中查看。"
    )


def named(numbers: Sequence[str]) -> str:
    """Name the notices that a step concerns."""
    more = f" 等 {len(numbers)} 张" if len(numbers) > 1 else ""
    return f"通知单 {numbers[0]}{more}" if numbers else "通知单"
