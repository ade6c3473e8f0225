"""Which numbers on paper an auditors' copy tells of, by the ledger's word alone.

Returns numbers of notices and closes, and of those that a ledger leapt over. Only lines
are read whose block has the hash that the ledger vouched for: the rows beside them are
what anybody with an auditor's secret wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from medcounter.store import store_errors
from medcounter.store.audit import audit_reading, line_blocks
from medcounter.store.auditors.copy_end import Vouched
from medcounter.store.auditors.sealed_copy import unpacked
from medcounter.store.db.sqlite import Database
from medcounter.strict_json import StrictJsonError, read_strict

# What the lines of a block come to at most; the largest holds a hall's rules.
_LARGEST_BLOCK = 200_000_000
_LINES = "SELECT data FROM line WHERE event > ? AND event <= ? ORDER BY event"
_KIND, _NOTICE, _DETAIL = 1, 3, 6
_NUMBER = 1
_FLOORS = ("numbers_used", "closes_used")


def numbers(copy: Database, vouched: Vouched) -> Iterator[str]:
    """Give each number of which a vouched line tells, up to the first other block.

    Args:
        copy: As ``copy_end.opened`` gives it.
        vouched: The ledger's word on it.

    Raises:
        DatabaseFailure: It cannot be asked, or has no end.
    """
    for block, digest in enumerate(vouched.digests):
        before = block * line_blocks.BLOCK
        until = min(before + line_blocks.BLOCK, vouched.end.position)
        lines = _block(copy, before, until, digest)
        if not lines:
            return
        for line in lines:
            yield from _numbers_of(line)


def _block(copy: Database, before: int, until: int, digest: bytes) -> list[bytes]:
    """Return the lines of a block; none where they are not the ledger's."""
    running, lines, size = hashlib.sha256(), list[bytes](), 0
    try:
        for (data,) in copy.conn.execute(_LINES, (before, until)):
            line = unpacked(data)
            size += len(line)
            if size > _LARGEST_BLOCK:
                return []
            running.update(line)
            lines.append(line)
    except store_errors.AuditFileUnreadableError:
        return []
    return lines if running.digest() == digest else []


def _numbers_of(line: bytes) -> Iterator[str]:
    try:
        audit_row = audit_reading.row_of(line)
    except store_errors.AuditFileUnreadableError:
        return
    if audit_row is None:
        return
    if audit_row.notice:
        yield str(audit_row.notice[_NUMBER])
    elif audit_row.event[_NOTICE] is None:
        try:
            detail = read_strict(str(audit_row.event[_DETAIL]).encode())
        except StrictJsonError:
            return
        said = detail if isinstance(detail, dict) else {}
        if audit_row.event[_KIND] == "day-close":
            yield str(said.get("number"))
        for name in _FLOORS:
            listed = said.get(name)
            yield from map(str, listed if isinstance(listed, list) else [])
