"""Judge whether an office's bundle ended rules of the hall, as the ledger says.

Anybody who signs in can write that into the ledger; only what an office signed, or
came with this program, ends rules that two supervisors signed. Writes nothing.
"""

from __future__ import annotations

from medcounter.bundle.hall.hall_bundle import HallBundle
from medcounter.bundle.hall.hall_proof import is_covered
from medcounter.bundle.hall.hall_state import DoubtedEnd, HallState, SaidEnd
from medcounter.bundle.hall.joint_proof import JointProofs
from medcounter.bundle.signed_package import OpenedBundle
from medcounter.store.opening.store import Store
from medcounter.trust.roots import Roots


class HallEndings:
    """What of the words about ended rules is true at one desk."""

    def __init__(self, store: Store, roots: Roots, proofs: JointProofs) -> None:
        """Take whose signatures count, and what was proven already."""
        self._store = store
        self._roots = roots
        self._proofs = proofs

    def state(self, opened: OpenedBundle) -> HallState:
        """Return what the ledger says of the hall, as far as it is true.

        Args:
            opened: The office's bundle in use.

        Raises:
            StoreError: The ledger failed.
        """
        return self._store.hall_state(lambda state, end: self._ended(state, end, opened))

    def _ended(self, state: HallState, end: SaidEnd, opened: OpenedBundle) -> frozenset[str]:
        """Name the rules for which a bundle left no room, or that it could not bear."""
        office: OpenedBundle | None = opened
        if end.base != opened.sha256:
            office = self._store.rules.opened_of(end.base, self._roots)
        if office is None:
            return frozenset()
        used = [one.bundle for one in state.in_force(end.on)]
        covered = frozenset(
            one.sha256 for one in used if is_covered(one.release, office) and _came(one, office)
        )
        if end.sha256 <= covered:
            return covered
        left = [one for one in used if one.sha256 not in covered]
        refused = self._proofs.compatible(office, left)[1]
        return covered | {one.sha256 for one, _ in refused if _came(one, office)}


def _came(hall: HallBundle, office: OpenedBundle) -> bool:
    """Return whether an office's bundle came after what rules were written over.

    What an office had before is no answer to them.
    """
    over = hall.release.base
    return office.bundle.id == over.bundle and office.bundle.revision >= over.revision


def said_of_doubted(doubted: tuple[DoubtedEnd, ...], used: tuple[HallBundle, ...]) -> str:
    """Tell of lines that end rules which no office ended; empty for none."""
    lines = [one for one in doubted if one.sha256 in {each.sha256 for each in used}]
    return "".join(
        f"台账第 {one.position} 条记录（“{one.clerk}”）说本厅的规则停用了，"
        "却没有发布单位的规则能停用它，没有理会，规则照用；请主管查问这条记录。"
        for one in lines[:1]
    )


def said_of_ended(hall: HallBundle, why: str) -> str:
    """Tell which rules are used no more, and why."""
    release, place = hall.release, hall.release.place
    named = release.name_of(place.region)
    return (
        f"本厅第 {release.revision} 版规则（{named}，{place.first_year} 年度）{why}，"
        "不再使用；按它出过的通知单不变，仍可核对。"
    )
