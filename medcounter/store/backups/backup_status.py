"""Backups and free space of an open ledger: how far backups lag behind.

Provides the work of making new ones. When to do it is decided by the desk.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from medcounter.store import store_errors
from medcounter.store.backups import backup, second_place
from medcounter.store.backups.copier import Copied, Copier
from medcounter.store.backups.second_place import Mirror, Mirrored
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import scalar
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.ledger.ledger_proof import proof_of
from medcounter.trust.data_key import DataKey

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


class LedgerKeeper:
    """The copies of one open ledger; belongs to the ledger's thread."""

    def __init__(self, door: Connection, places: DataFolder, key: DataKey) -> None:
        """Take the ledger's door, its folder and the data key."""
        self._door = door
        self._places = places
        self._proof = proof_of(places, key)
        self._copier = Copier(places.ledger)

    def behind(self) -> BackupLag:
        """Return how far the newest backup is behind.

        Raises:
            StoreError: The ledger failed.
        """
        listed = backup.backups(self._places.backups)
        held = listed[0].events if listed else 0
        with self._door.reading() as database:
            events = journal.head(database).position
            notices = scalar(database, _ISSUED_SINCE, held)
        return BackupLag(
            listed[0].day if listed else None,
            max(events - held, 0),
            notices if isinstance(notices, int) else 0,
            held,
        )

    def copy(self) -> Iterator[Copied | None]:
        """Copy the ledger in slices; the last one is to be finished.

        Raises:
            BackupFailedError: No copy was made; older ones stay.
        """
        try:
            with self._door.reading() as database:
                yield from self._copier.slices(database, self._proof, self._places.backups)
        except store_errors.BackupFailedError:
            raise
        except store_errors.StoreError as err:
            raise store_errors.BackupFailedError from err

    def mirror(self, place: str, *, noted: bool) -> Mirror:
        """Return the work of copying the newest backup to another place.

        Args:
            place: The folder.
            noted: Whether it is the second place that is set.
        """
        return Mirror(self._places, place, self._proof, noted)

    def stop(self) -> None:
        """End what goes on in other threads.

        No copy of it counts, and it is due again at the next opening.
        """
        self._proof.stopped.set()

    def mirrored(self) -> Mirrored | None:
        """Describe what was copied to the second place last."""
        return second_place.last_mirrored(self._places)

    def last_time(self) -> datetime | None:
        """Return the time of the ledger's last event; None in an empty one.

        Raises:
            StoreError: The ledger failed.
        """
        with self._door.reading() as database:
            return journal.last_time(database)

    def free_space(self) -> int | None:
        """Return the bytes free on the ledger's disk; None when it won't say."""
        try:
            return shutil.disk_usage(self._places.folder).free
        except OSError:
            return None

    def reopen(self) -> None:
        """Let what is on the disk decide, after a fault.

        Raises:
            StoreError: It cannot be opened yet.
        """
        self._door.reopen()

    def close(self) -> None:
        """Let go of the ledger's file, after its connection is closed."""
        self._copier.close()
