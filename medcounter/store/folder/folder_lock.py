"""Lock a data folder for one running program.

The lock ends with the process, however that ends. SQLite's own lock on an
empty file works the same on every system.
"""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from medcounter.store.db.sqlite import translate


class FolderLock:
    """The hold on one data folder."""

    def __init__(self, path: Path) -> None:
        """Take hold.

        Args:
            path: The lock file; made if missing, nothing is written in it.

        Raises:
            StoreInUseError: Another running program holds it.
            StoreError: The file cannot be opened.
        """
        try:
            self._connection = dbapi2.connect(str(path), timeout=0, isolation_level=None)
        except dbapi2.Error as err:
            raise translate(err) from err
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except dbapi2.Error as err:
            self._connection.close()
            raise translate(err) from err

    def release(self) -> None:
        """Let go; may be called twice."""
        self._connection.close()
