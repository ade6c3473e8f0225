"""Take in newer rules at one desk: planned first, then installed as a whole."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import BundleState, SyncPlan
from medcounter.desk.rules import sync
from medcounter.desk.rules.hall_rules import HallRules
from medcounter.desk.rules.root_policy import RootPolicy

_log = logging.getLogger(__name__)


class RuleUpdates:
    """The rules in use at one desk, and taking in newer ones.

    Attributes:
        state: Which bundle the rules come from.
    """

    def __init__(
        self, context: DeskContext, roots: RootPolicy, origin: str, hall: HallRules
    ) -> None:
        """Work on an open counter.

        Args:
            context: The counter.
            hall: The hall's own rules, which an office's end.
            roots: Whose signatures count.
            origin: Where the bundle in use came from.
        """
        self._context = context
        self._roots = roots
        self._hall = hall
        self.state = sync.state(context.opened, origin)

    def planner(self, package: Path | bytes) -> Callable[[], SyncPlan]:
        """Return the work of verifying an offered bundle and showing what it changes.

        Proving a bundle takes seconds; the work itself touches no store and
        may be done in any thread.

        Raises:
            MedCounterError: It is refused; the text says why. The work too
                raises it.
        """
        roots, followed = self._roots.for_package(package)
        rules = partial(
            sync.plan, package, roots, self._context.store.rules.floor(), self._context.opened
        )
        state, hall = self.state, self._hall

        def work() -> SyncPlan:
            planned, opened = rules(state)
            return replace(planned, roots=followed, ends=hall.ended_by(opened))

        return work

    def install(self, plan: SyncPlan, at: datetime) -> BundleState:
        """Take the planned rules in, in one transaction, after a backup.

        Raises:
            MedCounterError: They could not be taken; the old ones stay.
        """
        self._context.access.require_clerk()
        for update in plan.roots:
            self._roots.accept(update, at, self._context.settings.clerk)
        opened, record = sync.recheck(
            plan, self._roots.newest, self._context.store.rules.floor(), at
        )
        self._context.store.backups.make()
        self._context.store.rules.install(record, self._context.settings.clerk)
        self._hall.go_over(opened, at)
        self.state = sync.state(opened, record.origin)
        _log.info("rules revision %d taken in", record.revision)
        return self.state
