"""Check a folder before a hall chooses how its ledger is opened.

Creates nothing except the marker of a synced folder.
"""

from __future__ import annotations

from pathlib import Path

from medcounter.desk.access.access_errors import ClerkInvalidError, SupervisorMissingError
from medcounter.desk.access.access_records import SUPERVISOR, NewClerk
from medcounter.desk.access.sign_in_setup import require_usable
from medcounter.store.folder.local_disk import require_local
from medcounter.store.folder.synced_folder import accept
from medcounter.store.store_errors import of_system


def require_folder(folder: Path) -> None:
    """See that a ledger may lie in a folder, before anybody chooses anything.

    Raises:
        StoreError: It does not lie on a disk of this machine.
    """
    require_local(folder)


def keep_here(folder: Path) -> None:
    """Let a ledger begin in a folder that a program copies elsewhere.

    Raises:
        StoreUnreachableError: The folder cannot be written.
    """
    try:
        accept(folder)
    except OSError as err:
        raise of_system(err) from err


def require_clerks(clerks: tuple[NewClerk, ...]) -> None:
    """See that these could sign in, before a recovery key is made.

    Raises:
        ClerkInvalidError: A name or role cannot be used.
        SecretTooWeakError: A secret would be guessed.
        SupervisorMissingError: Nobody is a supervisor.
    """
    named = [require_usable(clerk) for clerk in clerks]
    if len({clerk.name.casefold() for clerk in named}) != len(named):
        raise ClerkInvalidError("有两名经办人姓名相同，没有保存；请加以区分后重试。")
    if not any(clerk.role == SUPERVISOR for clerk in named):
        raise SupervisorMissingError
