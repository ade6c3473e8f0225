"""Retention: when people are erased from the ledger, by whom, and what remains.

The term is five whole years after the year of issue: counter stubs are usually
kept five years, and a year is erased as a whole. Nothing is erased without
being asked for. Reads no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from medcounter.desk.access.access_records import Approval
from medcounter.desk.access.desk_access import ERASE
from medcounter.desk.desk_context import DeskContext

TERM_YEARS = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The people whose term is over.

    Attributes:
        years: Year of issue and how many notices, oldest first.
    """

    years: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many notices there are in all."""
        return sum(count for _year, count in self.years)

    @property
    def text(self) -> str:
        """Say it in one sentence; empty when nothing is due."""
        if not self.years:
            return ""
        years = "、".join(str(year) for year, _count in self.years)
        return (
            f"{years} 年出的 {self.count} 张通知单保存满 {TERM_YEARS} 年，"
            "应清除其中的姓名、证件号码和单据；金额、编号和记录保留。"
        )


class Retention:
    """The people of one open ledger whose term is over."""

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store

    def due(self, on: date) -> Due:
        """Say who is to be erased on a day; nobody where nothing can be written.

        Raises:
            StoreError: The ledger failed.
        """
        if self._store.read_only:
            return Due(())
        return Due(self._store.erasure.due(last_year_over(on)))

    def erase(self, at: datetime, approval: Approval | None = None) -> Iterator[int]:
        """Back up, then erase those who are due, some hundred at a time.

        Args:
            at: Now, with its zone.
            approval: A supervisor's word, where sign-in is on and who is
                here is none.

        Returns:
            What gives the number erased so far, transaction by transaction.

        Raises:
            SupervisorNeededError: A supervisor must agree first.
            BackupFailedError: Nothing was erased.
        """
        permit = self._context.access.require(ERASE, approval)
        self._store.backups.make()
        clerk = self._context.settings.clerk
        return permit.each(self._store.erasure.erase(last_year_over(at.date()), at, clerk))

    def copies_before(self) -> tuple[Path, ...]:
        """Name the copies that may still hold who was erased."""
        return self._store.erasure.older_copies()


def last_year_over(on: date) -> int:
    """Return the newest year of issue whose term is over on a day.

    A notice of 2020 is kept through 2025 and may be erased from the first
    day of 2026.
    """
    return on.year - TERM_YEARS - 1
