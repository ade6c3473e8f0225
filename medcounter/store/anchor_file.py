"""The anchor file of a ledger: updated after commits, compared at start.

Returns the reason why a ledger may not be written to, if there is one. Changes
no ledger.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded, sync_file, write_durably
from medcounter.store import store_errors, witnesses
from medcounter.store.db.sqlite import Database, DatabaseFailure, scalar
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.witnesses import Witness
from medcounter.trust import chain, ledger_anchor
from medcounter.trust.data_key import DataKey
from medcounter.trust.ledger_anchor import LedgerAnchor

_log = logging.getLogger(__name__)
_WAY_ON = "现在只能查看，不能出单；请用“medcounter restore {backup}”恢复备份，或联系技术支持。"


class AnchorFile:
    """The small file beside the ledger that says how far it went.

    It is written without waiting for the disk: the ledger lies there first,
    so after a power cut the anchor may be behind it and never ahead.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        """Take the file's path and the key it is made under."""
        self._path = path
        self._key = key
        self._written: LedgerAnchor | None = None

    def read(self) -> LedgerAnchor | None:
        """Return what the file says; None when it is missing or damaged."""
        try:
            return ledger_anchor.load(self._key, read_bounded(self._path, ledger_anchor.SIZE))
        except (OSError, FileTooLargeError):
            return None

    def follow(self, database: Database) -> None:
        """Write down how far the ledger goes now.

        A failure is no failure of the commit before it: the next one
        writes it again, and a start compares with the newest backup too.
        """
        try:
            self._say(database)
        except (OSError, DatabaseFailure):
            _log.warning("the anchor was not written")

    def begin(self, database: Database) -> None:
        """Write down how far the ledger goes, and wait until that lies on the disk.

        Raises:
            DatabaseFailure: The ledger cannot be read.
            OSError: It cannot be written.
        """
        self._say(database)
        sync_file(self._path)

    def make_room(self) -> None:
        """See that it can be written, and let it say nothing until it is.

        Cut off afterwards it is as good as lost, and the next opening tells of it.

        Raises:
            OSError: It cannot.
        """
        write_durably(self._path, b" " * ledger_anchor.SIZE)
        self._written = None

    def settle(self) -> None:
        """Wait until the anchor lies on the disk; for an orderly end."""
        if self._written is not None:
            with suppress(OSError):
                sync_file(self._path)

    def _say(self, database: Database) -> None:
        now = LedgerAnchor(journal.head(database), _last_number(database))
        if now != self._written:
            self._write(ledger_anchor.dump(self._key, now))
            self._written = now

    def _write(self, data: bytes) -> None:
        if not self._path.exists() or self._path.stat().st_size != ledger_anchor.SIZE:
            write_durably(self._path, data)
            return
        with self._path.open("r+b", buffering=0) as file:
            file.write(data)


def fault(
    database: Database, kept: LedgerAnchor | None, paths: DataFolder, key: DataKey
) -> store_errors.StoreError | None:
    """Compare a ledger with what is known of it from elsewhere.

    Args:
        database: The open ledger.
        kept: What the anchor says; where it says nothing, the second place's
            note is asked too.
        paths: The folder in which they lie.
        key: The ledger's key; opens them.

    Returns:
        Why nothing may be written to it; None when it fits.

    Raises:
        StoreError: The backups cannot be listed.
    """
    newest = witnesses.newest_backup(database, paths, key)
    asked = [] if newest is None else [newest]
    asked += witnesses.keyed(database, paths, key)
    if kept is None:
        asked += witnesses.noted(database, paths, key)
    else:
        asked.insert(0, _of_anchor(kept))
    name = "备份" if newest is None else newest.backup
    found = (_unfit(database, witness, name) for witness in asked)
    return next((err for err in found if err is not None), None)


def unfit(database: Database, paths: DataFolder, key: DataKey) -> tuple[Witness, ...]:
    """Return all that knows more of a ledger than is in it, or otherwise.

    Args:
        database: The ledger.
        paths: The folder in which they lie: the anchor, every backup and the others.
        key: The ledger's key; opens them.

    Raises:
        StoreError: The backups cannot be listed.
    """
    asked = [
        *witnesses.every_backup(paths, key),
        *witnesses.keyed(database, paths, key),
        *witnesses.noted(database, paths, key),
    ]
    kept = AnchorFile(paths.anchor, key.anchor).read()
    if kept is not None:
        asked.append(_of_anchor(kept))
    return tuple(each for each in asked if _unfit(database, each, "") is not None)


def _of_anchor(kept: LedgerAnchor) -> Witness:
    return Witness("程序记下的", kept.head.position, kept.head)


def _unfit(database: Database, known: Witness, name: str) -> store_errors.StoreError | None:
    position = journal.head(database).position
    way_on = _WAY_ON.format(backup=name)
    if position < known.position:
        return store_errors.LedgerShortenedError(
            f"台账只有 {position} 条记录，{known.name}有 {known.position} 条，"
            f"可能丢了末尾的记录，或被换回了旧文件；{way_on}"
        )
    code = scalar(database, "SELECT mac FROM event WHERE id = ?", known.position)
    head = known.head
    if head is not None and head.position and chain.head(head.position, str(code)) != head:
        return store_errors.LedgerReplacedError(
            f"台账第 {known.position} 条记录的编码与{known.name}不同，"
            f"台账可能被重新算过或被换过；{way_on}"
        )
    return None


def _last_number(database: Database) -> str:
    number = scalar(database, "SELECT number FROM notice ORDER BY id DESC LIMIT 1")
    return "" if number is None else str(number)
