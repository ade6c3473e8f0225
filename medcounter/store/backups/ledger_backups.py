"""The backups of an open ledger: making them, and how far they lag behind.

When one is made is decided by the desk.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

from medcounter.store import store_errors
from medcounter.store.backups import backup, second_place
from medcounter.store.backups.copier import Copied, Copier
from medcounter.store.backups.drafts_copy import carry_drafts
from medcounter.store.backups.second_place import Mirror, Mirrored
from medcounter.store.connection.connection import Connection
from medcounter.store.db import page_check
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.ledger.ledger_proof import FileState, proof_of
from medcounter.trust import chain, slot_files
from medcounter.trust.data_key import DataKey

_CODE_OF = "SELECT mac FROM event WHERE id = ?"
_log = logging.getLogger(__name__)
_ISSUED_SINCE = "SELECT count(*) FROM event WHERE id > ? AND kind = 'issue'"


@dataclass(frozen=True, slots=True)
class BackupLag:
    """How far the newest verified backup is behind the ledger.

    Attributes:
        day: Day of the last event in it; None when there is no backup.
        events: Events that are in no backup yet.
        notices: Notices among them.
        held: Events in the newest backup.
    """

    day: date | None
    events: int
    notices: int
    held: int


class LedgerBackups:
    """The backups of one open ledger; belongs to the ledger's thread."""

    def __init__(
        self, connection: Connection, paths: DataFolder, key: DataKey, *, opens_them: bool
    ) -> None:
        """Take the ledger's connection, its folder and the data key.

        Args:
            connection: The ledger, or the auditors' copy.
            paths: The folder.
            key: What opens the ledger.
            opens_them: Whether it opens backups too; to auditors they are names.
        """
        self._connection = connection
        self._paths = paths
        self._key = key
        self._proof = proof_of(paths, key)
        # What is made at once is not ended by what ends the copying in slices.
        self._own_proof = replace(self._proof, stopped=Event())
        self._opens_them = opens_them
        self._ends: dict[FileState | None, chain.Head | None] = {None: None}
        self._whole: set[FileState | None] = set()
        self._copier = Copier(paths.ledger)

    def listed(self) -> tuple[backup.Backup, ...]:
        """List the verified ones, newest first."""
        return backup.backups(self._paths.backups)

    def lag(self) -> BackupLag:
        """Return how far the newest backup is behind that is one of this ledger.

        Raises:
            StoreError: The ledger failed.
        """
        with self._connection.reading() as database:
            newest = self._newest(database)
            held = newest.events if newest else 0
            events = journal.head(database).position
            notices = scalar(database, _ISSUED_SINCE, held)
        return BackupLag(
            newest.day if newest else None,
            max(events - held, 0),
            notices if isinstance(notices, int) else 0,
            held,
        )

    def check_newest(self) -> Iterator[None]:
        """Read every page of the newest backup once, in slices of milliseconds.

        One that is damaged counts no more, and another is made under its name.

        Raises:
            StoreError: The ledger failed.
        """
        with self._connection.reading() as database:
            newest = self._newest(database)
        state = None if newest is None else backup.state_of(newest.path)
        if newest is None or state is None or state in self._whole:
            return
        damaged = 0
        try:
            for found in page_check.of_path(newest.path, self._key.ledger):
                damaged += found
                yield
        except OSError:
            return
        if damaged:
            _log.warning("the newest backup has %d damaged pages", damaged)
            self._proof.spoilt.add(state)
        else:
            self._whole.add(state)

    def _newest(self, database: Database) -> backup.Backup | None:
        """Return the newest backup that is one of this ledger, by its own last event.

        Each file is looked into once, and again when it is another or was written to.
        """
        for each in backup.backups(self._paths.backups):
            if not self._opens_them:
                return each
            state = backup.state_of(each.path)
            if state in self._proof.spoilt:
                continue
            if state not in self._ends:
                self._ends[state] = backup.end_of(each, self._key.ledger)
            code = scalar(database, _CODE_OF, each.events)
            if isinstance(code, str) and self._ends[state] == chain.head(each.events, code):
                return each
        return None

    def make(self) -> Path | None:
        """Copy the ledger and check the copy; None for an empty ledger.

        Raises:
            BackupFailedError: No copy was made; older ones stay.
        """
        try:
            with self._connection.reading() as database:
                return backup.make_backup(database, self._own_proof, self._paths.backups)
        except store_errors.BackupFailedError:
            raise
        except (OSError, store_errors.StoreError) as err:
            raise store_errors.BackupFailedError from err

    def make_in(self, folder: Path) -> Path | None:
        """Copy ledger, key and drafts to a second place, and check the copies.

        Returns:
            The copy; None for an empty ledger.

        Raises:
            BackupFailedError: No copy was made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if slot_files.holds_others(folder / self._paths.key_file.name, self._key):
                raise store_errors.KeysOfAnotherError(
                    f"“{folder}”里有另一本台账的密钥文件，没有备份到那里，那里的文件不变；"
                    "请另选一个文件夹。"
                )
            with self._connection.reading() as database:
                made = backup.make_backup(database, self._own_proof, folder, prune=False)
            slots = self._paths.key_file.read_bytes()
            slot_files.replace_file(folder / self._paths.key_file.name, slots)
            carry_drafts(self._paths, folder)
        except store_errors.BackupFailedError:
            raise
        except (OSError, store_errors.StoreError) as err:
            raise store_errors.BackupFailedError(
                f"没有备份到“{folder}”，原有数据和旧备份不变；请检查那里能不能写、空间够不够。"
            ) from err
        return made

    def slices(self) -> Iterator[Copied | None]:
        """Copy the ledger in slices; the last one is to be finished.

        Raises:
            BackupFailedError: No copy was made; older ones stay.
        """
        try:
            with self._connection.reading() as database:
                yield from self._copier.slices(database, self._proof, self._paths.backups)
        except store_errors.BackupFailedError:
            raise
        except store_errors.StoreError as err:
            raise store_errors.BackupFailedError from err

    def mirror(self, folder: str, *, noted: bool) -> Mirror:
        """Return the work of copying the newest backup to another place.

        Args:
            folder: The folder.
            noted: Whether it is the second place that is set.

        Raises:
            StoreError: The ledger failed.
        """
        with self._connection.reading() as database:
            newest = self._newest(database)
        return Mirror(self._paths, folder, self._proof, newest, noted)

    def stop(self) -> None:
        """End what goes on in other threads.

        No copy of it counts, and it is due again at the next opening.
        """
        self._proof.stopped.set()

    def mirrored(self) -> Mirrored | None:
        """Describe what was copied to the second place last.

        A copy of another line of the ledger, from before a restore, holds
        nothing of this one.

        Raises:
            StoreError: The ledger failed.
        """
        last = second_place.last_mirrored(self._paths, self._key)
        if last is None:
            return None
        with self._connection.reading() as database:
            code = scalar(database, _CODE_OF, last.events)
        same = isinstance(code, str) and str(chain.head(last.events, code)) == last.head
        return last if same else replace(last, events=0)

    def close(self) -> None:
        """Let go of the ledger's file, after its connection is closed."""
        self._copier.close()
