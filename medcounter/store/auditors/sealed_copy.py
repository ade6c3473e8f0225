"""The open file of an auditors' copy, as the ledger adds to it.

Lines are sealed by the hashes of their blocks, which stand in the file under a code
that only the ledger can make. What an auditor writes into it is sealed by nobody: a
block that is added to is compared with its hash first.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import Self

from medcounter.store import store_errors
from medcounter.store.audit import audit_file, audit_reading, line_blocks
from medcounter.store.audit.audit_reading import AuditRow
from medcounter.store.auditors import copy_end
from medcounter.store.auditors.auditors_schema import AUDITORS
from medcounter.store.db.ledger_schema import KINDS
from medcounter.store.db.migrations import bring_up
from medcounter.store.db.sqlite import Database, connect, scalar
from medcounter.store.journal import journal, sealed_rows
from medcounter.store.journal.beside_notices import EVENT_WIDTH
from medcounter.store.journal.journal import LINK_END, NOTICE_END
from medcounter.store.packing import NotUnpackedError, unpack
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.data_key import DataKey

_QUICK = 1
# What a hall's rules come to at most, in the line of the event that took them in.
_LARGEST_LINE = 64_000_000
_KIND, _AT, _NOTICE, _MAC = 1, 2, 3, 7
_REQUEST = sealed_rows.COLUMNS.index("request_id")
_MARKS = {
    "event": ", ".join("?" * EVENT_WIDTH),
    "notice": ", ".join("?" * len(sealed_rows.COLUMNS)),
}
_BLOCK = "SELECT data FROM line WHERE event > ? AND event <= ? ORDER BY event"


_Keys = tuple[DataKey, ChainKey]


class SealedCopy:
    """A copy that the ledger goes on with.

    Attributes:
        position: The last event in it; 0 in a new one.
    """

    def __init__(
        self, database: Database, ledger: Database, keys: tuple[DataKey, ChainKey]
    ) -> None:
        """Take an open copy that is as the ledger left it.

        Raises:
            AuditorsCopyMissingError: It is not.
        """
        self._copy = database
        self._key, self._chain_key = keys
        self._digests: list[bytes] = []
        self._compared: set[int] = set()
        self._changed: set[int] = set()
        self.position, self._head = 0, ""
        self._last_at = ""
        self._read(ledger)

    @classmethod
    def open(cls, path: Path, ledger: Database, keys: _Keys) -> Self:
        """Open a copy, or make an empty one.

        Raises:
            StoreError: It is none, of another program, or not as the ledger left it.
        """
        database = connect(path, keys[0].auditors.ledger, may_create=True)
        try:
            if os.name != "nt":
                path.chmod(0o600)
            # Cover of which the first day is hidden has an end alone.
            database.conn.execute("PRAGMA ignore_check_constraints = ON")
            bring_up(database, AUDITORS, _refuse, may_create=True)
            return cls(database, ledger, keys)
        except BaseException:
            database.close()
            raise

    @property
    def database(self) -> Database:
        """The open file."""
        return self._copy

    def close(self) -> None:
        """Give the file back."""
        self._copy.close()

    def begin(self) -> None:
        """Make a new copy know the kinds of events, inside a transaction."""
        self._compared.clear()
        self._changed.clear()
        for kind in KINDS:
            self._copy.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))

    def add(self, ledger: Database, row: tuple[object, ...]) -> None:
        """Add an event of the ledger, as ``journal.walk`` gives it."""
        audit_row = self._keep_line(ledger, row)
        if audit_row.notice:
            shown = view_of(audit_row)
            self._copy.conn.execute(f"INSERT INTO notice VALUES ({_MARKS['notice']})", shown)  # noqa: S608 - marks
        link = row[NOTICE_END:LINK_END]
        if link[0] is not None:
            self._copy.conn.execute(
                "INSERT INTO household_member VALUES (?, ?, ?, ?)", (row[_NOTICE], *link)
            )
        self._copy.conn.execute(f"INSERT INTO event VALUES ({_MARKS['event']})", audit_row.event)  # noqa: S608 - marks
        if row[_KIND] == "erase":
            self._forget(ledger, row[_NOTICE])
        self.position, self._last_at = int(str(row[0])), str(row[_AT])
        self._head = chain.head(self.position, str(row[_MAC])).code

    def seal(self) -> Generator[None, None, None]:
        """Seal all that is in it, inside a transaction, in slices of milliseconds."""
        for block in sorted(self._changed):
            digest = self._digest(block)
            self._digests[block : block + 1] = [digest]
            self._copy.conn.execute("INSERT OR REPLACE INTO block VALUES (?, ?)", (block, digest))
            yield
        first = self._first_line()
        last = audit_file.last_line(self._chain_key, line_blocks.whole(first, self._digests))
        ends = (self.position, self._head, first, last, self._code())
        self._copy.conn.execute("DELETE FROM ends")
        self._copy.conn.execute("INSERT INTO ends VALUES (?, ?, ?, ?, ?)", ends)

    def _read(self, ledger: Database) -> None:
        left = self._copy.conn.execute("SELECT position, head, code FROM ends").fetchone()
        last = scalar(self._copy, "SELECT max(event) FROM line")
        if left is None and last is None:
            return
        rows = self._copy.conn.execute("SELECT digest FROM block ORDER BY number")
        self._digests = [digest for (digest,) in rows]
        self.position, self._head, code = left or (0, "", "")
        mac = scalar(ledger, "SELECT mac FROM event WHERE id = ?", self.position)
        is_whole = len(self._digests) == line_blocks.block_of(self.position) + 1
        is_ours = last == self.position and chain.same(str(code), self._code())
        if not (is_whole and is_ours and chain.head(self.position, str(mac)).code == self._head):
            raise store_errors.AuditorsCopyMissingError

    def _keep_line(self, ledger: Database, row: tuple[object, ...]) -> AuditRow:
        """Write the line of an event and what of its person may be seen."""
        event = int(str(row[0]))
        self._change(line_blocks.block_of(event))
        line = audit_file.line(ledger, self._chain_key, row, masked=True)
        audit_row = audit_reading.row_of(line)
        assert audit_row is not None  # noqa: S101 - the line of an event
        put = self._copy.conn.execute
        put("INSERT OR REPLACE INTO line VALUES (?, ?)", (event, zlib.compress(line, _QUICK)))
        if (entry := audit_reading.entry_of_before(line)) is not None:
            put("INSERT OR REPLACE INTO line_of_before VALUES (?, ?)", (event, entry))
        if audit_row.notice:
            person = (row[_NOTICE], audit_row.name or None, audit_row.id_number or None)
            put("INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", person)
        return audit_row

    def _forget(self, ledger: Database, notice: object) -> None:
        """Write the line of a notice anew, whose person was erased."""
        sql = "SELECT id FROM event WHERE notice = ? AND kind = 'issue'"
        issued = scalar(ledger, sql, notice)
        if not isinstance(issued, int):
            raise store_errors.StoreDamagedError
        self._keep_line(ledger, next(journal.walk(ledger, issued - 1)))

    def _change(self, block: int) -> None:
        """Take note of a block that is written to, whose lines must be the ledger's."""
        if block < len(self._digests) and block not in self._compared:
            if self._digest(block) != self._digests[block]:
                raise store_errors.AuditorsCopyMissingError
            self._compared.add(block)
        self._changed.add(block)

    def _digest(self, block: int) -> bytes:
        running, before = hashlib.sha256(), block * line_blocks.BLOCK
        for (data,) in self._copy.conn.execute(_BLOCK, (before, before + line_blocks.BLOCK)):
            running.update(unpacked(data))
        return running.digest()

    def _first_line(self) -> bytes:
        of_before, entries = hashlib.sha256(), 0
        for (entry,) in self._copy.conn.execute("SELECT entry FROM line_of_before ORDER BY event"):
            of_before.update(entry)
            entries += 1
        before = f"sha256:{of_before.hexdigest()}" if entries else None
        head = chain.Head(self.position, self._head)
        words = audit_file.AuditWords(self._last_at, before, masked=True)
        return audit_file.first_line(self._chain_key, head, words)

    def _code(self) -> str:
        return copy_end.code(self._key, self.position, self._head, self._digests)


def unpacked(data: bytes) -> bytes:
    """Return a line as it was written.

    Raises:
        AuditFileUnreadableError: Somebody wrote something else.
    """
    try:
        return unpack(data, _LARGEST_LINE)
    except NotUnpackedError as err:
        raise store_errors.AuditFileUnreadableError from err


def view_of(audit_row: AuditRow) -> tuple[object, ...]:
    """Return the row of a notice as it can be looked at.

    A column that stays sealed tells nothing; a request must be one of a kind.
    """
    row = list(audit_row.notice)
    if row[_REQUEST] is None:
        row[_REQUEST] = f"sealed {row[0]}"
    return tuple(row)


def _refuse() -> None:
    raise store_errors.AuditorsCopyMissingError
