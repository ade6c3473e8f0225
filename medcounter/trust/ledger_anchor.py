"""The last known head of a ledger, kept in a file outside it.

Parses and authenticates that small file. A ledger that was truncated, put back
or recomputed does not match it. Opens no file.
"""

from __future__ import annotations

from dataclasses import dataclass

from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain

# Below one disk sector, so that a power cut leaves the old one or the new one.
SIZE = 256


@dataclass(frozen=True, slots=True)
class LedgerAnchor:
    """The last known head of a ledger.

    Attributes:
        head: Its last event.
        number: The notice issued last, for example ``2025-03-000127``;
            empty before the first.
    """

    head: chain.Head
    number: str


def dump(key: bytes, anchor: LedgerAnchor) -> bytes:
    """Write an anchor in its one length, under a key."""
    anchored = [anchor.head.position, anchor.head.code, anchor.number]
    data = canonical({"anchor": anchored, "code": chain.link(key, chain.GENESIS, anchored)})
    return data.ljust(SIZE - 1) + b"\n"


def load(key: bytes, data: bytes) -> LedgerAnchor | None:
    """Read an anchor; None when it is damaged or not made under the key."""
    try:
        raw = read_strict(data)
    except StrictJsonError:
        return None
    match raw:
        case {"anchor": [int(position), str(code), str(number)], "code": str(mac)}:
            anchored = [position, code, number]
            if chain.same(mac, chain.link(key, chain.GENESIS, anchored)):
                return LedgerAnchor(chain.Head(position, code), number)
    return None
