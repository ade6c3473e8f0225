"""Watch an open ledger: its anchor, its path and its codes.

From the moment something disagrees, gives the reason: the ledger can then be
read but no longer written to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from medcounter.store import anchor_file, store_errors
from medcounter.store.anchor_file import AnchorFile
from medcounter.store.backups.salvage import Salvage
from medcounter.store.connection.connection import Connection
from medcounter.store.connection.foothold import LOST
from medcounter.store.db.ledger_schema import RESERVING
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import event_ranges, journal
from medcounter.store.ledger.ledger import Ledger
from medcounter.store.ledger.ledger_proof import proof_of
from medcounter.store.ledger_records import ChainFault
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.data_key import DataKey
from medcounter.trust.ledger_anchor import LedgerAnchor


class Watch:
    """The watch over one open ledger; belongs to its thread.

    Attributes:
        proof: What copies of the ledger must pass.
        is_due: Whether the whole ledger is to be walked when nobody waits.
    """

    def __init__(
        self, connection: Connection, paths: DataFolder, key: DataKey, chain_key: ChainKey
    ) -> None:
        """Take the ledger's connection, its folder and its keys."""
        self.is_due = True
        self._connection = connection
        self._paths = paths
        self._key = key
        self._chain_key = chain_key
        self._anchor = AnchorFile(paths.anchor, key.anchor)
        self.proof = proof_of(paths, key)
        self._salvage = Salvage(paths, self.proof)

    def begin(self, at: datetime | None) -> None:
        """Compare the ledger that was just opened, and watch over each commit.

        Args:
            at: Now. A ledger without its anchor is gone on with only by who knows
                the time, and that is told; None leaves it to be looked into.

        Raises:
            StoreError: It cannot be read, or that it lost its anchor was not kept.
        """
        with self._connection.reading() as database:
            kept = self._anchor.read()
            self._connection.refusal = self._fault(database, kept)
            if self._connection.refusal is None:
                self._refuse(journal.verify_end(database, self._chain_key))
            if self._connection.refusal is None and journal.ends_with(database, RESERVING):
                self._refuse(_leap_fault(database))
        if self._connection.refusal is None and kept is None:
            self._connection.refusal = self._gone_on_with(at)
        if self._connection.refusal is not None:
            return
        with self._connection.reading() as database:
            self._connection.committed = self._follow
            self._anchor.follow(database)
        self._salvage.remember()
        self._connection.hold(self._salvage.save, self._require_proven)

    def walk(self, ledger: Ledger) -> Iterator[ChainFault | None]:
        """Walk the whole ledger slice by slice; a fault ends all writing to it.

        Every page, link, signature and table, as ``verify`` does.

        Yields:
            None after a slice; last the fault, where there is one.

        Raises:
            StoreError: The ledger could not be read just now.
        """
        for fault in ledger.verify(self.proof.walked):
            self._refuse(fault)
            yield fault
            if fault is not None:
                break
        self.is_due = False

    def verify(self, ledger: Ledger) -> Iterator[ChainFault | None]:
        """Verify the whole ledger, and that it is the one known from elsewhere.

        A whole chain proves little where the file is an older one, or lies
        no more at its path.

        Yields:
            A fault where one is, else None after a slice.

        Raises:
            StoreError: The ledger could not be read just now.
        """
        with suppress(store_errors.StoreError):  # it is not written to, only looked for
            self._connection.require_writable()
        refusal = self._connection.refusal
        with self._connection.reading() as database:
            is_gone = isinstance(refusal, LOST)
            found = refusal if is_gone else self._fault(database, self._anchor.read())
        if found is not None:
            yield ChainFault(0, found.text)
        yield from ledger.verify()

    def require_since(self, start: datetime) -> None:
        """Walk what happened since a time; all of it is due again afterwards.

        Raises:
            LedgerBrokenError: It does not fit its codes.
            StoreError: It cannot be read.
        """
        self._connection.require_writable()
        self.is_due = True
        with self._connection.reading() as database:
            found = event_ranges.event_ranges(
                database, start, datetime.max.replace(tzinfo=start.tzinfo)
            )
            events = journal.head(database).position - found[0][0] + 1 if found else 0
            self._refuse(journal.verify_end(database, self._chain_key, events))
        self._connection.require_writable()

    def end(self) -> None:
        """Wait until the anchor lies on the disk, after the ledger is closed."""
        self._anchor.settle()

    def _require_proven(self, database: Database) -> None:
        self.proof.require(database, is_newest=False)

    def _fault(
        self, database: Database, kept: LedgerAnchor | None
    ) -> store_errors.StoreError | None:
        return anchor_file.fault(database, kept, self._paths, self._key)

    def _gone_on_with(self, at: datetime | None) -> store_errors.StoreError | None:
        """Tell that the anchor was lost, leap over numbers, and write the anchor anew.

        Nothing contradicts the ledger, and nothing vouches for it either.

        Returns:
            Why nothing may be written all the same; None when all of it is done.

        Raises:
            StoreError: The ledger did not take it.
        """
        from medcounter.store.ledger import number_leap  # noqa: PLC0415 - rarely needed

        if at is None:
            return store_errors.AnchorLostError()
        try:
            self._anchor.make_room()
            with self._connection.transaction() as database:
                number_leap.tell(database, self._chain_key, at)
            with self._connection.reading() as database:
                self._anchor.begin(database)
        except OSError:
            return store_errors.AnchorUnwrittenError()
        return None

    def _follow(self, database: Database) -> None:
        self._salvage.remember()
        self._anchor.follow(database)

    def _refuse(self, fault: ChainFault | None) -> None:
        """Write no more to a ledger that does not fit its codes."""
        if fault is not None and self._connection.refusal is None:
            from medcounter.store.restoring.restore import (  # noqa: PLC0415 - rarely needed
                naming_a_backup,
            )

            err = store_errors.LedgerBrokenError(f"{fault.text}台账现在只能查看，不能出单；")
            self._connection.refusal = naming_a_backup(self._paths, err, self._key)


def _leap_fault(database: Database) -> ChainFault | None:
    from medcounter.store.ledger import floor_check  # noqa: PLC0415 - where one leapt of late

    return next((found for found in floor_check.verify(database) if found is not None), None)
