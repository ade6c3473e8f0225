"""Choose the file a person may open: ledger, backup or auditors' copy.

Returns an open store. An auditor's key opens only the auditors' copy.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from medcounter.desk.access.access_errors import NO_BACKUPS, AuditorLooksOnlyError
from medcounter.desk.access.access_records import AUDITOR, Credential
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store


def open_for(folder: Path, who: Credential | None, at: datetime) -> Store:
    """Open what lies in a data folder for whoever signed in.

    Args:
        folder: The data folder.
        who: Who signed in; None where sign-in is off.
        at: Now, with its zone.

    Raises:
        SignInNeededError: Sign-in is on and nobody signed in.
        StoreError: One subclass per cause.
    """
    if who is not None and who.role == AUDITOR:
        from medcounter.store.opening.auditors_store import (  # noqa: PLC0415 - not for a clerk's start
            open_auditors_store,
        )

        return open_auditors_store(folder, who.key)
    return open_store(folder, None if who is None else who.key, at)


def look_for(folder: Path, copy: Path, who: Credential | None) -> Store:
    """Open a backup, only to look.

    Raises:
        AuditorLooksOnlyError: An auditor's key opens no backup.
        StoreError: It cannot be opened; one subclass per cause.
    """
    if who is not None and who.role == AUDITOR:
        raise AuditorLooksOnlyError(NO_BACKUPS)
    from medcounter.store.opening.backup_view import open_to_look  # noqa: PLC0415 - rarely needed

    return open_to_look(folder, copy, None if who is None else who.key)
