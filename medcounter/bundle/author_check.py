"""Check a bundle for its author: every fault at once, each where it was written.

Shape, meaning, proof and examples are asked in turn; what a fault of one does not
touch is still asked by the next. Changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_examples
from medcounter.assess.prove.known_proofs import KnownProofs
from medcounter.assess.prove.proof import prove
from medcounter.bundle.fault_places import FaultPlaces
from medcounter.json_path import parse_path, show_path
from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.inherit import lineage
from medcounter.rules.load import ReadBundle, read_what_can


def check_payload(
    payload: bytes,
    places: FaultPlaces,
    known: KnownProofs | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    beside: tuple[Fault, ...] = (),
) -> Bundle:
    """Check a bundle wholly.

    Args:
        payload: The joined document.
        places: Where its parts were written.
        known: Proofs of an earlier check, which are not made again.
        progress: Told how many programmes and years are proven, of how many.
        beside: Faults of the head that were found before its parts were joined.

    Returns:
        The bundle, proven, its examples recomputed.

    Raises:
        BundleUnreadableError: With every fault, each with its place.
    """
    found = read_what_can(payload)
    if found.bundle is None:
        raise BundleUnreadableError(places.located((*beside, *found.faults)))
    if found.faults:
        rest = places.of_author(_proof_of_rest(found))
        raise BundleUnreadableError(places.located((*beside, *found.faults, *rest)))
    # What ships was proven before; what looks like a slip in it is not this author's.
    faults = places.of_author(prove(found.bundle, known, progress))
    if not faults:
        sha256 = hashlib.sha256(payload).hexdigest()
        faults = run_examples(RuleBook.open(found.bundle, sha256, signed=False))
    if faults or beside:
        raise BundleUnreadableError(places.located((*beside, *faults)))
    return found.bundle


def _proof_of_rest(found: ReadBundle) -> tuple[Fault, ...]:
    """Prove the programmes that no fault touches, neither in them nor above them."""
    bundle = found.bundle
    if bundle is None:
        return ()
    faulty = {
        (one.region, one.scheme)
        for place, one in enumerate(bundle.programmes)
        if place not in found.sound
    }
    kept = [
        place
        for place, one in enumerate(bundle.programmes)
        if faulty.isdisjoint((code, one.scheme) for code in lineage(one.region))
    ]
    # Made anew: a copy would keep what the whole has worked out of its programmes.
    programmes = tuple(bundle.programmes[place] for place in kept)
    clean = Bundle.model_construct(**{**dict(bundle), "programmes": programmes})
    faults = []
    for fault in prove(clean):
        _, place, *rest = parse_path(fault.path)
        there = kept[place] if isinstance(place, int) else 0
        moved = Fault(show_path(("programmes", there, *rest)), fault.text, fault.name)
        faults.append(found.rest.restored(moved) if found.rest else moved)
    return tuple(faults)
