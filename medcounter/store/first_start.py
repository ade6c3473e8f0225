"""Find the key of a data folder, or initialise a folder that never had one.

Never creates an empty ledger where one existed.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from medcounter.files import sync_folder
from medcounter.store import store_errors
from medcounter.store.backups import backup
from medcounter.store.backups.salvage import rescued
from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.migrations import Schema
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust import slot_files
from medcounter.trust.data_key import DataKey, make_data_key
from medcounter.trust.trust_errors import KeySlotError


def find_keys(places: DataFolder, given: DataKey | None = None) -> tuple[DataKey, ...]:
    """Return the keys a ledger may open with; make the ledger at a first start.

    Args:
        places: The data folder.
        given: The key that somebody signed in for; None reads a clear slot.

    Raises:
        KeySlotError: There is a ledger, or there was, and no key to it; or
            the key is locked away and none was given.
        LedgerMissingError: There is a key, or another trace of a ledger, and
            the ledger is gone.
        OSError: A file cannot be read or written.
        StoreError: The empty ledger cannot be made.
    """
    has_keys = places.key_file.exists() or places.key_copy.exists()
    has_ledger = places.ledger.exists() or bool(backup.backups(places.backups))
    if not has_keys and not has_ledger:
        _require_never_used(places)
        return (_first_start(places),)
    keys = known_keys(places, given)
    if places.ledger.exists():
        places.restored.unlink(missing_ok=True)  # of a restore cut off before it began
    elif places.restored.exists():
        finish_restore(places, _newest_aside(places))
    if not places.ledger.exists():
        _finish_first_start(places, keys)
    return keys


def known_keys(places: DataFolder, given: DataKey | None) -> tuple[DataKey, ...]:
    """Return the key somebody signed in for, and those that lie open.

    Raises:
        KeySlotError: There is none.
    """
    if given is None:
        return slot_files.read_data_keys(places.key_file, places.key_copy)
    with suppress(KeySlotError):
        lying_open = slot_files.read_data_keys(places.key_file, places.key_copy)
        return tuple(dict.fromkeys((given, *lying_open)))
    return (given,)


def finish_restore(places: DataFolder, aside: Path) -> None:
    """Give a restored ledger its name, once the one before is out of its way.

    Args:
        places: Where the ledger is missing and a restored one waits.
        aside: Where the ledger before went; its journal must follow, or it
            would be played back into the wrong ledger.

    Raises:
        OSError: A file cannot be moved.
    """
    for path in (places.journal, places.anchor):
        if path.exists():
            path.rename(aside / path.name)
    sync_folder(aside)
    sync_folder(places.folder)
    places.restored.rename(places.ledger)
    sync_folder(places.folder)


def _newest_aside(places: DataFolder) -> Path:
    places.replaced.mkdir(mode=0o700, exist_ok=True)
    made = sorted(path for path in places.replaced.iterdir() if path.is_dir())
    return made[-1] if made else places.replaced


def _require_never_used(places: DataFolder) -> None:
    """See that no trace of a ledger lies where one is to be made.

    Raises:
        LedgerMissingError: One was here; its numbers would begin anew.
    """
    traces = [path for path in (places.anchor, places.mirrored, places.walked) if path.exists()]
    saved = rescued(places.folder)
    if saved:
        raise store_errors.LedgerMissingError(
            f"数据文件夹“{places.folder}”是空的，旁边却有另存的台账“{saved[0].path}”，说明这里原来有台账；"
            f"为避免编号重复，不会新建空台账。请用“medcounter restore {saved[0].path}”恢复。"
        )
    if traces:
        raise store_errors.LedgerMissingError(
            f"台账和密钥文件都不见了，却还有“{traces[0].name}”，说明这里原来有台账；为避免编号重复，"
            "不会新建空台账。请把 ledger.db 和 keyslots.json 放回原处，或用备份恢复；"
            "确实要从头开始的，请另选一个空文件夹。"
        )


def _first_start(places: DataFolder) -> DataKey:
    """Make an empty ledger; it gets its name last, after its key is safe."""
    places.new_ledger.unlink(missing_ok=True)  # of a start cut off before it had a key
    places.new_journal.unlink(missing_ok=True)
    key = make_data_key()
    connection = ledger_connection(places.new_ledger, key, may_create=True)
    connection.open(nothing_to_copy)
    connection.close()
    slot_files.write_clear_slot(key, places.key_file, places.key_copy)
    _give_name(places)
    return key


def _finish_first_start(places: DataFolder, keys: tuple[DataKey, ...]) -> None:
    """Name the ledger that a first start had made when it was cut off.

    Raises:
        LedgerMissingError: There is none: a ledger that was in use is gone.
    """
    if places.new_ledger.exists():
        for key in keys:
            connection = ledger_connection(places.new_ledger, key)
            with suppress(store_errors.StoreError):
                connection.open(nothing_to_copy)
                connection.close()
                _give_name(places)
                return
    raise store_errors.LedgerMissingError


def _give_name(places: DataFolder) -> None:
    places.new_journal.unlink(missing_ok=True)
    places.new_ledger.rename(places.ledger)
    sync_folder(places.folder)


def ledger_connection(
    path: Path, key: DataKey, schema: Schema = LEDGER, *, may_create: bool = False
) -> Connection:
    """Return the closed connection of a ledger under a data key."""
    return Connection(path, key.ledger, schema, may_create=may_create)


def nothing_to_copy(_database: Database) -> None:
    """Stand for the backup where no migration can be due."""
