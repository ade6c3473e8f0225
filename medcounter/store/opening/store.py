"""An open data folder: ledger, drafts, rules, backups, and the watch over them."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from medcounter.bundle.hall.hall_state import HallState
from medcounter.store import store_errors
from medcounter.store.backups.ledger_backups import LedgerBackups
from medcounter.store.connection.connection import Connection
from medcounter.store.connection.ledger_connection import ledger_connection, nothing_to_copy
from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.folder_lock import FolderLock
from medcounter.store.journal import beside_notices, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.signatories import Signatories
from medcounter.store.ledger import notice_rows
from medcounter.store.ledger.counter_drafts import CounterDrafts
from medcounter.store.ledger.known_people import KnownPeople
from medcounter.store.ledger.ledger import Ledger
from medcounter.store.ledger_records import ChainFault
from medcounter.store.opening.watch import Watch
from medcounter.store.rule_drafts.drafts_schema import RULE_DRAFTS
from medcounter.store.rules import hall_record
from medcounter.store.rules.root_store import RootStore
from medcounter.store.rules.rule_store import RuleStore, start_over
from medcounter.store.rules.rules_schema import RULES
from medcounter.trust import export_seal
from medcounter.trust.chain_key import chain_key
from medcounter.trust.data_key import DataKey

if TYPE_CHECKING:
    from medcounter.store.auditors.auditors_copy import AuditorsCopy
    from medcounter.store.erasure import Erasure
    from medcounter.store.ledger.corrections import Corrections
    from medcounter.store.ledger.ledger_days import LedgerDays
    from medcounter.store.ledger.number_leap import LastLeap
    from medcounter.store.ledger.runs import Runs
    from medcounter.store.rule_drafts.rule_drafts import RuleDrafts

_REBUILT = (
    store_errors.NotADatabaseError,
    store_errors.SchemaUnexpectedError,
    store_errors.StoreDamagedError,
    store_errors.StoreNewerError,
)
UNWRITABLE = (store_errors.DiskFullError, store_errors.StoreReadOnlyError)
# Events, a tenth of a second.
_AT_A_LOCK = 200
_log = logging.getLogger(__name__)


class Store:
    """An open data folder; belongs to the thread that opened it.

    Attributes:
        ledger: Notices and what happened to them.
        counter_drafts: What was typed and not issued.
        people: Who the ledger knows.
        rules: Which rules count here, and their bytes.
        roots: Whose signatures count here.
        data_key: What all in the folder is encrypted under.
        chain_key: What events are written with, and who signs them.
        backups: Verified copies of the ledger: making them, how far they lag.
        watch: Whether the ledger fits its anchor, its path and its codes.
    """

    # What the ledger's file must look like.
    shape = LEDGER

    def __init__(self, paths: DataFolder, lock: FolderLock | None, key: DataKey) -> None:
        """Put the rooms together; ``open_store`` opens them."""
        self.chain_key = made = chain_key(key)
        self.data_key = key
        self._paths = paths
        self._lock = lock
        self._ledger = ledger_connection(paths.ledger, key, self.shape)
        self._cache = Connection(paths.rules, key.rules, RULES, may_create=True)
        self.ledger = Ledger(self._ledger, made)
        self.counter_drafts = CounterDrafts(self._ledger)
        self._rule_drafts = Connection(paths.drafts, key.drafts, RULE_DRAFTS, may_create=True)
        self.people = KnownPeople(self._ledger)
        self.rules = RuleStore(self._cache, self._ledger, made, paths.bundles)
        self.backups = LedgerBackups(self._ledger, paths, key, opens_them=self.shape is LEDGER)
        self.watch = Watch(self._ledger, paths, key, made)
        self.roots = RootStore(paths.roots, self._ledger, made)

    # What no first person needs is loaded when first wanted.

    @cached_property
    def days(self) -> LedgerDays:
        """What was done on each day, and its closes."""
        from medcounter.store.ledger.ledger_days import LedgerDays  # noqa: PLC0415 - see above

        return LedgerDays(self._ledger, self.chain_key)

    @cached_property
    def corrections(self) -> Corrections:
        """Corrections, and what was entered elsewhere."""
        from medcounter.store.ledger.corrections import Corrections  # noqa: PLC0415 - see above

        return Corrections(self._ledger, self.chain_key)

    @cached_property
    def runs(self) -> Runs:
        """What one list numbered, voided as a whole."""
        from medcounter.store.ledger.runs import Runs  # noqa: PLC0415 - see above

        return Runs(self._ledger, self.chain_key)

    @cached_property
    def rule_drafts(self) -> RuleDrafts:
        """Rules in the making; the file is opened when they are first asked for."""
        from medcounter.store.rule_drafts.rule_drafts import RuleDrafts  # noqa: PLC0415 - see above

        codes = self.data_key.draft_codes
        return RuleDrafts(self._rule_drafts, self._ledger, self.chain_key, codes)

    @cached_property
    def auditors(self) -> AuditorsCopy:
        """What auditors may see, kept up to date."""
        from medcounter.store.auditors.auditors_copy import AuditorsCopy  # noqa: PLC0415 - see above

        return AuditorsCopy(self._ledger, self._paths, self.data_key, self.chain_key)

    @cached_property
    def erasure(self) -> Erasure:
        """The people whose term is over."""
        from medcounter.store.erasure import Erasure  # noqa: PLC0415 - see above

        return Erasure(self._ledger, self.chain_key, self._paths)

    def open(self, at: datetime | None) -> None:
        """Open both databases; a spoilt cache of rules is made anew.

        A ledger that does not fit what is known of it is only looked into.

        Args:
            at: Now, as ``Watch.begin`` asks for it.

        Raises:
            StoreError: One subclass per cause.
        """
        try:
            self._ledger.open(self._copy_before_change)
            try:
                self._cache.open(nothing_to_copy)
            except _REBUILT:
                start_over(self._cache)
            self.watch.begin(at)
        except BaseException:
            self._ledger.close()
            self._cache.close()
            raise

    def open_read_only(self, reason: store_errors.StoreError) -> None:
        """Open the ledger only to look into it.

        Args:
            reason: What every attempt to write is refused with.

        Raises:
            StoreError: Not even that is possible; one subclass per cause.
        """
        self._ledger.refusal = self._cache.refusal = self._rule_drafts.refusal = reason
        self._ledger.open(nothing_to_copy)

    @property
    def read_only(self) -> str:
        """Why nothing can be issued; empty while everything can."""
        refusal = self._ledger.refusal
        return "" if refusal is None else refusal.text

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be issued because of the ledger itself."""
        refusal = self._ledger.refusal
        unwritable = (*UNWRITABLE, store_errors.AnchorUnwrittenError)
        return refusal is not None and not isinstance(refusal, unwritable)

    def require_writable(self) -> None:
        """See that something may be written.

        Raises:
            StoreError: Why not.
        """
        self._ledger.require_writable()

    @property
    def fingerprint(self) -> str:
        """What its files call this ledger: 16 hex digits."""
        return export_seal.fingerprint(export_seal.public_half(self.chain_key.seal))

    def export(self, at: datetime, clerk: str, *, masked: bool) -> Iterator[bytes]:
        """Yield the lines of the file for an auditor; that it was made is kept.

        Of a ledger that is known to be broken the file says so, under its seal.

        Raises:
            StoreError: The ledger failed.
        """
        from medcounter.store.audit import audit_file  # noqa: PLC0415 - see above

        key = self.chain_key
        with self._ledger.reading() as database:
            before = audit_file.sealed_of_before(database, key)
        if self._ledger.refusal is None:
            detail: dict[str, object] = {"masked": masked}
            if before is not None:
                detail["sealed"] = before
            with self._ledger.transaction() as database:
                journal.append(database, key, NewEvent("export", at, clerk, detail=detail))
        with self._ledger.reading() as database:
            broken = self.read_only if self.is_broken else ""
            words = audit_file.AuditWords(journal.stamp(at), before, masked, broken)
            yield from audit_file.write(database, key, words)

    def note(self, event: NewEvent, number: str | None = None) -> None:
        """Keep that something happened, in the chain.

        Args:
            event: What; a wrong clock is written as the time before.
            number: Of the notice it is about; None for none.

        Raises:
            NoticeUnknownError: No notice has the number.
            StoreError: It was not kept.
        """
        with self._ledger.transaction() as database:
            if number is not None:
                event = replace(event, notice=notice_rows.row_of(database, number))
            # A kind is a row, so that a later one needs no other table.
            database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (event.kind,))
            journal.append(database, self.chain_key, event)

    def last_detail(self, kind: str) -> dict[str, object]:
        """Return what the last event of a kind says, whoever signed it; or nothing.

        Raises:
            StoreError: The ledger failed.
        """
        with self._ledger.reading() as database:
            key = self.chain_key if self.shape is LEDGER else None
            return beside_notices.last_detail(database, key, kind)

    def last_believed(self, kind: str) -> dict[str, object]:
        """Return what the last event of a kind says that its signer could do then.

        An auditors' copy holds no signatures: its last line is believed.

        Raises:
            StoreError: The ledger failed.
        """
        if self.shape is not LEDGER:
            return self.last_detail(kind)
        with self._ledger.reading() as database:
            last: dict[str, object] = {}
            for said in beside_notices.believed(database, self.chain_key, kind):
                last = said
            return last

    def last_leap(self) -> LastLeap | None:
        """Return the last leap over numbers of an opening; None where there was none.

        Raises:
            StoreError: The ledger failed.
        """
        from medcounter.store.ledger import number_leap  # noqa: PLC0415 - see above

        with self._ledger.reading() as database:
            return number_leap.last(database)

    def leap_at_first(self, at: datetime) -> None:
        """Leap over numbers in a ledger that has given none yet.

        One that was made in an emergency and taken away gave some; this one cannot know.

        Raises:
            StoreError: It was not kept.
        """
        from medcounter.store.ledger import number_leap  # noqa: PLC0415 - see above

        with self._ledger.reading() as database:
            is_new = not number_leap.reserved(database)
        if is_new:
            with self._ledger.transaction() as database:
                number_leap.tell(database, self.chain_key, at, number_leap.EMERGENCY)

    def signatories(self) -> Signatories:
        """Return whose keys count now.

        Raises:
            StoreError: The ledger failed.
        """
        with self._ledger.reading() as database:
            return journal.signatories(database, self.chain_key)

    def hall_state(self, ends: hall_record.OfficeEnds = hall_record.nothing_ends) -> HallState:
        """Return what the chain says of the hall whose rules are used here.

        Args:
            ends: Which rules an office's bundle ended; without it no word that
                some were ended is believed.

        Raises:
            StoreError: The ledger failed.
        """
        with self._ledger.reading() as database:
            return hall_record.hall_state(database, self.chain_key, ends)

    def reopen(self) -> None:
        """Let what is on the disk decide, after a fault.

        Raises:
            StoreError: It cannot be opened yet.
        """
        self._ledger.reopen()

    def free_space(self) -> int | None:
        """Return the free bytes on the ledger's disk; None if unknown."""
        try:
            return shutil.disk_usage(self._paths.folder).free
        except OSError:
            return None

    def copy_drafts(self) -> None:
        """Bring the copy of the rule drafts up to date, for a second place.

        What hinders it stays in the log: the ledger's own backup must not wait for it.
        """
        try:
            self.rule_drafts.copy_to(self._paths.drafts_copy)
        except store_errors.StoreError:
            _log.warning("the rule drafts were not copied")

    def close(self, *, with_backup: bool = True) -> None:
        """Give the folder back; may be called twice.

        Args:
            with_backup: Copy the ledger first, if anything happened in it.

        Raises:
            BackupFailedError: No copy was made; the folder is given back.
        """
        with ExitStack() as left:
            # Whatever fails, the rest is done too; what is named last is done first.
            if self._lock is not None:
                left.callback(self._lock.release)
            left.callback(self.watch.end)
            left.callback(self._rule_drafts.close)
            left.callback(self._cache.close)
            left.callback(self.backups.close)
            left.callback(self._ledger.close)
            if self._ledger.is_open and self._ledger.refusal is None:
                if with_backup:
                    left.callback(self.backups.make)
                    left.callback(self.rule_drafts.copy_to, self._paths.drafts_copy)
                # A lock waits for no more than this; what is left is added in quiet moments.
                self.auditors.renew(None if with_backup else _AT_A_LOCK)

    def verify(self) -> Iterator[ChainFault | None]:
        """Check all of the ledger, and that it is the right one; see ``Watch.verify``.

        What auditors may see is looked at too, and made anew where somebody wrote into it.
        """
        yield from self.watch.verify(self.ledger)
        yield self.rules.lost()
        if self._ledger.refusal is None:
            yield from self.auditors.quiet_slices()

    def walk(self) -> Iterator[ChainFault | None]:
        """Walk the whole ledger, then the newest backup's pages, in slices.

        See ``Watch.walk`` and ``LedgerBackups.check_newest``.
        """
        yield from self.watch.walk(self.ledger)
        if self._ledger.refusal is None:
            yield from self.backups.check_newest()

    def _copy_before_change(self, database: Database) -> None:
        from medcounter.store.backups import backup  # noqa: PLC0415 - see above

        path = self._paths.backups / f"before-version-{LEDGER.version}.db"
        backup.copy(database, self.watch.proof, path)
