"""Take in an office's newer rules at one desk: planned first, then installed.

A plan verifies, proves, recomputes the examples and compares; the clerk looks at
it, and nothing has changed until it is installed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from medcounter.bundle.difference import difference
from medcounter.bundle.signed_package import (
    Floor,
    OpenedBundle,
    open_package,
    prove_payload,
    read_package,
)
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import BundleState, UpdatePlan
from medcounter.desk.rules.hall_rules import HallRules
from medcounter.desk.rules.root_policy import RootPolicy
from medcounter.store.ledger_records import SYNCED, BundleRecord
from medcounter.trust.roots import Roots

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
            hall: The hall's own rules; an office's for the same place end them.
            roots: Whose signatures count.
            origin: Where the bundle in use came from.
        """
        self._context = context
        self._roots = roots
        self._hall = hall
        self.state = _state(context.opened, origin)

    def planner(self, package: Path | bytes) -> Callable[[], UpdatePlan]:
        """Return the work of verifying an offered bundle and showing what it changes.

        Proving a bundle takes seconds; the work itself touches no store and
        may be done in any thread.

        Raises:
            MedCounterError: It is refused; the text says why. The work too
                raises it.
        """
        roots, followed = self._roots.for_package(package)
        rules = partial(
            _plan, package, roots, self._context.store.rules.floor(), self._context.opened
        )
        state, hall = self.state, self._hall

        def work() -> UpdatePlan:
            planned, opened = rules(state)
            return replace(planned, roots=followed, ends=hall.ended_by(opened))

        return work

    def install(self, plan: UpdatePlan, at: datetime) -> BundleState:
        """Take the planned rules in, after a backup.

        Roots that were accepted stay so, whatever comes after them. Where the
        rules are in and those of the hall cannot go over to them, the desk
        works by the old ones until it is opened again.

        Raises:
            MedCounterError: They could not be taken, or not wholly.
        """
        self._context.access.require_clerk()
        for update in plan.roots:
            self._roots.accept(update, at, self._context.settings.clerk)
        opened, record = _recheck(plan, self._roots.newest, self._context.store.rules.floor(), at)
        self._context.store.backups.make()
        self._context.store.rules.install(record, self._context.settings.clerk)
        self._hall.go_over(opened, at)
        self.state = _state(opened, record.origin)
        _log.info("rules revision %d taken in", record.revision)
        return self.state


def _plan(
    package: Path | bytes, roots: Roots, floor: Floor | None, now: OpenedBundle, old: BundleState
) -> tuple[UpdatePlan, OpenedBundle]:
    """Verify and prove an offered bundle and compare it with the rules in use.

    Args:
        package: The signed file or its bytes.
        roots: Whose signatures count.
        floor: The newest rules ever used here.
        now: The rules in use.
        old: Which those are, to be shown beside the new ones.

    Returns:
        The plan, and the bundle offered.

    Raises:
        MedCounterError: It is refused; one subclass per cause.
    """
    data = package if isinstance(package, bytes) else read_package(package)
    opened = open_package(data, roots, floor)
    prove_payload(opened.payload)
    planned = UpdatePlan(
        old=old,
        new=_state(opened, SYNCED),
        difference=difference(now, opened),
        package=data,
    )
    return planned, opened


def _recheck(
    plan: UpdatePlan, roots: Roots, floor: Floor | None, at: datetime
) -> tuple[OpenedBundle, BundleRecord]:
    """Verify a planned bundle once more, right before it is installed.

    Raises:
        MedCounterError: It is refused; one subclass per cause.
    """
    roots.require_current(at.date())
    opened = open_package(plan.package, roots, floor)
    record = BundleRecord(
        bundle=opened.bundle.id,
        revision=opened.bundle.revision,
        sha256=opened.sha256,
        origin=SYNCED,
        package=plan.package,
        installed_at=at,
    )
    return opened, record


def _state(opened: OpenedBundle, origin: str) -> BundleState:
    """Return the state of an opened bundle: id, revision, hash and origin."""
    return BundleState(
        id=opened.bundle.id,
        revision=opened.bundle.revision,
        review_by=opened.bundle.review_by,
        signed=True,
        sha256=opened.sha256,
        origin=origin,
    )
