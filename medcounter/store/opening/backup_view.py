"""Open a backup read-only while the ledger itself cannot be opened.

Provides a store that only reads. Changes no file.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from medcounter.store import store_errors
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.opening.first_start import known_keys
from medcounter.store.opening.store import Store
from medcounter.trust.data_key import DataKey


class LookingError(store_errors.StoreError):
    """现在看的是备份，只能查看，不能出单和补打；请恢复备份或修好台账后再办理。"""


@dataclass(frozen=True, slots=True)
class BackupFolderView(DataFolder):
    """A data folder of which another file is taken for the ledger."""

    looked_at: Path

    @property
    def ledger(self) -> Path:
        """People and notices, as they were when the copy was made."""
        return self.looked_at


def open_to_look(folder: Path, copy: Path, given: DataKey | None = None) -> Store:
    """Open a backup to look into it.

    Args:
        folder: The data folder.
        copy: The backup.
        given: The key that somebody signed in for; None where sign-in is off.

    Raises:
        SignInNeededError: Sign-in is on and no key was given.
        StoreError: It cannot be opened; one subclass per cause.
    """
    paths = BackupFolderView(folder, copy)
    for key in known_keys(paths, given):
        store = Store(paths, None, key)
        with suppress(store_errors.NotADatabaseError):
            store.open_read_only(LookingError())
            return store
    raise store_errors.NotADatabaseError
