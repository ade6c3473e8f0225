"""The code under which a ledger says how far it brought the auditors' copy.

Returns the code, and the end of a copy that has it. Only the data key
makes it, which lies in no auditor's slot. Of anything else in the file nothing is
believed: whoever has an auditor's secret can write into it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from medcounter.store.audit import line_blocks
from medcounter.store.auditors.auditors_schema import AUDITORS
from medcounter.store.db.migrations import require_shape
from medcounter.store.db.sqlite import Database, connect
from medcounter.strict_json import canonical
from medcounter.trust import chain
from medcounter.trust.data_key import DataKey

# A block of lines, or the hashes of 100,000 of them, read some ten times over: 0.1 s.
_MOST_STEPS = 5_000_000


class Vouched(NamedTuple):
    """How far a copy goes by the ledger's word.

    Attributes:
        end: The last event in it.
        digests: The hash of each block of its lines.
    """

    end: chain.Head
    digests: tuple[bytes, ...]


def opened(path: Path, key: DataKey) -> Database:
    """Open a copy of which nothing is believed yet; the caller closes it.

    Raises:
        DatabaseFailure: It cannot be asked, or has no end.
        StoreError: It is none, or has another shape than a copy: a view in the
            place of a table would be what somebody else computes.
    """
    copy = connect(path, key.auditors.ledger, most_steps=_MOST_STEPS)
    try:
        require_shape(copy, AUDITORS)
    except BaseException:
        copy.close()
        raise
    return copy


def code(key: DataKey, position: int, head: str, digests: Sequence[bytes]) -> str:
    """Return the ledger's word on a copy.

    Args:
        key: The data key.
        position: The last event in the copy.
        head: The start of that event's code.
        digests: The hash of each block of lines.
    """
    digest = hashlib.sha256(b"".join(digests)).hexdigest()
    return key.code_left(canonical([position, head, digest]))


def vouched(copy: Database, key: DataKey) -> Vouched | None:
    """Return how far a copy goes by the ledger's word; None where it has none.

    Raises:
        DatabaseFailure: It cannot be asked, or has no end.
    """
    match copy.conn.execute("SELECT position, head, code FROM ends").fetchone():
        case (int(position), str(head), str(written)) if position > 0:
            blocks = line_blocks.block_of(position) + 1
            rows = copy.conn.execute("SELECT digest FROM block ORDER BY number LIMIT ?", (blocks,))
            digests = tuple(bytes(digest) for (digest,) in rows)
            if chain.same(written, code(key, position, head, digests)):
                return Vouched(chain.Head(position, head), digests)
    return None
