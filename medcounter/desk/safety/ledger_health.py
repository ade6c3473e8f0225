"""The health of the open ledger: its codes, its disk, its clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from medcounter.desk.access.access_records import Approval
from medcounter.desk.access.desk_access import CLOCK
from medcounter.desk.desk_context import DeskContext
from medcounter.store.store_errors import StoreError

# A week has a day on which a supervisor is here.
_TOLD_FOR = timedelta(days=7)
# What was found, by why numbers were leapt over; nobody asks an emergency ledger's first.
_FOUND = {
    "": "打开台账时，记着台账末条的文件（anchor.json）不见了或已损坏，",
    "year": "电脑的年份变了，而不久前打开台账时，记着台账末条的文件（anchor.json）不见了或已损坏，",
}


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

    def lost_anchor(self, at: datetime) -> str:
        """Say that the ledger was opened without its anchor of late; else empty.

        Args:
            at: The time now, with its zone.
        """
        try:
            last = self._store.last_leap()
        except StoreError:
            return ""
        if last is None or last.why not in _FOUND or at - last.at > _TOLD_FOR:
            return ""
        desk = self._context.settings.desk
        number = next((each for each in last.numbers if each.split("-")[1] == desk), "")
        leap = f"本窗口从 {number} 之后接着编" if number else "编号接着编"
        return (
            f"{last.at:%Y-%m-%d %H:%M} {_FOUND[last.why]}"
            f"台账可能是换回的旧文件。为避免编号重复，程序有意跳过了一段编号，{leap}。"
            "请主管拿最后一张纸质通知单与台账核对；台账里没有那一张的，请停止出单，联系技术支持。"
        )

    def accept_clock(self, at: datetime, reason: str, approval: Approval | None = None) -> None:
        """Accept the present time for the ledger, even if it goes back.

        Raises:
            ReasonMissingError: The reason is blank.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        with self._context.access.require(CLOCK, approval).during():
            self._store.ledger.accept_clock(at, reason, self._context.settings.clerk)
