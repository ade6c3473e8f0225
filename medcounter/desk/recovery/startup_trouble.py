"""Explain why a counter does not open, and list the ways out in order.

Gives the clerk's text and the choices offered for each cause. Opens no ledger
and changes nothing.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from medcounter.errors import MedCounterError
from medcounter.store import anchor_file, store_errors
from medcounter.store.backups import backup
from medcounter.store.backups.backup import Backup
from medcounter.store.backups.salvage import rescued
from medcounter.store.db.sqlite import DatabaseFailure
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.local_disk import (
    FolderRemoteError,
    FolderRemovableError,
    FolderSyncedError,
)
from medcounter.store.ledger.ledger_proof import proof_of, require_restorable
from medcounter.trust import slot_files
from medcounter.trust.data_key import DataKey
from medcounter.trust.trust_errors import (
    KeySlotDamagedError,
    KeySlotError,
    KeySlotMissingError,
    KeySlotNewerError,
    KeySlotUnreadableError,
)

__all__ = ["Offer", "Trouble", "trouble"]

_BY_COMMAND = re.compile(
    "最近的完好备份截至|没有找到完好的备份，可用|请用“medcounter|可用“medcounter"
)
Kind = Literal["damaged", "key", "newer", "folder", "synced", "in_use", "other"]
_KINDS: tuple[tuple[Kind, tuple[type[MedCounterError], ...]], ...] = (
    (
        "damaged",
        (
            store_errors.FolderLostError,
            store_errors.LedgerBrokenError,
            store_errors.LedgerExchangedError,
            store_errors.LedgerMissingError,
            store_errors.LedgerOverwrittenError,
            store_errors.LedgerRemovedError,
            store_errors.LedgerReplacedError,
            store_errors.LedgerShortenedError,
            store_errors.NotADatabaseError,
            store_errors.SchemaUnexpectedError,
            store_errors.StoreDamagedError,
        ),
    ),
    ("key", (KeySlotMissingError, KeySlotDamagedError, KeySlotUnreadableError)),
    ("newer", (KeySlotNewerError, store_errors.StoreNewerError)),
    (
        "folder",
        (
            FolderRemoteError,
            FolderRemovableError,
            store_errors.StoreReadOnlyError,
            store_errors.StoreUnreachableError,
        ),
    ),
    ("synced", (FolderSyncedError,)),
    ("in_use", (store_errors.StoreInUseError,)),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that was opened and verified.

    Attributes:
        name: The file's name; with its folder when it lies elsewhere.
        path: The file.
        day: Day of the last event in it.
        events: How many events it holds.
        lost: Later events that are known of and not in it; None when nobody
            knows how far the ledger went.
    """

    name: str
    path: Path
    day: date
    events: int
    lost: int | None

    @property
    def text(self) -> str:
        """Describe what it holds and what would be missing."""
        held = f"最近的完好备份截至 {self.day.isoformat()}，{self.events} 条记录"
        if self.lost is None:
            return f"{held}；之后还有没有记录，已无法知道，恢复后请对照纸质存根核对。"
        if not self.lost:
            return f"{held}；已知的记录都在其中，恢复后不缺。"
        return f"{held}；之后的 {self.lost} 条记录不在其中，恢复后请对照纸质存根补上。"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the counter did not open, and the ways out.

    Attributes:
        kind: Which ways on there are.
        text: The sentence.
        offer: The newest good backup; None when there is none, or it is
            locked away.
    """

    kind: Kind
    text: str
    offer: Offer | None = None

    @property
    def can_go_on(self) -> bool:
        """Whether service can go on in an emergency ledger meanwhile."""
        return self.kind in {"damaged", "key", "newer", "folder", "other"}

    @property
    def can_choose_backup(self) -> bool:
        """Whether a backup from elsewhere would help."""
        return self.kind in {"damaged", "key"}


def trouble(folder: Path, err: MedCounterError, given: DataKey | None = None) -> Trouble:
    """Find out what can be offered after an opening failed.

    Args:
        folder: The data folder.
        err: Why it failed.
        given: The key that somebody signed in for.
    """
    kind: Kind = next((name for name, kinds in _KINDS if isinstance(err, kinds)), "other")
    if kind != "damaged":
        return Trouble(kind, err.text)
    return Trouble(kind, without_command(err.text), _offer(folder, given))


def trouble_of_open(folder: Path, text: str, given: DataKey | None = None) -> Trouble:
    """Find out what can be offered for a ledger that can only be looked into.

    Args:
        folder: The data folder.
        text: Why nothing can be issued.
        given: The key that somebody signed in for.
    """
    return Trouble("damaged", without_command(text), _offer(folder, given))


def without_command(text: str) -> str:
    """Leave out what says how to restore by a command: there are buttons."""
    return _BY_COMMAND.split(text, maxsplit=1)[0].rstrip("；，")


def _offer(folder: Path, given: DataKey | None) -> Offer | None:
    paths = DataFolder(folder)
    keys = _keys(paths.key_file, paths.key_copy, given)
    known = max((_known(paths, key) for key in keys), default=0)
    for each in backup.backups(paths.backups):
        if _is_restorable(each, paths, keys):
            lost = max(known - each.events, 0) if known else None
            return Offer(each.path.name, each.path, each.day, each.events, lost)
    for each in rescued(folder):
        beside = each.path.with_name(paths.key_file.name)
        if _is_restorable(each, paths, _keys(beside, beside, given)):
            return Offer(str(each.path), each.path, each.day, each.events, 0)
    return None


def _is_restorable(each: Backup, paths: DataFolder, keys: tuple[DataKey, ...]) -> bool:
    for key in keys:
        with suppress(store_errors.StoreError, DatabaseFailure, OSError):
            require_restorable(each.path, proof_of(paths, key), each.events)
            return True
    return False


def _keys(path: Path, copy: Path, given: DataKey | None) -> tuple[DataKey, ...]:
    if given is not None:
        return (given,)
    with suppress(KeySlotError):
        return slot_files.read_data_keys(path, copy)
    return ()


def _known(paths: DataFolder, key: DataKey) -> int:
    kept = anchor_file.AnchorFile(paths.anchor, key.anchor).read()
    return 0 if kept is None else kept.head.position
