"""The code under which a ledger says how far it brought the auditors' copy.

Returns the code, and the end of a copy that has it. Only the data key makes it, which
lies in no auditor's slot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from medcounter.store.db.sqlite import Database
from medcounter.strict_json import canonical
from medcounter.trust import chain
from medcounter.trust.data_key import DataKey


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


def vouched(copy: Database, key: DataKey) -> chain.Head | None:
    """Return how far a copy goes by the ledger's word; None where it has none."""
    left = copy.conn.execute("SELECT position, head, code FROM ends").fetchone()
    if left is None:
        return None
    rows = copy.conn.execute("SELECT digest FROM block ORDER BY number")
    position, head, written = int(left[0]), str(left[1]), str(left[2])
    made = code(key, position, head, [digest for (digest,) in rows])
    return chain.Head(position, head) if chain.same(written, made) else None
