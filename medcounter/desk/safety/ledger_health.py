"""The health of the open ledger: its codes, its disk, its clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from medcounter.desk.access.access_records import Approval
from medcounter.desk.access.desk_access import CLOCK
from medcounter.desk.desk_context import DeskContext
from medcounter.store.store_errors import StoreError


class LedgerHealth:
    """The state of one open ledger.

    Attributes:
        fingerprint: Names the ledger by its key, to be read aloud to whoever
            gathers ledgers.
    """

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store
        self.fingerprint = context.store.fingerprint

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be issued because of the ledger itself."""
        return self._store.is_broken

    @property
    def walk_is_due(self) -> bool:
        """Whether the whole ledger should be verified when idle."""
        return self._store.watch.is_due and not self._store.read_only

    def walk(self) -> Iterator[str]:
        """Verify the whole ledger, a few milliseconds at a time.

        From a fault on nothing can be issued, and ``Desk.read_only`` says why.

        Yields:
            An empty text after a slice; last the fault, where there is one.

        Raises:
            StoreError: The ledger could not be read just now.
        """
        for fault in self._store.walk():
            yield "" if fault is None else fault.text

    @property
    def copy_is_due(self) -> bool:
        """Whether the auditors' copy should be brought up to date when idle."""
        try:
            return not self._store.read_only and self._store.auditors.is_due
        except StoreError:
            return False

    def renew_copy(self) -> Iterator[str]:
        """Bring the auditors' copy up to date, a few milliseconds at a time.

        Yields:
            An empty text after a slice: what goes wrong here is no fault of the ledger.
        """
        for _ in self._store.auditors.quiet_slices():
            yield ""

    def verify(self) -> Iterator[str]:
        """Verify the whole ledger, and that it is the one known from elsewhere.

        Yields:
            An empty text after a slice without fault, else the fault.
        """
        for fault in self._store.verify():
            yield "" if fault is None else fault.text

    def free_space(self) -> int | None:
        """Return the free bytes on the ledger's disk; None if unknown."""
        return self._store.free_space()

    def last_time(self) -> datetime | None:
        """Return the time of the ledger's last event; None when it has none."""
        try:
            return self._store.ledger.last_time()
        except StoreError:
            return None

    def accept_clock(self, at: datetime, reason: str, approval: Approval | None = None) -> None:
        """Accept the present time for the ledger, even if it goes back.

        Raises:
            ReasonMissingError: The reason is blank.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        with self._context.access.require(CLOCK, approval).during():
            self._store.ledger.accept_clock(at, reason, self._context.settings.clerk)
