"""Write ``auditor.db``, the masked copy of the ledger that auditors may read.

It holds the lines of the masked audit file under the ledger's seal, and the
same rows as a ledger that can be browsed. Names, ID numbers, drafts and the
chain's key are in none of its rows. What happened since is added in
transactions that each end with a seal, so an auditor finds the copy of some
time, whole.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import islice

from medcounter.errors import MedCounterError
from medcounter.files import is_visible
from medcounter.store import store_errors
from medcounter.store.audit import line_blocks
from medcounter.store.auditors import auditors_notes, copy_check
from medcounter.store.auditors.sealed_copy import SealedCopy
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect, scalar, transaction
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.auditor_words import AuditorsNote
from medcounter.store.journal.journal import NewEvent
from medcounter.trust import slot_files
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.data_key import DataKey
from medcounter.trust.slot_format import AUDITOR

_log = logging.getLogger(__name__)
# An event takes half a millisecond.
_SLICE = 10
# What the ledger says of a copy that somebody else wrote into.
CHANGED = "auditors-copy"
# So many a closing or a lock adds unseen.
_OFTEN = 100
_TAKEN_IN = """
    SELECT 1 FROM event WHERE notice IS NULL AND kind = 'sign-in'
    AND json_extract(detail, '$.signature') = ?
"""


class AuditorsCopy:
    """The copy for auditors of one open ledger; belongs to the ledger's thread."""

    def __init__(
        self, connection: Connection, paths: DataFolder, key: DataKey, chain_key: ChainKey
    ) -> None:
        """Take the ledger's connection, its folder and its keys."""
        self._connection = connection
        self._paths = paths
        self._key = key
        self._chain_key = chain_key
        self._seen = -_OFTEN
        self._is_checked = False

    @property
    def is_due(self) -> bool:
        """Whether enough happened since it was brought up last to do it when idle.

        So it is after each opening.

        Raises:
            StoreError: The ledger failed.
        """
        with self._connection.reading() as database:
            return journal.head(database).position - self._seen >= _OFTEN

    def renew(self, most: int | None = None) -> None:
        """Bring the copy up to the ledger's end at once; a failure leaves the one before.

        Args:
            most: Events that are added at most; the rest is added next time.
        """
        for _ in self.slices(most):
            pass

    def slices(self, most: int | None = None) -> Iterator[None]:
        """Bring the copy up to the ledger's end in slices of milliseconds.

        Where nobody is an auditor it is taken away. Ended before its end, it loses what it
        added since the last block.

        Args:
            most: Events that are added at most.
        """
        try:
            with self._connection.reading() as database:
                self._seen = journal.head(database).position
            if self._is_wanted():
                yield from self._add(most)
            else:
                self._take_away()
        # Whatever is wrong with the ledger is said elsewhere, and must not keep it open.
        except (OSError, DatabaseFailure, MedCounterError, ValueError) as err:
            _log.warning("the auditors' copy was not written: %s", type(err).__name__)

    def quiet_slices(self) -> Iterator[None]:
        """Bring the copy up when idle, and check once what is in it.

        One that is not, as an auditor would find too, is made anew, and the ledger says so.
        """
        yield from self.slices()
        if self._is_checked:
            return
        self._is_checked = True
        try:
            if is_visible(self._paths.auditors) and (yield from self._is_changed()):
                _log.warning("the auditors' copy was changed by others")
                self._take_away()
                self._tell_changed()
        except (OSError, DatabaseFailure, MedCounterError, ValueError) as err:
            _log.warning("the auditors' copy was not checked: %s", type(err).__name__)
        yield from self.slices()

    def notes(self) -> tuple[tuple[AuditorsNote, ...], int]:
        """Return what auditors did since, and how many lines are nothing of theirs.

        Raises:
            StoreError: The file cannot be read.
        """
        try:
            return auditors_notes.read(self._paths.auditors_notes)
        except OSError as err:
            raise store_errors.of_system(err) from err

    def take_in(self, notes: tuple[AuditorsNote, ...], event: NewEvent) -> None:
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
            self._paths.auditors_notes.unlink(missing_ok=True)
        except OSError as err:
            raise store_errors.of_system(err) from err

    def _is_wanted(self) -> bool:
        paths = self._paths
        read = slot_files.read_slots(paths.key_file, paths.key_copy)
        return any(slot.role == AUDITOR for slots in read for slot in slots.clerks)

    def _add(self, most: int | None) -> Iterator[None]:
        with self._connection.reading() as database:
            head = journal.head(database)
            if not head.position:
                return
            try:
                copy = self._open(database)
            except (DatabaseFailure, MedCounterError):
                # Of another program, spoilt, or somebody wrote into it: the seal goes on none such.
                self._take_away()
                copy = self._open(database)
        left = head.position - copy.position if most is None else most
        try:
            while left > 0 and copy.position < head.position:
                some = min(left, line_blocks.BLOCK, head.position - copy.position)
                yield from self._add_some(copy, some)
                left -= some
        except (store_errors.AuditorsCopyMissingError, DatabaseFailure):
            copy.close()
            self._take_away()
            raise
        finally:
            copy.close()

    def _add_some(self, copy: SealedCopy, some: int) -> Iterator[None]:
        with transaction(copy.database):
            copy.begin()
            while some > 0:
                with self._connection.reading() as database:
                    for row in islice(journal.walk(database, copy.position), min(some, _SLICE)):
                        copy.add(database, row)
                some -= _SLICE
                yield
            yield from copy.seal()

    def _open(self, database: Database) -> SealedCopy:
        return SealedCopy.open(self._paths.auditors, database, (self._key, self._chain_key))

    def _take_away(self) -> None:
        path = self._paths.auditors
        for each in (path.with_name(f"{path.name}-journal"), path):
            each.unlink(missing_ok=True)

    def _tell_changed(self) -> None:
        """Write down that somebody wrote into the copy, at the time of the last event.

        It is found in a quiet slice, which is given no clock; nobody knows when it
        was written, and an event is never earlier than the one before.
        """
        with self._connection.transaction() as database:
            at = journal.last_time(database)
            assert at is not None  # noqa: S101 - an empty ledger has no copy
            event = NewEvent("failure", at, "", detail={"what": CHANGED})
            journal.append(database, self._chain_key, event)

    def _is_changed(self) -> Generator[None, None, bool]:
        try:
            copy = connect(self._paths.auditors, self._key.auditors.ledger)
        except DatabaseFailure:
            return True
        try:
            for fault in copy_check.faults(copy):
                if fault is not None:
                    return True
                yield
        finally:
            copy.close()
        return False
