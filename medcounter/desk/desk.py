"""The desk: everything a counter can do, as plain calls.

Used by the window and the command line. Days and times are arguments; no call
reads a clock. Every refusal is a MedCounterError with its sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Self

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.desk.access import guarded_settings
from medcounter.desk.access.access_records import Approval, Credential
from medcounter.desk.access.clerk_session import CLOCK, EXPORT, VOID, SignedIn
from medcounter.desk.access.store_choice import look_for, open_for
from medcounter.desk.context import DeskContext
from medcounter.desk.counter import issuing
from medcounter.desk.counter.households import Households
from medcounter.desk.counter.people import DeskPeople
from medcounter.desk.counter.register import Register
from medcounter.desk.day.days import Days
from medcounter.desk.desk_records import BundleState, IssuedNotice, SyncPlan
from medcounter.desk.draft import draft_defaults
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate import evaluation
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.desk.roster.roster_issue import Rosters
from medcounter.desk.rules import sync
from medcounter.desk.rules.root_policy import RootPolicy
from medcounter.desk.safety.backup_schedule import Backups
from medcounter.desk.safety.program_log import start_journal, stop_journal
from medcounter.desk.safety.retention import Retention
from medcounter.notice.content.notice import Notice
from medcounter.settings import Settings, save_settings
from medcounter.store.folder.synced_folder import synced_by
from medcounter.store.opening.opening import Store
from medcounter.trust.roots import Roots

_log = logging.getLogger(__name__)
_Trusted = tuple[Roots | None, Credential | None]


class Desk:
    """One counter with its rules, its ledger and its settings.

    Attributes:
        folder: Where its data lie; nothing a user names is written there.
        synced_by: The folder above that a program copies elsewhere; else empty.
        bundle_state: Which bundle they come from.
        roots: Whose signatures count, and taking new ones in.
        access: Who sits here and what that person may do.
        days: Each day looked at, closed and printed.
        practice: Whether nothing here is real.
        register: The ledger narrowed, corrected, entered elsewhere, exported.
        households: Who stands here together, kept and issued.
        people: Who this desk has served, found again.
        keeping: How copies of the ledger stand, and making them.
        retention: Who is to be erased after their term.
        rosters: Notices for the people of a list.
    """

    def __init__(self, context: DeskContext, roots: RootPolicy, state: BundleState) -> None:
        """Take what a counter works with; ``open`` is how a desk is made."""
        self._context = context
        self._store = context.store
        self.folder = context.folder
        self.synced_by = synced_by(context.folder)
        self.practice = context.practice
        self.access = context.access
        self.roots = roots
        self.bundle_state = state
        self.keeping = Backups(context)
        self.retention = Retention(context)
        self.households = Households(context)
        self.people = DeskPeople(context)
        self.days = Days(context)
        self.register = Register(context)
        self.rosters = Rosters(context, self.households, self.register)

    @classmethod
    def open(
        cls,
        data_dir: Path,
        at: datetime,
        *,
        roots: Roots | None = None,
        who: Credential | None = None,
    ) -> Self:
        """Open the desk; on a first start the shipped rules are taken in.

        Args:
            data_dir: Where ledger, rules and settings live; made if missing.
            at: The time of opening, with its zone.
            roots: Whose signatures count; those of the program when None.
            who: Who signed in; None where sign-in is off.

        Raises:
            SignInNeededError: Sign-in is on and nobody signed in.
            MedCounterError: The data cannot be used; the text says why.
        """
        store = open_for(data_dir, who)
        desk = cls._over(store, data_dir, at, (roots, who))
        if not desk.read_only:
            start_journal(data_dir)
        _log.info("desk opened, rules revision %d", desk.bundle_state.revision)
        return desk

    @classmethod
    def look(cls, data_dir: Path, at: datetime, copy: Path, who: Credential | None = None) -> Self:
        """Open a desk upon a backup, only to look, while the ledger fails.

        Raises:
            AuditorLooksOnlyError: An auditor sees the auditors' copy alone.
            MedCounterError: The backup cannot be opened.
        """
        return cls._over(look_for(data_dir, copy, who), data_dir, at, (None, who))

    @classmethod
    def _over(cls, store: Store, data_dir: Path, at: datetime, trusted: _Trusted) -> Self:
        """Work over an open store, which is closed again if that fails."""
        try:
            roots = release_roots() if trusted[0] is None else trusted[0]
            shipped = open_shipped()
            access = SignedIn(data_dir, store, trusted[1])
            access.begin(at)
            known = RootPolicy(store, roots, at.date())
            in_use = store.rules.open_current(shipped, known.newest, at)
            context = DeskContext(data_dir, store, access, in_use.opened)
            desk = cls(context, known, sync.state(in_use.opened, in_use.record.origin))
        except BaseException:
            store.close(with_backup=False)
            raise
        return desk

    def close(self, *, with_backup: bool = True) -> None:
        """Back up, then give ledger and lock back; may be called twice.

        Raises:
            BackupFailedError: No backup was made; all is closed none the less.
        """
        try:
            self._store.close(with_backup=with_backup)
        finally:
            stop_journal()

    @property
    def settings(self) -> Settings:
        """What this hall has set; the clerk is who signed in."""
        return self._context.settings

    @property
    def settings_problems(self) -> tuple[str, ...]:
        """Sentences about a settings file not fully read."""
        return self._context.settings_problems

    @property
    def rule_book(self) -> RuleBook:
        """The rules in use; another object after a sync."""
        return self._context.rule_book

    @property
    def read_only(self) -> str:
        """Why nothing can be issued now; empty while everything can."""
        return self._store.read_only

    def accept_clock(self, at: datetime, reason: str, approval: Approval | None = None) -> None:
        """Let the ledger's time go on from here, also when that is back.

        Raises:
            ReasonMissingError: The reason is blank.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        self.access.require(CLOCK, approval)
        self._store.ledger.accept_clock(at, reason, self.settings.clerk)

    def export_audit(
        self, at: datetime, *, masked: bool = True, approval: Approval | None = None
    ) -> Iterator[bytes]:
        """Return the lines of the file for an auditor; that it was made is kept.

        Raises:
            SupervisorNeededError: Unmasked, and a supervisor must agree first.
        """
        if not masked:
            self.access.require(EXPORT, approval)
        return self._store.export(at, self.settings.clerk, masked=masked)

    def new_draft(self, on: date) -> Draft:
        """Return an empty draft for the hall's region and the year in season."""
        return draft_defaults.new_draft(self.settings, self.rule_book, on)

    def next_draft(self, on: date, before: Draft) -> Draft:
        """Return an empty draft for whoever comes after somebody."""
        return draft_defaults.next_draft(self.settings, self.rule_book, on, before)

    def outcome(self, draft: Draft, on: date) -> Outcome:
        """Compute what a draft comes to on a day; pure, no disk."""
        return evaluation.evaluate(draft, self.rule_book, on)

    def preview(self, outcome: Outcome, at: datetime) -> Notice:
        """Compose an unnumbered specimen of the notice.

        Raises:
            NotIssuableError: The outcome has no answer to put on paper.
            AnswerOutdatedError: It was computed on another day.
        """
        return issuing.specimen(outcome, self.rule_book, self.settings, at)

    def notice(self, number: str) -> IssuedNotice:
        """Read a stored notice; looking is not printing.

        Raises:
            NoticeUnknownError: No notice has this number.
            PartyErasedError: Its term is over and its paper was erased.
        """
        return issuing.from_ledger(self._store.ledger.find(number))

    def reprint(self, number: str, at: datetime) -> IssuedNotice:
        """Count one more print of a stored notice and give it to be drawn.

        Raises:
            NoticeUnknownError: No notice has this number.
            NoticeVoidError: It is void and is not printed again.
            AuditorLooksOnlyError: An auditor only looks.
        """
        self.access.require_clerk()
        self.notice(number)
        print_no = self._store.ledger.add_print(number, at, self.settings.clerk)
        _log.info("notice %s print %d counted", number, print_no)
        return self.notice(number)

    def mark_printed(self, number: str, print_no: int, at: datetime, *, ok: bool) -> None:
        """Record whether a print came out.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: It was not kept.
        """
        self.access.require_clerk()
        self._store.ledger.mark_print(number, print_no, at, self.settings.clerk, ok=ok)

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
        self.access.require(VOID, approval)
        stored = self._store.ledger.void(number, reason, at, self.settings.clerk)
        _log.info("notice %s voided", number)
        return issuing.from_ledger(stored)

    def sync_planner(self, package: Path | bytes) -> Callable[[], SyncPlan]:
        """Return the work of verifying an offered bundle and showing what it changes.

        Proving a bundle takes seconds; the work itself touches no store and
        may be done in any thread.

        Raises:
            MedCounterError: It is refused; the text says why. The work too
                raises it.
        """
        roots, followed = self.roots.for_package(package)
        rules = partial(sync.plan, package, roots, self._store.rules.floor(), self._context.opened)
        state = self.bundle_state
        return lambda: replace(rules(state), roots=followed)

    def apply_sync(self, plan: SyncPlan, at: datetime) -> BundleState:
        """Take the planned rules in, in one transaction, after a backup.

        Raises:
            MedCounterError: They could not be taken; the old ones stay.
        """
        self.access.require_clerk()
        for update in plan.roots:
            self.roots.accept(update, at, self.settings.clerk)
        opened, record = sync.recheck(plan, self.roots.newest, self._store.rules.floor(), at)
        self._store.back_up()
        self._store.rules.install(record, self.settings.clerk)
        self._context.work_by(opened)
        self.bundle_state = sync.state(opened, record.origin)
        _log.info("rules revision %d taken in", record.revision)
        return self.bundle_state

    def save_settings(self, settings: Settings, at: datetime | None = None) -> Path | None:
        """Keep new settings and work by them from now on.

        Returns:
            Where an unreadable older file was put; None when there was none.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            SettingInvalidError: A value cannot be used.
            SettingsUnsavedError: The disk does not let us.
            SupervisorNeededError: What guards the counter changes, and no supervisor is here.
        """
        self.access.require_clerk()
        own = self._context.own_settings
        # What keeps others from seeing is loosened by a supervisor only.
        guarded = guarded_settings.are_changed(settings, own)
        if guarded:
            self.access.require_supervisor_here()
        if self.access.who is not None:  # whose name is shown is nothing this hall has set
            settings = replace(settings, clerk=own.clerk)
        kept = save_settings(self._context.settings_file, settings)
        if guarded:
            guarded_settings.keep(settings, self._store, at, self.settings.clerk)
        self._context.own_settings, self._context.settings_problems = settings, ()
        return kept
