"""Find the key of a data folder, or initialise a folder that never had one.

Never creates an empty ledger where one existed.
"""

from __future__ import annotations

from contextlib import suppress

from medcounter.files import sync_folder
from medcounter.store import store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.backups import backup
from medcounter.store.backups.salvage import rescued
from medcounter.store.connection.ledger_connection import ledger_connection, nothing_to_copy
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.trust import slot_files
from medcounter.trust.data_key import DataKey, make_data_key
from medcounter.trust.trust_errors import KeySlotError


def find_keys(paths: DataFolder, given: DataKey | None = None) -> tuple[DataKey, ...]:
    """Return the keys a ledger may open with; make the ledger at a first start.

    Args:
        paths: The data folder.
        given: The key that somebody signed in for; None reads a clear slot.

    Raises:
        KeySlotError: There is a ledger, or there was, and no key to it; or
            the key is locked away and none was given.
        LedgerMissingError: There is a key, or another trace of a ledger, and
            the ledger is gone, or one lies ready that no restore made.
        OSError: A file cannot be read or written.
        StoreError: The empty ledger cannot be made.
    """
    has_keys = paths.key_file.exists() or paths.key_copy.exists()
    has_ledger = paths.ledger.exists() or bool(backup.backups(paths.backups))
    if not has_keys and not has_ledger:
        _require_never_used(paths)
        return (_first_start(paths),)
    keys = known_keys(paths, given)
    if paths.ledger.exists():
        # Of a restore that is over, or was cut off before it began.
        paths.restored.unlink(missing_ok=True)
        paths.restore_mark.unlink(missing_ok=True)
    elif paths.restored.exists():
        from medcounter.store.restoring import finishing  # noqa: PLC0415 - rarely needed

        finishing.finish_at_start(paths, keys)
    if not paths.ledger.exists():
        _finish_first_start(paths, keys)
    return keys


def known_keys(paths: DataFolder, given: DataKey | None) -> tuple[DataKey, ...]:
    """Return the key somebody signed in for, and those that lie open.

    Raises:
        KeySlotError: There is none.
    """
    if given is None:
        return slot_files.read_data_keys(paths.key_file, paths.key_copy)
    with suppress(KeySlotError):
        lying_open = slot_files.read_data_keys(paths.key_file, paths.key_copy)
        return tuple(dict.fromkeys((given, *lying_open)))
    return (given,)


def _require_never_used(paths: DataFolder) -> None:
    """See that no trace of a ledger lies where one is to be made.

    Raises:
        LedgerMissingError: One was here; its numbers would begin anew.
    """
    traces = [path for path in (paths.anchor, paths.mirrored, paths.walked) if path.exists()]
    saved = rescued(paths.folder)
    if saved:
        raise store_errors.LedgerMissingError(
            f"数据文件夹“{paths.folder}”是空的，旁边却有另存的台账“{saved[0].path}”，说明这里原来有台账；"
            f"为避免编号重复，不会新建空台账。请用“medcounter restore {saved[0].path}”恢复。"
        )
    if traces:
        raise store_errors.LedgerMissingError(
            f"台账和密钥文件都不见了，却还有“{traces[0].name}”，说明这里原来有台账；为避免编号重复，"
            "不会新建空台账。请把 ledger.db、keyslots.json 和 anchor.json 一起放回原处，"
            "或用备份恢复；确实要从头开始的，请另选一个空文件夹。"
        )


def _first_start(paths: DataFolder) -> DataKey:
    """Make an empty ledger; it gets its name last, after its key is safe."""
    paths.new_ledger.unlink(missing_ok=True)  # of a start cut off before it had a key
    paths.new_journal.unlink(missing_ok=True)
    key = make_data_key()
    connection = ledger_connection(paths.new_ledger, key, may_create=True)
    connection.open(nothing_to_copy)
    connection.close()
    slot_files.write_clear_slot(key, paths.key_file, paths.key_copy)
    _give_name(paths, key)
    return key


def _finish_first_start(paths: DataFolder, keys: tuple[DataKey, ...]) -> None:
    """Name the ledger that a first start had made when it was cut off.

    Raises:
        LedgerMissingError: There is none: a ledger that was in use is gone.
    """
    if paths.new_ledger.exists() and not _was_used(paths):
        for key in keys:
            with suppress(store_errors.StoreError):
                _give_name(paths, key)
                return
    raise store_errors.LedgerMissingError


def _was_used(paths: DataFolder) -> bool:
    """Return whether a ledger was opened here, so that no first start was cut off."""
    traces = (paths.rules, paths.walked, paths.mirrored, paths.auditors, paths.replaced)
    if any(path.exists() for path in traces) or backup.backups(paths.backups):
        return True
    # Sign-in is set up in a ledger that has its name.
    return slot_files.is_locked(paths.key_file, paths.key_copy)


def _give_name(paths: DataFolder, key: DataKey) -> None:
    """Name a new ledger, once its anchor lies beside it: no ledger is ever without.

    Raises:
        LedgerShortenedError: The anchor is that of a ledger that was in use.
        OSError: The anchor cannot be written.
        StoreError: The key does not open it.
    """
    anchor = AnchorFile(paths.anchor, key.anchor)
    connection = ledger_connection(paths.new_ledger, key)
    connection.open(nothing_to_copy)
    try:
        with connection.reading() as database:
            kept = anchor.read()
            if journal.head(database).position or (kept is not None and kept.head.position):
                raise store_errors.LedgerShortenedError
            anchor.begin(database)
    finally:
        connection.close()
    paths.new_journal.unlink(missing_ok=True)
    paths.new_ledger.rename(paths.ledger)
    sync_folder(paths.folder)
