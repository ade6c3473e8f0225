"""Stand in for the stretching of secrets, which is made to be slow, while kills are counted.

What is killed and looked at are the files that are written; of the seconds of a
sign-in nearly all would go into Argon2id, and nearly every kill with them.
"""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from medcounter.trust import key_wrapping
from medcounter.trust.slot_format import Stretching

LOCKED_FROZEN = Path(__file__).parents[1] / "data" / "ledgers" / "locked-version-3"


@contextmanager
def quick_stretching() -> Iterator[None]:
    """Stretch as ever for the slots of 0.1.0, once a process; by one HMAC for every newer slot.

    Whatever one such process locks, another opens.
    """
    with patch.object(key_wrapping, "_stretch", _quick):
        yield


def _quick(secret: str, how: Stretching) -> bytes:
    if how.salt in _frozen_salts():
        return _once(secret, how)
    return hmac.digest(secret.encode(), how.salt, "sha256")


_once = cache(key_wrapping._stretch)  # noqa: SLF001 - what is stood in for


@cache
def _frozen_salts() -> frozenset[bytes]:
    slots = json.loads((LOCKED_FROZEN / "keyslots.json").read_bytes())["slots"]
    return frozenset(
        bytes.fromhex(slot["stretching"]["salt"]) for slot in slots if "stretching" in slot
    )
