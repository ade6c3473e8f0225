"""Open the desk for a command and close it afterwards.

Only commands that begin something (``sync``, ``access set-up``, a draft of rules)
may create a ledger: for every other a missing one means a mistyped folder.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from medcounter.cli.output import complain
from medcounter.cli.signing_in import pass_for
from medcounter.desk.desk import Desk
from medcounter.desk.safety.alerts import synced_text
from medcounter.errors import MedCounterError
from medcounter.files import is_visible
from medcounter.paths import data_dir
from medcounter.store.backups import backup
from medcounter.store.folder.data_folder import DataFolder
from medcounter.trust.roots import Roots


class LedgerNotHereError(MedCounterError):
    """这个文件夹里没有台账，命令没有执行，也没有新建；请核对 --data-dir 写的文件夹。"""


def now() -> datetime:
    """Return the present time with this machine's zone."""
    return datetime.now().astimezone()


@contextmanager
def open_desk(arguments: Namespace, *, may_begin: bool = False) -> Iterator[Desk]:
    """Open the desk of the data folder the words name.

    Args:
        arguments: ``data_dir``, who signs in, and for tests ``roots``.
        may_begin: Whether a ledger is begun where there is none.

    Raises:
        LedgerNotHereError: There is none, and none may be begun.
        MedCounterError: It cannot be opened; the text says why.
    """
    folder = data_dir(arguments.data_dir)
    if not may_begin:
        require_ledger(folder)
    roots: Roots | None = getattr(arguments, "roots", None)
    desk = Desk.open(folder, now(), roots=roots, who=pass_for(arguments))
    if desk.synced_by:
        complain(f"注意：{synced_text(desk.synced_by)}")
    try:
        yield desk
    finally:
        desk.close()


def holds_ledger(folder: Path) -> bool:
    """Return whether a folder has a ledger, or what is left of one; makes nothing."""
    paths = DataFolder(folder)
    known = (paths.ledger, paths.new_ledger, paths.restored, paths.anchor, paths.key_file)
    return any(map(is_visible, (*known, paths.key_copy))) or bool(backup.backups(paths.backups))


def require_ledger(folder: Path) -> None:
    """See that a folder has a ledger, or what is left of one.

    Raises:
        LedgerNotHereError: There is nothing of one.
    """
    if not holds_ledger(folder):
        raise LedgerNotHereError(
            f"“{folder}”里没有台账，命令没有执行，也没有新建；请核对 --data-dir 写的文件夹。"
        )
