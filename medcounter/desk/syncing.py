"""Taking in new rules: verify, recompute their examples, show, install.

Answers with a plan the clerk can look at; changes nothing itself.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from medcounter.assess.examples import run_examples
from medcounter.assess.proof import prove
from medcounter.assess.rule_book import RuleBook
from medcounter.bundle.difference import difference
from medcounter.bundle.package import Floor, OpenedBundle, open_package, read_package
from medcounter.desk.records import BundleState, SyncPlan
from medcounter.rules.faults import Fault
from medcounter.store.records import SYNCED, BundleRecord
from medcounter.trust.errors import PackageRefusedError
from medcounter.trust.roots import Roots


class BundleUnsoundError(PackageRefusedError):
    """规则包自相矛盾，或与它自带的算例不符，没有导入，旧规则继续有效；请把这一情况告诉发布单位。"""


def unsound(opened: OpenedBundle) -> tuple[Fault, ...]:
    """List gaps and overlaps of a bundle, and examples that fail.

    Examples are recomputed only where the rules themselves are sound.
    """
    return prove(opened.bundle) or run_examples(
        RuleBook.open(opened.bundle, opened.sha256, signed=True)
    )


def refuse_unsound(opened: OpenedBundle) -> None:
    """Let a bundle pass only when it is sound.

    Raises:
        BundleUnsoundError: It is not; the sentence names the first fault.
    """
    if faults := unsound(opened):
        first = faults[0].text.rstrip("。")
        raise BundleUnsoundError(
            f"规则包有 {len(faults)} 处不能成立（{first}）", "请把这一情况告诉发布单位"
        )


def plan(
    package: Path | bytes, roots: Roots, floor: Floor | None, now: OpenedBundle, old: BundleState
) -> SyncPlan:
    """Verify an offered bundle and compare it with the rules in use.

    Args:
        package: The signed file or its bytes.
        roots: Whose signatures count.
        floor: The newest rules ever used here.
        now: The rules in use.
        old: Which those are, to be shown beside the new ones.

    Raises:
        MedCounterError: It is refused; one subclass per cause.
    """
    data = package if isinstance(package, bytes) else read_package(package)
    opened = open_package(data, roots, floor)
    refuse_unsound(opened)
    return SyncPlan(
        old=old,
        new=state(opened, SYNCED),
        difference=difference(now, opened),
        package=data,
    )


def recheck(
    plan: SyncPlan, roots: Roots, floor: Floor | None, at: datetime
) -> tuple[OpenedBundle, BundleRecord]:
    """Verify a planned bundle once more, right before it is taken in.

    Raises:
        MedCounterError: It is refused; one subclass per cause.
    """
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
    """Say which bundle an opened one is."""
    return BundleState(
        id=opened.bundle.id,
        revision=opened.bundle.revision,
        review_by=opened.bundle.review_by,
        signed=True,
        sha256=opened.sha256,
        origin=origin,
    )
