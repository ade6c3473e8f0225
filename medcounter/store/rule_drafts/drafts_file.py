"""The file of rule drafts: opened when first asked for, and checked once.

The ledger is told how far the drafts went, so that an older file put back is
found out. Knows no draft.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from medcounter.files import keep_private, sync_file
from medcounter.store import store_errors
from medcounter.store.connection.connection import Connection
from medcounter.store.db.ledger_schema import RULE_DRAFT
from medcounter.store.db.sqlite import Database, DatabaseFailure, connect_read_only, scalar
from medcounter.store.journal import beside_notices, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.typed_reason import typed_reason
from medcounter.store.rule_drafts import act_rows, draft_errors
from medcounter.store.rule_drafts.act_rows import NewAct
from medcounter.store.rule_drafts.draft_acts import ACCEPTED, DraftAct, DraftEntry
from medcounter.trust import chain
from medcounter.trust.chain_key import ChainKey

_log = logging.getLogger(__name__)
_PARTIAL = ".partial"
_FOR_DRAFTS = {
    store_errors.NotADatabaseError: draft_errors.RuleDraftsDamagedError,
    store_errors.SchemaUnexpectedError: draft_errors.RuleDraftsDamagedError,
    store_errors.StoreDamagedError: draft_errors.RuleDraftsDamagedError,
    store_errors.StoreNewerError: draft_errors.RuleDraftsNewerError,
    store_errors.StoreReadOnlyError: draft_errors.RuleDraftsReadOnlyError,
}


class DraftsFile:
    """The file in which the drafts of one data folder lie; see ``RuleDrafts``."""

    def __init__(
        self, connection: Connection, ledger: Connection, key: ChainKey, codes: bytes
    ) -> None:
        """Take what may not be open yet.

        Args:
            connection: The file of drafts.
            ledger: The open ledger, which is told how far the drafts went.
            key: The ledger's chain key.
            codes: The key of the drafts' own chain, 32 bytes.
        """
        self._connection = connection
        self._ledger = ledger
        self._key = key
        self._codes = codes
        self._is_checked = False
        self._is_changed = False
        self._known: dict[int, tuple[DraftAct, ...]] = {}

    @property
    def is_begun(self) -> bool:
        """Whether there is, or should be, a file of drafts."""
        return self._connection.path.exists() or bool(self._head_in_ledger())

    @property
    def read_only(self) -> str:
        """Why no draft can be changed; empty while all can."""
        if not self.is_begun:
            return ""
        with self.reading():
            refusal = self._connection.refusal
        return "" if refusal is None else refusal.text

    def accept(self, entry: DraftEntry, reason: str) -> None:
        """Accept a file older than the ledger recorded, on a supervisor's word.

        Raises:
            NothingToAcceptError: It is not older.
            TakeOverReasonError: No reason is given.
            StoreError: It is refused as before.
        """
        if not reason.strip():
            raise draft_errors.TakeOverReasonError(
                "没有写明原因，规则草稿仍只能查看；请写明原因后重试。"
            )
        kept = typed_reason(reason)
        with self.reading():
            refusal = self._connection.refusal
        if not isinstance(refusal, draft_errors.RuleDraftsShortenedError):
            raise draft_errors.NothingToAcceptError
        self._connection.close()
        self._connection.refusal = None
        with self._connection.transaction() as database:
            self.append(database, NewAct(None, None, ACCEPTED, entry), {"reason": kept})
            head = chain.head(*act_rows.last(database))
        detail = {"act": ACCEPTED, "reason": kept, **_headed(head)}
        with self._ledger.transaction() as ledger:
            self._note(ledger, entry, detail)

    def copy_to(self, path: Path) -> bool:
        """Copy the file to a place, whole and checked, where the copy is behind it.

        Args:
            path: Of the copy; an older one is replaced only by a whole one.

        Returns:
            Whether a copy was made.

        Raises:
            BackupFailedError: No copy was made; the one before stays.
        """
        partial = path.with_name(f"{path.name}{_PARTIAL}")
        try:
            if not self._may_be_ahead_of(path):
                return False
            partial.unlink(missing_ok=True)
            with self.reading() as database:
                if self._connection.refusal is not None:
                    return False
                expected = act_rows.last(database)
                if not self._is_changed and self._holds(path, expected):
                    return False
                database.conn.execute("VACUUM INTO ?", (str(partial),))
            keep_private(partial)
            sync_file(partial)
            self._require_same(partial, expected)
            partial.replace(path)
        except (OSError, store_errors.StoreError) as err:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise store_errors.BackupFailedError(
                "规则草稿的备份没有成功，草稿和旧备份不变；请检查磁盘空间后重试。"
            ) from err
        self._is_changed = False
        return True

    def _may_be_ahead_of(self, copy: Path) -> bool:
        """Return whether a copy may lack something, also of a program that was killed.

        Looks at times alone: an end shall not wait for files that nobody opened.
        """
        path = self._connection.path
        if not path.exists():
            return False
        if self._is_changed or not copy.exists():
            return True
        return path.stat().st_mtime_ns > copy.stat().st_mtime_ns

    def _holds(self, copy: Path, expected: tuple[int, str]) -> bool:
        try:
            self._require_same(copy, expected)
        except (OSError, store_errors.StoreError):
            return False
        return True

    def acts_of(self, database: Database, number: int) -> tuple[DraftAct, ...]:
        """Return all acts of a draft, oldest first; each is read once."""
        self._known[number] = found = act_rows.acts(database, number, self._known.get(number, ()))
        return found

    def append(
        self, database: Database, new: NewAct, detail: Mapping[str, object] | None = None
    ) -> DraftAct:
        """Add an act inside a transaction of the caller."""
        return act_rows.append(database, self._codes, new, detail or {})

    def tell(self, kind: str, entry: DraftEntry, number: int, **more: object) -> None:
        """Record the head of the drafts' chain in the ledger.

        They lie on the disk before, so the ledger may be behind them and is never
        ahead; where it cannot be told now, it is told next time.
        """
        with self.reading() as database:
            head = chain.head(*act_rows.last(database))
        detail = {"act": kind, "draft": number, **more, **_headed(head)}
        try:
            with self._ledger.transaction() as ledger:
                self._note(ledger, entry, detail)
        except store_errors.StoreError:
            _log.warning("the ledger was not told of a rule draft")

    def _require_same(self, copy: Path, expected: tuple[int, str]) -> None:
        """Require that a copy is intact and as new as its original.

        Raises:
            StoreError: It is not, or cannot be read.
        """
        database = connect_read_only(copy, self._connection.key)
        try:
            is_same = act_rows.last(database) == expected
            if not is_same or not act_rows.is_whole(database, self._codes):
                raise draft_errors.RuleDraftsBrokenError
        finally:
            database.close()

    def _note(self, ledger: Database, entry: DraftEntry, detail: Mapping[str, object]) -> None:
        ledger.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (RULE_DRAFT,))
        journal.append(
            ledger, self._key, NewEvent(RULE_DRAFT, entry.at, entry.author, detail=detail)
        )

    def _head_in_ledger(self) -> dict[str, object]:
        with self._ledger.reading() as database:
            return beside_notices.last_detail(database, self._key, RULE_DRAFT)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Run a block that only reads.

        Raises:
            StoreError: The file cannot be read; one subclass per cause.
        """
        with _worded_for_drafts():
            self._check()
            with self._connection.reading() as database:
                yield database

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """Run a block as one transaction; on the disk when it ends.

        Raises:
            StoreError: Nothing of it was kept; one subclass per cause.
        """
        with _worded_for_drafts():
            self._check()
            try:
                with self._connection.transaction() as database:
                    yield database
                self._is_changed = True
            except BaseException as err:
                # What was read of acts that are undone again is not known any more.
                self._known.clear()
                if isinstance(err.__cause__, DatabaseFailure):
                    # What lies on the disk decides; the next act opens it anew.
                    self._connection.close()
                raise

    def _check(self) -> None:
        """Require once that the file is intact and as new as the ledger recorded."""
        if self._is_checked:
            return
        with self._connection.reading() as database:
            position, _ = act_rows.last(database)
            known = self._head_in_ledger()
            reached = int(str(known.get("position", 0)))
            sql = "SELECT mac FROM act WHERE id = ?"
            code = chain.head(reached, str(scalar(database, sql, reached) or chain.GENESIS)).code
            if not act_rows.is_whole(database, self._codes):
                self._refuse(draft_errors.RuleDraftsBrokenError())
            elif position < reached or (reached and code != known.get("code")):
                self._refuse(draft_errors.RuleDraftsShortenedError())
        self._is_checked = True

    def _refuse(self, reason: store_errors.StoreError) -> None:
        _log.warning("rule drafts are not as they were left")
        if self._connection.refusal is None:
            self._connection.refusal = reason


def _headed(head: chain.Head) -> dict[str, object]:
    return {"position": head.position, "code": head.code}


@contextmanager
def _worded_for_drafts() -> Iterator[None]:
    """Reword a store error for the drafts file instead of the ledger."""
    try:
        yield
    except store_errors.StoreError as err:
        reworded = _FOR_DRAFTS.get(type(err))
        if reworded is None:
            raise
        raise reworded from err
