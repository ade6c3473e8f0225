"""The mark that a restore leaves beside the ledger it has made ready.

A start gives a ledger that lies ready its name only where the mark says that a
restore made it: a copy of a backup under that name would take the ledger's place
without what happened since, and numbers on paper would be given out again. It also
says what knew more of the ledger before, so that a mark and a ledger that somebody
kept are of no use once the restored ledger was gone on with.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.store import anchor_file, store_errors
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect_read_only
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain
from medcounter.trust.data_key import DataKey

# What knew more: a line for each backup, and of them no folder holds so many.
_SIZE = 1_000_000
# Under the anchor's key, and so that no anchor is ever taken for a mark.
_SAID = "restored"

Known = list[list[object]]


class Ready(NamedTuple):
    """A ledger that lies ready.

    Attributes:
        key: Its key.
        backups: Names of those that know more, and go aside.
    """

    key: DataKey
    backups: frozenset[str]


def known_of(database: Database, paths: DataFolder, key: DataKey) -> Known:
    """Return what knows more than a restored ledger, of the one that it replaces.

    Raises:
        StoreError: The backups cannot be listed.
    """
    return [each.word() for each in anchor_file.unfit(database, paths, key)]


def write(path: Path, key: DataKey, head: chain.Head, known: Known) -> None:
    """Say that a restore made a ledger with this head; durable.

    Args:
        path: The mark.
        key: Of the restored ledger.
        head: Its last event.
        known: What knows more, and is to go aside.

    Raises:
        OSError: It cannot be written.
    """
    write_durably(path, canonical({"known": known, "code": _code(key, head, known)}))


def remove(path: Path) -> None:
    """Forget a restore that is over; what stays is taken away by the next start."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def ready(paths: DataFolder, keys: Iterable[DataKey]) -> Ready | None:
    """Return the ledger that lies ready; None where no restore made it.

    Raises:
        RestorePassedError: Something knows what came after it.
        StoreError: The backups cannot be listed.
    """
    known, code = _read(paths.restore_mark)
    for key in keys:
        try:
            opened = connect_read_only(paths.restored, key.ledger)
        except (store_errors.StoreError, DatabaseFailure):
            continue
        try:
            if not chain.same(code, _code(key, journal.head(opened), known)):
                return None
            if any(word not in known for word in known_of(opened, paths, key)):
                raise store_errors.RestorePassedError
        except DatabaseFailure:
            return None
        finally:
            opened.close()
        return Ready(key, frozenset(str(backup) for _, backup, *_ in known))
    return None


def _read(path: Path) -> tuple[Known, str]:
    try:
        raw = read_strict(read_bounded(path, _SIZE))
    except (OSError, FileTooLargeError, StrictJsonError):
        return [], ""
    match raw:
        case {"known": list(known), "code": str(code)}:
            return known, code
    return [], ""


def _code(key: DataKey, head: chain.Head, known: Known) -> str:
    return chain.link(key.anchor, chain.GENESIS, [_SAID, head.position, head.code, known])
