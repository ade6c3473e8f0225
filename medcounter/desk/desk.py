"""The desk: all that a counter can do, as plain calls.

The window and the command line both use it. Days and times are arguments;
no call reads a clock. Every refusal is a MedCounterError with its sentence.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from medcounter.desk.draft import Draft
from medcounter.desk.outcome import Outcome
from medcounter.desk.records import BundleState, IssuedNotice, LedgerPage, SyncPlan

if TYPE_CHECKING:
    from medcounter.assess.rule_book import RuleBook
    from medcounter.notice.notice import Notice
    from medcounter.settings import Settings


class Desk:
    """One counter with its rules, its ledger and its settings.

    Attributes:
        rule_book: The rules in use; another object after a sync.
        bundle_state: Which bundle they come from.
        settings: What this hall has set.
        settings_problems: Sentences about a settings file not fully read.
    """

    rule_book: RuleBook
    bundle_state: BundleState
    settings: Settings
    settings_problems: tuple[str, ...]

    @classmethod
    def open(cls, data_dir: Path, at: datetime) -> Self:
        """Open the desk; on a first start the shipped rules are taken in.

        Args:
            data_dir: Where ledger, rules and settings live; made if missing.
            at: The time of opening, with its zone.

        Raises:
            MedCounterError: The data cannot be used; the text says why.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Give ledger and lock back; may be called twice."""
        raise NotImplementedError

    def new_draft(self, on: date) -> Draft:
        """Give an empty draft for the hall's region and the year in season."""
        raise NotImplementedError

    def outcome(self, draft: Draft, on: date) -> Outcome:
        """Compute what a draft comes to on a day; pure, no disk."""
        raise NotImplementedError

    def preview(self, outcome: Outcome, at: datetime) -> Notice:
        """Compose an unnumbered specimen of the notice.

        Raises:
            NotIssuableError: The outcome has no answer to put on paper.
        """
        raise NotImplementedError

    def issue(self, outcome: Outcome, at: datetime, request_id: str) -> IssuedNotice:
        """Number, snapshot and count the first print in one transaction.

        Args:
            outcome: What the clerk sees; its chosen option is issued.
            at: Time of issue, with its zone.
            request_id: Unique to this click; the same again gives the same
                notice again.

        Raises:
            NotIssuableError: The outcome may not be issued.
        """
        raise NotImplementedError

    def ledger(self, query: str = "", limit: int = 100, offset: int = 0) -> LedgerPage:
        """Search notices by number, name, last four digits; newest first."""
        raise NotImplementedError

    def notice(self, number: str) -> IssuedNotice:
        """Read a stored notice; looking is not printing.

        Raises:
            NoticeUnknownError: No notice has this number.
        """
        raise NotImplementedError

    def reprint(self, number: str, at: datetime) -> IssuedNotice:
        """Count one more print of a stored notice and give it to be drawn.

        Raises:
            NoticeUnknownError: No notice has this number.
            NoticeVoidError: It is void and is not printed again.
        """
        raise NotImplementedError

    def mark_printed(self, number: str, print_no: int, at: datetime, *, ok: bool) -> None:
        """Record whether a print came out."""
        raise NotImplementedError

    def void(self, number: str, reason: str, at: datetime) -> IssuedNotice:
        """Void a notice; it stays in the ledger with the reason.

        Raises:
            NoticeUnknownError: No notice has this number.
            NoticeVoidError: It is void already.
            ReasonMissingError: The reason is blank.
        """
        raise NotImplementedError

    def plan_sync(self, package: Path | bytes) -> SyncPlan:
        """Verify an offered bundle and show what it would change.

        Raises:
            MedCounterError: It is refused; the text says why.
        """
        raise NotImplementedError

    def apply_sync(self, plan: SyncPlan, at: datetime) -> BundleState:
        """Take the planned rules in, in one transaction.

        Raises:
            MedCounterError: They could not be taken; the old ones stay.
        """
        raise NotImplementedError

    def save_draft(self, draft: Draft, at: datetime) -> None:
        """Keep the draft so that a crash loses nothing."""
        raise NotImplementedError

    def last_draft(self) -> Draft | None:
        """Give the draft kept last; None when there is none."""
        raise NotImplementedError

    def save_settings(self, settings: Settings) -> None:
        """Keep new settings and work by them from now on."""
        raise NotImplementedError
