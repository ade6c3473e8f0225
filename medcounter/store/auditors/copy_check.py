"""Check an auditors' copy by what is in it: its lines, the seal, and its rows.

Returns the lines of the masked file, and the faults of a copy. Needs no key but the
one that opened it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from medcounter.store import store_errors
from medcounter.store.audit import audit_reading
from medcounter.store.audit.audit_reading import AuditRow
from medcounter.store.auditors.sealed_copy import unpacked, view_of
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import row_indexes
from medcounter.store.ledger_records import ChainFault

SPOILT = "审计副本有损坏或被改动过，不能作为依据；请经办人登录后关闭程序，重新生成副本。"
_MORE = ChainFault(0, "审计副本里有封签下没有的内容，可能被改动过。")
_ASTRAY = ChainFault(0, "审计副本的索引与其中的记录不符，查到的可能不对，可能被改动过。")
# A row is compared in a tenth of a millisecond.
_SLICE = 50
_LINES = "SELECT data FROM line ORDER BY event"
_LINK = "SELECT first, place, size FROM household_member WHERE notice = ?"
# Of people, drafts and numbers a copy holds nothing.
_EMPTY = ("party", "draft", "number_floor", "event_signature", "name_index", "sound_index")
# Numbered from 1 without a gap, so that counting need not read them all.
_COUNTED = {"event": "id", "notice": "id", "shown": "notice"}
SHOWN = """
    SELECT s.name, s.id_number FROM shown s JOIN notice n ON n.id = s.notice WHERE n.number = ?
"""


def lines(database: Database) -> Iterator[bytes]:
    """Yield the lines of the masked audit file out of an open copy.

    Raises:
        AuditFileUnreadableError: Somebody wrote other things into it.
    """
    ends = database.conn.execute("SELECT first, last FROM ends").fetchone()
    if ends is None:
        raise store_errors.AuditFileUnreadableError
    yield ends[0]
    for (data,) in database.conn.execute(_LINES):
        yield unpacked(data)
    yield ends[1]


def faults(database: Database) -> Iterator[ChainFault | None]:
    """Check every line, the seal over all, and that the rows are the lines'.

    Yields:
        A fault where one is, else None now and then.
    """
    try:
        report = yield from audit_reading.read_in_slices(lines(database))
        for text in report.faults:
            yield ChainFault(0, text)
        yield from _strays(database)
        for wrong in row_indexes.verify(database):
            yield None if wrong is None else _ASTRAY
    except store_errors.AuditFileUnreadableError:
        yield ChainFault(0, SPOILT)


def _strays(database: Database) -> Iterator[ChainFault | None]:
    """Find rows that are not what their lines say, and rows that no line says."""
    counted = Counter[str]()
    for count, (data,) in enumerate(database.conn.execute(_LINES), 1):
        audit_row = audit_reading.row_of(unpacked(data))
        if audit_row is None or not _is_shown(database, audit_row, counted):
            yield ChainFault(0, f"审计副本第 {count} 条记录与封签下的不同，可能被改动过。")
        elif not count % _SLICE:
            yield None
    for has_others in _others(database, counted):
        yield _MORE if has_others else None


def _others(database: Database, counted: Counter[str]) -> Iterator[bool]:
    """Ask of each table whether it holds rows that no line says."""
    for table, column in _COUNTED.items():
        # Asked for at once, SQLite would look for both in every row.
        ends = f"SELECT (SELECT min({column}) FROM {table}), (SELECT max({column}) FROM {table})"  # noqa: S608 - fixed names
        known = (1, counted[table]) if counted[table] else (None, None)
        yield database.conn.execute(ends).fetchone() != known
    yield scalar(database, "SELECT count(*) FROM household_member") != counted["household_member"]
    for table in _EMPTY:
        yield scalar(database, f"SELECT 1 FROM {table} LIMIT 1") is not None  # noqa: S608 - fixed names


def _is_shown(database: Database, audit_row: AuditRow, counted: Counter[str]) -> bool:
    """Return whether the copy's own rows are what a line says; count them."""
    counted["event"] += 1
    event = database.conn.execute(
        "SELECT * FROM event WHERE id = ?", audit_row.event[:1]
    ).fetchone()
    if event != audit_row.event or not audit_row.notice:
        return bool(event == audit_row.event)
    counted["notice"] += 1
    counted["shown"] += 1
    row = audit_row.notice[:1]
    notice = database.conn.execute("SELECT * FROM notice WHERE id = ?", row).fetchone()
    shown = database.conn.execute(SHOWN, (audit_row.notice[1],)).fetchone()
    person = (audit_row.name or None, audit_row.id_number or None)
    link = database.conn.execute(_LINK, row).fetchone() or ()
    counted["household_member"] += bool(link)
    is_linked = link == audit_reading.link_of(audit_row)
    return bool(notice == view_of(audit_row) and shown == person and is_linked)
