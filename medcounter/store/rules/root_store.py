"""The newest roots this hall accepted, protected against rollback.

Provides the roots that count now. The signed updates are in ``roots/`` and are
verified from the program's own roots at every start; the ledger remembers the
highest version, so that a deleted folder is noticed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from medcounter.bundle.roots_from_folder import roots_in
from medcounter.files import write_durably
from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.roots import Roots
from medcounter.trust.trust_errors import RootsLostError

_HIGHEST = """
    SELECT id, at, clerk, json_extract(detail, '$.roots') AS roots FROM event
    WHERE notice IS NULL AND kind = 'import' AND json_type(detail, '$.roots') = 'integer'
    ORDER BY roots DESC, id LIMIT 1
"""


class RootStore:
    """The roots of one open data folder."""

    def __init__(self, folder: Path, ledger: Connection, chain_key: ChainKey) -> None:
        """Take the folder of updates, the open ledger and the journal's key."""
        self._folder = folder
        self._ledger = ledger
        self._key = chain_key

    def current(self, release: Roots) -> Roots:
        """Return the newest roots that were accepted here."""
        return roots_in(self._folder, release)

    def require_all(self, roots: Roots) -> None:
        """See that no accepted update has gone from the folder.

        Raises:
            RootsLostError: The ledger knows of newer roots than these.
            StoreError: The ledger failed.
        """
        with self._ledger.reading() as database:
            newest = database.conn.execute(_HIGHEST).fetchone()
        if newest is None or newest[3] <= roots.version:
            return
        position, at, clerk, version = newest
        by = f"“{clerk}”" if clerk else "没有写经办人"
        raise RootsLostError(
            f"台账第 {position} 条记录（{at[:10]}，{by}）说接受过签发单位公钥第 {version} 版，"
            f"这里的是第 {roots.version} 版",
            "请重新导入公钥更新文件；发布单位没有发过这一版的，请查问是谁写的，"
            f"并由主管恢复这条记录之前的备份（“medcounter backups”里不到 {position} 条记录的）",
        )

    def accept(self, current: Roots, update: bytes, at: datetime, clerk: str) -> Roots:
        """Let new roots count from now on, once old and new vouch for them.

        Raises:
            RootsUpdateRefusedError: One subclass per cause; the old stay.
            StoreError: They could not be kept.
        """
        # Loaded only here: a start that takes no roots in spares its 50 ms.
        from medcounter.trust.rotation import rotate  # noqa: PLC0415 - see above

        new = rotate(current, update)
        self._ledger.require_writable()
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_durably(self._folder / f"roots-{new.version:06d}.json", update)
        except OSError as err:
            raise store_errors.of_system(err) from err
        detail = {"roots": new.version, "sha256": hashlib.sha256(update).hexdigest()}
        with self._ledger.transaction() as database:
            journal.append(database, self._key, NewEvent("import", at, clerk, detail=detail))
        return new
