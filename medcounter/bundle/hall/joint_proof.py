"""Prove rules of a hall that are in force together, and find those that are not.

Rules are proven beside one another: what holds alone may contradict what another
place's rules say of a source or a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from medcounter.bundle.hall.hall_bundle import HallBundle
from medcounter.bundle.hall.hall_bundle_errors import HallRulesUnprovenError
from medcounter.bundle.hall.hall_proof import prove_over
from medcounter.bundle.hall.hall_state import ProofBase, proof_base
from medcounter.bundle.signed_package import OpenedBundle


class JointProofs:
    """Proofs of rules together, each made once for the same bytes."""

    def __init__(self) -> None:
        """Begin with none."""
        self._proven: set[tuple[str, ProofBase]] = set()

    def prove(self, base: OpenedBundle, halls: Sequence[HallBundle], one: HallBundle) -> None:
        """Prove rules over an office's bundle and beside the hall's others.

        Args:
            base: The office's bundle.
            halls: All rules of the hall in force with it, the asked ones too.
            one: Those whose place, and what lies below it, is proven.

        Raises:
            HallRulesUnprovenError: With the first faults.
        """
        key = one.sha256, proof_base(base.sha256, halls)
        if key not in self._proven:
            prove_over(base, halls, one)
            self._proven.add(key)

    def compatible(
        self, base: OpenedBundle, halls: Sequence[HallBundle]
    ) -> tuple[tuple[HallBundle, ...], tuple[tuple[HallBundle, str], ...]]:
        """Tell the rules that hold together from those that do not.

        Args:
            base: The office's bundle.
            halls: In the order in which they were taken in: of two that contradict
                one another, the earlier stays.

        Returns:
            Those that hold, each proven beside all the others; the rest, with what
            is wrong.
        """
        if len(halls) > 1 and self._hold(base, halls):
            return tuple(halls), ()
        kept: tuple[HallBundle, ...] = ()
        refused = []
        for one in halls:
            together = (*kept, one)
            try:
                for each in together:
                    self.prove(base, together, each)
            except HallRulesUnprovenError as err:
                refused.append((one, err.text.partition("，没有生效")[0]))
            else:
                kept = together
        return kept, tuple(refused)

    def _hold(self, base: OpenedBundle, halls: Sequence[HallBundle]) -> bool:
        """Prove all at once, in a fraction of the time that each beside the others takes."""
        ground = proof_base(base.sha256, halls)
        keys = {(one.sha256, ground) for one in halls}
        if not keys <= self._proven:
            try:
                prove_over(base, halls, *halls)
            except HallRulesUnprovenError:
                return False
            self._proven |= keys
        return True
