"""What a counter can do while its ledger is closed: look at backups, restore.

Answers with what was restored or tried. The ledger must not be open.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from medcounter.store import backup
from medcounter.store.backup import Backup
from medcounter.store.places import Places
from medcounter.store.records import Drilled, Restored
from medcounter.store.restore import drill, restore

__all__ = ["Backup", "Drilled", "Restored", "list_backups", "restore_backup", "try_backup"]


def list_backups(data_dir: Path) -> tuple[Backup, ...]:
    """List the verified copies of the ledger, newest first."""
    return backup.backups(Places(data_dir).backups)


def restore_backup(data_dir: Path, chosen: str, at: datetime, clerk: str = "") -> Restored:
    """Put a backup in the ledger's place; what lay there is kept aside.

    Args:
        data_dir: Where the ledger lives; nobody may have it open.
        chosen: A backup's name, or the path of one elsewhere.
        at: When, with its zone.
        clerk: Who does it.

    Raises:
        StoreError: One subclass per cause; nothing was overwritten.
    """
    return restore(data_dir, chosen, at, clerk)


def try_backup(data_dir: Path, chosen: str) -> Drilled:
    """Open a copy of a backup and read all of it; changes nothing.

    Raises:
        StoreError: It could not be restored; one subclass per cause.
    """
    return drill(data_dir, chosen)
