"""The desk: everything a counter can do, as plain calls.

Used by the window and the command line. Days and times are arguments; no call
reads a clock. Every refusal is a MedCounterError with its sentence.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.desk.access import guarded_settings
from medcounter.desk.access.access_records import Credential
from medcounter.desk.access.desk_access import DeskAccess
from medcounter.desk.access.store_choice import look_for, open_for
from medcounter.desk.counter.households import Households
from medcounter.desk.counter.notices import Notices
from medcounter.desk.counter.people import DeskPeople
from medcounter.desk.counter.register import Register
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.draft import draft_defaults
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate import evaluation
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.desk.folder_kinds import is_emergency
from medcounter.desk.rules.hall_rules import HallRules
from medcounter.desk.rules.root_policy import RootPolicy
from medcounter.desk.rules.rule_updates import RuleUpdates
from medcounter.desk.safety.backup_schedule import BackupSchedule
from medcounter.desk.safety.ledger_health import LedgerHealth
from medcounter.desk.safety.program_log import start_log, stop_log
from medcounter.settings import Settings, save_settings
from medcounter.store.folder.synced_folder import synced_by
from medcounter.store.opening.store import Store
from medcounter.store.store_errors import BackupFailedError
from medcounter.trust.roots import Roots

if TYPE_CHECKING:
    from medcounter.desk.authoring.release_signing import ReleaseSigning
    from medcounter.desk.authoring.rule_authoring import RuleAuthoring
    from medcounter.desk.authoring.rule_files import BroughtRules
    from medcounter.desk.day.days import Days
    from medcounter.desk.roster.roster_issue import RosterIssue
    from medcounter.desk.rules.hall_office import HallOffice
    from medcounter.desk.safety.retention import Retention

_log = logging.getLogger(__name__)
_Trusted = tuple[Roots | None, Credential | None]


class Desk:
    """One counter with its rules, its ledger and its settings.

    Attributes:
        folder: Where its data lie; nothing a user names is written there.
        synced_by: The folder above that a program copies elsewhere; else empty.
        roots: Whose signatures count, and taking new ones in.
        access: Who sits here and what that person may do.
        practice: Whether nothing here is real.
        register: The ledger narrowed, corrected, entered elsewhere, exported.
        households: Who stands here together, kept and issued.
        people: Who this desk has served, found again.
        backups: When the ledger is backed up, and how its backups stand.
        health: How the ledger itself stands.
        notices: The notices by their numbers: read, printed again, voided.
        rules: The rules in use, and taking in newer ones.
        hall_rules: The hall's own rules in force here, and taking them in.
    """

    def __init__(self, context: DeskContext, roots: RootPolicy, origin: str, at: datetime) -> None:
        """Take what a counter works with; ``open`` is how a desk is made."""
        self._context = context
        self._store = context.store
        self.folder = context.folder
        self.synced_by = synced_by(context.folder)
        self.practice = context.practice
        self.access = context.access
        self.roots = roots
        self.hall_rules = HallRules(context, roots.newest, at)
        self.rules = RuleUpdates(context, roots, origin, self.hall_rules)
        self.backups = BackupSchedule(context)
        self.health = LedgerHealth(context)
        self.households = Households(context)
        self.people = DeskPeople(context)
        self.notices = Notices(context)
        self.register = Register(context)

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
        store = open_for(data_dir, who, at)
        desk = cls._over(store, data_dir, at, (roots, who))
        if not desk.read_only:
            start_log(data_dir)
        _log.info("desk opened, rules revision %d", desk.rules.state.revision)
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
            if is_emergency(data_dir) and not store.read_only:
                store.leap_at_first(at)
            roots = release_roots() if trusted[0] is None else trusted[0]
            shipped = open_shipped()
            access = DeskAccess(data_dir, store, trusted[1])
            access.begin(at)
            known = RootPolicy(store, roots, at.date())
            in_use = store.rules.open_current(shipped, known.newest, at)
            context = DeskContext(data_dir, store, access, in_use.opened)
            desk = cls(context, known, in_use.record.origin, at)
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
        except BackupFailedError as err:
            _log.warning("no last backup: %s", type(err).__name__)
            raise
        finally:
            stop_log()

    # What the first person at the counter does not need is loaded when first wanted.

    @cached_property
    def days(self) -> Days:
        """Each day looked at, closed and printed."""
        from medcounter.desk.day.days import Days  # noqa: PLC0415 - see above

        return Days(self._context)

    @cached_property
    def retention(self) -> Retention:
        """Who is to be erased after their term."""
        from medcounter.desk.safety.retention import Retention  # noqa: PLC0415 - see above

        return Retention(self._context)

    @cached_property
    def rosters(self) -> RosterIssue:
        """Notices for the people of a list."""
        from medcounter.desk.roster.roster_issue import RosterIssue  # noqa: PLC0415 - see above

        return RosterIssue(self._context, self.households, self.register)

    @cached_property
    def hall_office(self) -> HallOffice:
        """The hall's key, its certificate, and confirming it here."""
        from medcounter.desk.rules.hall_office import HallOffice  # noqa: PLC0415 - see above

        return HallOffice(self._context, self.hall_rules)

    @cached_property
    def authoring(self) -> RuleAuthoring:
        """Rules in the making."""
        from medcounter.desk.authoring.rule_authoring import RuleAuthoring  # noqa: PLC0415 - see above

        return RuleAuthoring(self._context)

    @property
    def to_sign(self) -> tuple[str, ...]:
        """Which drafts of rules wait for the signature of who is here, by place and year."""
        from medcounter.desk.authoring.draft_lines import waiting_titles  # noqa: PLC0415 - see above

        return waiting_titles(self._context)

    @cached_property
    def release(self) -> ReleaseSigning:
        """Signing what was written, as author and as reviewer."""
        from medcounter.desk.authoring.release_signing import ReleaseSigning  # noqa: PLC0415 - see above

        return ReleaseSigning(self._context, self.hall_rules)

    @cached_property
    def rule_files(self) -> BroughtRules:
        """Taking in a file of rules, of an office or of the hall."""
        from medcounter.desk.authoring.rule_files import BroughtRules  # noqa: PLC0415 - see above

        return BroughtRules(self.rules, self.hall_rules, self.release)

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

    def new_draft(self, on: date) -> Draft:
        """Return an empty draft for the hall's region and the year in season."""
        return draft_defaults.new_draft(self.settings, self.rule_book, on)

    def next_draft(self, on: date, before: Draft) -> Draft:
        """Return an empty draft for whoever comes after somebody."""
        return draft_defaults.next_draft(self.settings, self.rule_book, on, before)

    def outcome(self, draft: Draft, on: date) -> Outcome:
        """Compute what a draft comes to on a day; the disk is asked once a day at most."""
        self.hall_rules.require_day(on)
        return evaluation.evaluate(draft, self.rule_book, on)

    def save_settings(self, settings: Settings, at: datetime) -> Path | None:
        """Keep new settings and work by them from now on.

        Args:
            settings: The new ones.
            at: When, with its zone.

        Returns:
            Where an unreadable older file was put; None when there was none.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            TaughtWordError: What lists are said to call things cannot be used.
            SettingInvalidError: A value cannot be used.
            SettingsUnsavedError: The disk does not let us.
            SupervisorNeededError: What guards the counter changes, and no supervisor is here.
        """
        self.access.require_clerk()
        own = self._context.own_settings
        if settings.list_words != own.list_words:
            # What reads lists is not needed for the first answer.
            from medcounter.roster.reading.taught_words import read_taught_words  # noqa: PLC0415 - see above

            read_taught_words(settings.list_words, self.rule_book)
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
