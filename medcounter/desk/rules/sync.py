"""Plan installing new rules: verify, prove, recompute examples, compare.

Returns a plan the clerk can look at; changes nothing itself.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from medcounter.bundle.difference import difference
from medcounter.bundle.package import Floor, OpenedBundle, open_package, prove_payload, read_package
from medcounter.desk.desk_records import BundleState, SyncPlan
from medcounter.store.ledger_records import SYNCED, BundleRecord
from medcounter.trust.roots import Roots


def plan(
    package: Path | bytes, roots: Roots, floor: Floor | None, now: OpenedBundle, old: BundleState
) -> tuple[SyncPlan, OpenedBundle]:
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
    planned = SyncPlan(
        old=old,
        new=state(opened, SYNCED),
        difference=difference(now, opened),
        package=data,
    )
    return planned, opened


def recheck(
    plan: SyncPlan, roots: Roots, floor: Floor | None, at: datetime
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


def state(opened: OpenedBundle, origin: str) -> BundleState:
    """Return the state of an opened bundle: id, revision, hash and origin."""
    return BundleState(
        id=opened.bundle.id,
        revision=opened.bundle.revision,
        review_by=opened.bundle.review_by,
        signed=True,
        sha256=opened.sha256,
        origin=origin,
    )
