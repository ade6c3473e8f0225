"""The mark that a restore leaves beside the ledger it has made ready.

A start gives a ledger that lies ready its name only where the mark says that a
restore made it: a copy of a backup under that name would take the ledger's place
without what happened since, and numbers on paper would be given out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.store.db.sqlite import DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.store_errors import StoreError
from medcounter.trust import chain
from medcounter.trust.data_key import DataKey

_SIZE = 1_000
# Under the anchor's key, and so that no anchor is ever taken for a mark.
_SAID = "restored"


def write(path: Path, key: DataKey, head: chain.Head) -> None:
    """Say that a restore made a ledger with this head; durable.

    Raises:
        OSError: It cannot be written.
    """
    write_durably(path, _code(key, head).encode())


def key_of(paths: DataFolder, keys: Iterable[DataKey]) -> DataKey | None:
    """Return the key of the ledger that lies ready; None where no restore made it."""
    try:
        said = read_bounded(paths.restore_mark, _SIZE).decode("ascii", "replace")
    except (OSError, FileTooLargeError):
        return None
    for key in keys:
        with suppress(StoreError, DatabaseFailure):
            opened = connect_read_only(paths.restored, key.ledger)
            try:
                is_it = chain.same(said, _code(key, journal.head(opened)))
            finally:
                opened.close()
            return key if is_it else None
    return None


def _code(key: DataKey, head: chain.Head) -> str:
    return chain.link(key.anchor, chain.GENESIS, [_SAID, head.position, head.code])
