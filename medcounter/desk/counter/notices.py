"""The stored notices of a counter: read, printed again, voided; and the specimen.

Every change is a chained event. Composes no paper itself.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from medcounter.desk.access.access_records import Approval
from medcounter.desk.access.desk_access import VOID
from medcounter.desk.counter import issuing
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import IssuedNotice

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome
    from medcounter.notice.content.notice import Notice

_log = logging.getLogger(__name__)


class Notices:
    """The notices of one counter, by their numbers."""

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context

    def preview(self, outcome: Outcome, at: datetime) -> Notice:
        """Compose an unnumbered specimen of the notice.

        Raises:
            NotIssuableError: The outcome has no answer to put on paper.
            AnswerOutdatedError: It was computed on another day.
        """
        return issuing.specimen(outcome, self._context.rule_book, self._context.settings, at)

    def find(self, number: str) -> IssuedNotice:
        """Read a stored notice; looking is not printing.

        Raises:
            NoticeUnknownError: No notice has this number.
            PartyErasedError: Its term is over and its paper was erased.
        """
        return issuing.from_ledger(self._context.store.ledger.find(number))

    def reprint(self, number: str, at: datetime) -> IssuedNotice:
        """Count one more print of a stored notice and give it to be drawn.

        Raises:
            NoticeUnknownError: No notice has this number.
            NoticeVoidError: It is void and is not printed again.
            AuditorLooksOnlyError: An auditor only looks.
        """
        self._context.access.require_clerk()
        self.find(number)
        print_no = self._context.store.ledger.add_print(number, at, self._context.settings.clerk)
        _log.info("notice %s print %d counted", number, print_no)
        return self.find(number)

    def mark_printed(self, number: str, print_no: int, at: datetime, *, ok: bool) -> None:
        """Record whether a print came out.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: It was not kept.
        """
        self.mark_all_printed(((number, print_no),), at, ok=ok)

    def mark_all_printed(
        self, prints: Sequence[tuple[str, int]], at: datetime, *, ok: bool
    ) -> None:
        """Record whether prints came out, all of them or none.

        Args:
            prints: Number of each notice, and which print of it.
            at: When, with its zone.
            ok: Whether they came out.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: It was not kept.
        """
        self._context.access.require_clerk()
        self._context.store.ledger.mark_prints(prints, at, self._context.settings.clerk, ok=ok)

    def void(
        self, number: str, reason: str, at: datetime, approval: Approval | None = None
    ) -> IssuedNotice:
        """Void a notice; it stays in the ledger with the reason.

        Raises:
            NoticeUnknownError: No notice has this number.
            NoticeVoidError: It is void already.
            ReasonMissingError: The reason is blank.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        store, clerk = self._context.store, self._context.settings.clerk
        with self._context.access.require(VOID, approval).during():
            stored = store.ledger.void(number, reason, at, clerk)
        _log.info("notice %s voided", number)
        return issuing.from_ledger(stored)
