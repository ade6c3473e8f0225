"""Save the contents of an open ledger whose file is gone from its path.

Ends in a refusal that names the new file. The file counts only after the same
verification as any backup; nothing existing is overwritten.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from pathlib import Path

from medcounter.files import make_folder, write_durably
from medcounter.store import store_errors
from medcounter.store.backups import backup
from medcounter.store.db.sqlite import Database, DatabaseFailure
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.ledger.ledger_proof import Proof

_log = logging.getLogger(__name__)
_SETTLING = 1.0
_LOOK = "先在台账中查找刚才这一笔，再继续出单。"


class Salvage:
    """Saving one open ledger; belongs to the ledger's thread."""

    def __init__(self, paths: DataFolder, proof: Proof) -> None:
        """Take the data folder and what a saved file must pass."""
        self._paths = paths
        self._proof = proof
        self._slots = b""
        self._seen = 0

    def remember(self) -> None:
        """Keep the key slots as they are now, for when the folder is gone."""
        with suppress(OSError):
            changed = self._paths.key_file.stat().st_mtime_ns
            if changed != self._seen:
                self._slots, self._seen = self._paths.key_file.read_bytes(), changed

    def save(self, database: Database, cause: store_errors.StoreError) -> store_errors.StoreError:
        """Save what the connection holds, and say what is to be done.

        Args:
            database: The connection that is still open.
            cause: Why the file counts no more.

        Returns:
            The cause once more, naming the file that was made or, where none
            could be, the newest backup.
        """
        cause_text = cause.text.partition("，不能再出单")[0]
        folder_is_lost = isinstance(cause, store_errors.FolderLostError)
        made = None if folder_is_lost else self._saved(database, self._paths.backups)
        if made is not None and isinstance(cause, store_errors.LedgerRemovedError):
            # Whoever removes a whole folder may have come as far as the ledger only.
            time.sleep(_SETTLING)
        if made is None or not self._opens(made):
            made = self._saved_elsewhere(database)
        if made is not None:
            _log.error("the ledger was lost under the program; saved anew")
            return type(cause)(
                f"{cause_text}，不能再出单。已打开的台账还完整，已另存并核对：“{made}”；请恢复它，{_LOOK}"
                f"可用“medcounter restore {made}”恢复。"
            )
        _log.error("the ledger was lost under the program and could not be saved")
        return type(cause)(f"{cause_text}，不能再出单。已打开的台账没有能另存。{self._newest()}")

    def _opens(self, made: Path) -> bool:
        """Return whether what was saved is there, and a key file that opens it."""
        keys = (self._paths.key_file, self._paths.key_copy)
        return made.exists() and any(path.exists() for path in keys)

    def _saved(self, database: Database, folder: Path) -> Path | None:
        try:
            return backup.make_backup(database, self._proof, folder, prune=False)
        except (store_errors.StoreError, DatabaseFailure, OSError):
            return None

    def _saved_elsewhere(self, database: Database) -> Path | None:
        """Save beside the data folder, with the key slots that open it."""
        beside = self._paths.rescued
        try:
            make_folder(beside)
            if self._slots:
                write_durably(beside / self._paths.key_file.name, self._slots)
        except OSError:
            return None
        return self._saved(database, beside)

    def _newest(self) -> str:
        with suppress(store_errors.StoreError):
            if newest := backup.newest_true(self._paths.backups, self._proof.key.ledger):
                each, opened = newest
                opened.close()
                return (
                    f"最近的备份截至 {each.day:%Y-%m-%d}（{each.events} 条记录）；请恢复它，{_LOOK}"
                    f"可用“medcounter restore {each.path.name}”恢复。"
                )
        return "没有找到备份；请停止出单，不要关闭电脑，联系技术支持。"


def rescued(folder: Path) -> tuple[backup.Backup, ...]:
    """List what was saved beside a data folder that was lost, newest first."""
    with suppress(store_errors.StoreError):
        return backup.backups(DataFolder(folder).rescued)
    return ()
