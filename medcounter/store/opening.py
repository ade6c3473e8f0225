"""Open the data folder of a counter, or say why it cannot be opened.

Answers with the store: ledger, drafts and rules. Never overwrites a file
that it could not read.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from medcounter.store import backup, errors
from medcounter.store.door import Door
from medcounter.store.drafts import Drafts
from medcounter.store.first_start import find_keys, ledger_door, nothing_to_copy
from medcounter.store.ledger import Ledger
from medcounter.store.ledger_schema import LEDGER
from medcounter.store.owner import Owner
from medcounter.store.places import Places
from medcounter.store.rules import Rules, start_over
from medcounter.store.rules_schema import RULES
from medcounter.store.sqlite import Database
from medcounter.trust import key_slots
from medcounter.trust.key_slots import DataKey

_REBUILT = (
    errors.NotADatabaseError,
    errors.SchemaUnexpectedError,
    errors.StoreDamagedError,
    errors.StoreNewerError,
)


class Store:
    """An open data folder; belongs to the thread that opened it.

    Attributes:
        ledger: Notices and what happened to them.
        drafts: What was typed and not issued.
        rules: Which rules count here, and their bytes.
    """

    def __init__(self, places: Places, owner: Owner, key: DataKey) -> None:
        """Put the rooms together; ``open_store`` opens them."""
        chain_key = key.derive("medcounter chain 1")
        self._places = places
        self._owner = owner
        self._ledger = ledger_door(places.ledger, key)
        cache_key = key.derive("medcounter rules.db 1")
        self._cache = Door(places.rules, cache_key, RULES, may_create=True)
        self.ledger = Ledger(self._ledger, chain_key)
        self.drafts = Drafts(self._ledger)
        self.rules = Rules(self._cache, self._ledger, chain_key, places.bundles)

    def open(self) -> None:
        """Open both databases; a spoilt cache of rules is made anew.

        Raises:
            StoreError: One subclass per cause.
        """
        try:
            self._ledger.open(self._copy_before_change)
            try:
                self._cache.open(nothing_to_copy)
            except _REBUILT:
                start_over(self._cache)
        except BaseException:
            self._ledger.close()
            raise

    def back_up(self) -> Path | None:
        """Copy the ledger and check the copy; None for an empty ledger.

        Raises:
            BackupFailedError: No copy was made; older ones stay.
        """
        try:
            with self._ledger.reading() as database:
                return backup.make_backup(database, self._ledger.key, self._places.backups)
        except errors.BackupFailedError:
            raise
        except errors.StoreError as err:
            raise errors.BackupFailedError from err

    def backups(self) -> tuple[backup.Backup, ...]:
        """List the verified copies, newest first."""
        return backup.backups(self._places.backups)

    def close(self, *, with_backup: bool = True) -> None:
        """Give the folder back; may be called twice.

        Args:
            with_backup: Copy the ledger first, if anything happened in it.

        Raises:
            BackupFailedError: No copy was made; the folder is given back.
        """
        try:
            if with_backup and self._ledger.is_open:
                self.back_up()
        finally:
            self._ledger.close()
            self._cache.close()
            self._owner.release()

    def _copy_before_change(self, database: Database) -> None:
        path = self._places.backups / f"before-version-{LEDGER.version}.db"
        backup.copy(database, self._ledger.key, path)


def open_store(folder: Path) -> Store:
    """Open a data folder; make it and an empty ledger at a first start.

    Args:
        folder: On a local disk; only its user may read it when made here.

    Raises:
        StoreInUseError: Another running program has it.
        KeySlotError: There is a ledger but no key that can be read.
        StoreError: One subclass per cause; nothing was changed.
    """
    places = Places(folder)
    try:
        _make_folders(places)
    except OSError as err:
        raise errors.of_system(err) from err
    owner = Owner(places.owner)
    try:
        keys = find_keys(places)
        return _open(places, owner, keys)
    except OSError as err:
        owner.release()
        raise errors.of_system(err) from err
    except BaseException:
        owner.release()
        raise


def _make_folders(places: Places) -> None:
    for folder in (places.folder, places.bundles, places.backups):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Asking for rights tells an administrator nothing; only writing does.
    with tempfile.TemporaryFile(dir=places.folder):
        pass


def _open(places: Places, owner: Owner, keys: tuple[DataKey, ...]) -> Store:
    for key in keys[:-1]:
        with suppress(errors.NotADatabaseError):
            return _open_with(places, owner, key)
    return _open_with(places, owner, keys[-1])


def _open_with(places: Places, owner: Owner, key: DataKey) -> Store:
    store = Store(places, owner, key)
    store.open()
    try:
        key_slots.heal(key, places.key_file, places.key_copy)
    except OSError:
        store.close(with_backup=False)
        raise
    return store
