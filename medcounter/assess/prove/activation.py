"""Activate checked rules: run the proof, then the bundle's own examples.

Any fault rejects the bundle, so that no author's mistake reaches a clerk.
"""

from __future__ import annotations

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_examples
from medcounter.assess.prove.proof import prove
from medcounter.rules.bundle import Bundle
from medcounter.rules.faults import BundleUnreadableError


def activate(bundle: Bundle, sha256: str, *, signed: bool) -> RuleBook:
    """Prove a bundle, run its examples and open it for asking.

    Args:
        bundle: Checked by ``rules.load.read_bundle``.
        sha256: Hex hash of its bytes.
        signed: Whether its signatures were verified.

    Raises:
        BundleUnreadableError: A gap, an overlap, or an example that comes
            out otherwise.
    """
    if faults := prove(bundle):
        raise BundleUnreadableError(faults)
    book = RuleBook.open(bundle, sha256, signed=signed)
    if faults := run_examples(book):
        raise BundleUnreadableError(faults)
    return book
