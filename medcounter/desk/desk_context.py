"""The shared context of an open counter: store, access, settings, rules.

Holds the current ones; every part asks again instead of keeping a copy.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.bundle.hall.hall_bundle import HallBundle
from medcounter.bundle.hall.hall_proof import hall_book
from medcounter.bundle.signed_package import OpenedBundle, book_in_use
from medcounter.desk.access import guarded_settings
from medcounter.desk.access.desk_access import DeskAccess
from medcounter.desk.folder_kinds import SETTINGS_FILE, is_practice
from medcounter.settings import Settings
from medcounter.store.opening.store import Store


class DeskContext:
    """One open counter, as its parts see it.

    Attributes:
        folder: Where its data lie.
        store: Open.
        access: Who sits here and what that person may do.
        settings_file: Where its settings lie.
        own_settings: What this hall has set, whoever signed in.
        settings_problems: Sentences about a settings file not fully read.
        practice: Whether nothing here is real.
        opened: The office's bundle in use.
        hall_bundles: The rules of the hall in force over it.
        rule_book: The rules in use; another object after a sync.
    """

    opened: OpenedBundle
    hall_bundles: tuple[HallBundle, ...]
    rule_book: RuleBook

    def __init__(
        self, folder: Path, store: Store, access: DeskAccess, opened: OpenedBundle
    ) -> None:
        """Take an open store, who opened it, and the rules to begin with.

        Raises:
            StoreError: The ledger failed.
        """
        self.folder = folder
        self.store = store
        self.access = access
        self.settings_file = folder / SETTINGS_FILE
        self.own_settings, self.settings_problems = guarded_settings.load(self.settings_file, store)
        self.practice = is_practice(folder)
        self.work_by(opened)

    @property
    def settings(self) -> Settings:
        """What this hall has set; the clerk is who signed in."""
        who = self.access.who
        return self.own_settings if who is None else replace(self.own_settings, clerk=who.name)

    def work_by(self, opened: OpenedBundle, hall_bundles: tuple[HallBundle, ...] = ()) -> None:
        """Work by the rules of a bundle, and of the hall proven over it, from now on."""
        self.rule_book = (
            hall_book(opened.payload, opened.sha256, hall_bundles)
            if hall_bundles
            else book_in_use(opened.payload)
        )
        # Last, so that a thread that sees the bundle sees its rules too.
        self.opened, self.hall_bundles = opened, hall_bundles
