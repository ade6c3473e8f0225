"""Write ``auditor.db``, the masked copy of the ledger that auditors may read.

It holds the lines of the masked audit file under the ledger's seal, and the
same rows as a ledger that can be browsed. Names, ID numbers, drafts and the
chain's key are in none of its rows. It is completed under another name first,
so an auditor finds either the previous copy or the new one.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.files import (
    FileTooLargeError,
    is_visible,
    read_bounded,
    sync_file,
    sync_folder,
    write_durably,
)
from medcounter.store import store_errors
from medcounter.store.audit import audit_file, audit_reading
from medcounter.store.audit.audit_reading import AuditRow
from medcounter.store.auditors import auditors_notes
from medcounter.store.auditors.auditors_notes import Note
from medcounter.store.auditors.auditors_schema import AUDITORS
from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import KINDS
from medcounter.store.db.migrations import bring_up
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect, scalar, transaction
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal, sealed_rows
from medcounter.store.journal.journal import EVENT_WIDTH, LINK_END, NOTICE_END, NewEvent
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain, slot_files
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.data_key import DataKey
from medcounter.trust.slot_format import AUDITOR

_log = logging.getLogger(__name__)
_LARGEST = 1_000
_QUICK = 1
_TAKEN_IN = """
    SELECT 1 FROM event WHERE notice IS NULL AND kind = 'sign-in'
    AND json_extract(detail, '$.signature') = ?
"""
_KIND, _NOTICE = 1, 3
_START = sealed_rows.COLUMNS.index("coverage_start")
_REQUEST = sealed_rows.COLUMNS.index("request_id")
_MARKS = {
    "event": ", ".join("?" * EVENT_WIDTH),
    "notice": ", ".join("?" * len(sealed_rows.COLUMNS)),
}


class AuditorsCopy:
    """The copy for auditors of one open ledger; belongs to the ledger's thread."""

    def __init__(
        self, connection: Connection, places: DataFolder, key: DataKey, chain_key: ChainKey
    ) -> None:
        """Take the ledger's connection, its folder and its keys."""
        self._connection = connection
        self._places = places
        self._key = key
        self._chain_key = chain_key
        self._file_key = key.auditors.ledger

    def renew(self) -> None:
        """Bring the copy up to the ledger's end; a failure leaves the one before.

        Where nobody is an auditor it is taken away.
        """
        database = self._connection.database
        try:
            if not self._is_wanted():
                for path in (self._places.auditors, self._places.auditors_left):
                    path.unlink(missing_ok=True)
                return
            head = journal.head(database)
            if not head.position or (self._left()[:2] == [head.position, head.code]):
                return
            self._make(database)
        # Whatever is wrong with the ledger is said elsewhere, and must not keep it open.
        except (OSError, DatabaseFailure, MedCounterError, ValueError) as err:
            _log.warning("the auditors' copy was not written: %s", type(err).__name__)

    def notes(self) -> tuple[tuple[Note, ...], int]:
        """Return what auditors did since, and how many lines are nothing of theirs.

        Raises:
            StoreError: The file cannot be read.
        """
        try:
            return auditors_notes.read(self._places.auditors_notes)
        except OSError as err:
            raise store_errors.of_system(err) from err

    def take_in(self, notes: tuple[Note, ...], event: NewEvent) -> None:
        """Put notes into the ledger, each once, and forget the file.

        Args:
            notes: Those that count.
            event: What the event of each says beside the note.

        Raises:
            StoreError: They were not kept; the file stays.
        """
        with self._connection.transaction() as database:
            for note in notes:
                # Cut off before the file was forgotten it was taken in already.
                if scalar(database, _TAKEN_IN, note.signature) is None:
                    detail = {**(event.detail or {}), **note.detail_kept()}
                    journal.append(database, self._chain_key, replace(event, detail=detail))
        try:
            self._places.auditors_notes.unlink(missing_ok=True)
        except OSError as err:
            raise store_errors.of_system(err) from err

    def _is_wanted(self) -> bool:
        places = self._places
        read = slot_files.read_slots(places.key_file, places.key_copy)
        return any(slot.role == AUDITOR for slots in read for slot in slots.clerks)

    def _left(self) -> list[object]:
        """Return position, code and hash of the file as it was left; empty for none."""
        if not is_visible(self._places.auditors):
            return []
        try:
            raw = read_strict(read_bounded(self._places.auditors_left, _LARGEST))
        except (OSError, FileTooLargeError, StrictJsonError):
            return []
        match raw:
            case {"left": [int(position), str(head), str(digest)], "code": str(code)}:
                left: list[object] = [position, head, digest]
                if chain.same(code, self._key.code_left(canonical(left))):
                    return left
        return []

    def _make(self, database: Database) -> None:
        new = self._places.auditors_new
        journal_file = new.with_name(f"{new.name}-journal")
        for path in (new, journal_file):
            path.unlink(missing_ok=True)
        # The ledger's seal goes on nothing that others put in.
        if self._is_as_left(database):
            shutil.copyfile(self._places.auditors, new)
        copy = connect(new, self._file_key, may_create=True)
        try:
            if os.name != "nt":
                new.chmod(0o600)
            # Cover of which the first day is hidden has an end alone.
            copy.conn.execute("PRAGMA ignore_check_constraints = ON")
            bring_up(copy, AUDITORS, lambda: None, may_create=True)
            with transaction(copy):
                _Writer(database, copy, self._chain_key).write()
        finally:
            copy.close()
        journal_file.unlink(missing_ok=True)
        sync_file(new)
        digest, head = _hash(new), journal.head(database)
        new.replace(self._places.auditors)
        sync_folder(self._places.folder)
        left = [head.position, head.code, digest]
        data = {"code": self._key.code_left(canonical(left)), "left": left}
        write_durably(self._places.auditors_left, canonical(data))

    def _is_as_left(self, database: Database) -> bool:
        match self._left():
            case [int(position), str(code), digest]:
                mac = scalar(database, "SELECT mac FROM event WHERE id = ?", position)
                here = chain.head(position, str(mac))
                return here.code == code and _hash(self._places.auditors) == digest
        return False


class _Writer:
    """Puts what is new in a ledger into the copy, in one transaction."""

    def __init__(self, database: Database, copy: Database, key: ChainKey) -> None:
        self._ledger = database
        self._copy = copy.conn
        self._key = key

    def write(self) -> None:
        """Add every event that the copy lacks, and seal all of it anew."""
        last = self._copy.execute("SELECT coalesce(max(event), 0) FROM line").fetchone()[0]
        for kind in KINDS:
            self._copy.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))
        for row in journal.walk(self._ledger, last):
            self._add(row)
            if row[_KIND] == "erase":
                self._forget(row[_NOTICE])
        self._seal()

    def _add(self, row: tuple[object, ...]) -> None:
        line = audit_file.line(self._ledger, self._key, row, masked=True)
        audit_row = audit_reading.row_of(line)
        assert audit_row is not None  # noqa: S101 - the line of an event
        self._keep_line(row[0], line)
        if audit_row.notice:
            shown = view_of(audit_row)
            self._copy.execute(f"INSERT INTO notice VALUES ({_MARKS['notice']})", shown)  # noqa: S608 - marks
            self._show(row[_NOTICE], audit_row)
        link = row[NOTICE_END:LINK_END]
        if link[0] is not None:
            self._copy.execute(
                "INSERT INTO household_member VALUES (?, ?, ?, ?)", (row[_NOTICE], *link)
            )
        self._copy.execute(f"INSERT INTO event VALUES ({_MARKS['event']})", audit_row.event)  # noqa: S608 - marks

    def _forget(self, notice: object) -> None:
        """Write the line of a notice anew, whose person was erased."""
        sql = "SELECT id FROM event WHERE notice = ? AND kind = 'issue'"
        issued = scalar(self._ledger, sql, notice)
        if not isinstance(issued, int):
            raise store_errors.StoreDamagedError
        row = next(journal.walk(self._ledger, issued - 1))
        line = audit_file.line(self._ledger, self._key, row, masked=True)
        audit_row = audit_reading.row_of(line)
        assert audit_row is not None  # noqa: S101 - the line of an event
        self._keep_line(issued, line)
        self._show(notice, audit_row)

    def _keep_line(self, event: object, line: bytes) -> None:
        values = (event, zlib.compress(line, _QUICK), audit_reading.entry_of_before(line))
        self._copy.execute("INSERT OR REPLACE INTO line VALUES (?, ?, ?)", values)

    def _show(self, notice: object, audit_row: AuditRow) -> None:
        values = (notice, audit_row.name or None, audit_row.id_number or None)
        self._copy.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", values)

    def _seal(self) -> None:
        of_before, any_of_before = hashlib.sha256(), False
        for (entry,) in self._copy.execute(
            "SELECT before FROM line WHERE before NOT NULL ORDER BY event"
        ):
            of_before.update(entry)
            any_of_before = True
        before = f"sha256:{of_before.hexdigest()}" if any_of_before else None
        at = journal.last_time(self._ledger)
        assert at is not None  # noqa: S101 - an empty ledger has no copy
        head = journal.head(self._ledger)
        first = audit_file.first_line(self._key, head, journal.stamp(at), before, masked=True)
        running = hashlib.sha256(first)
        for (data,) in self._copy.execute("SELECT data FROM line ORDER BY event"):
            running.update(zlib.decompress(data))
        self._copy.execute("DELETE FROM ends")
        self._copy.execute(
            "INSERT INTO ends VALUES (?, ?)", (first, audit_file.last_line(self._key, running))
        )


def view_of(audit_row: AuditRow) -> tuple[object, ...]:
    """Return the row of a notice as it can be looked at.

    A column that stays sealed tells nothing; a request must be one of a kind.
    """
    row = list(audit_row.notice)
    if row[_REQUEST] is None:
        row[_REQUEST] = f"sealed {row[0]}"
    return tuple(row)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
