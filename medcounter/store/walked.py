"""How far a ledger was walked without a fault, remembered from walk to walk.

Checking a signature takes longer than all else on a ledger's walk. What was
checked once, and is the same to the byte, is not checked again for a backup;
a verification somebody asks for remembers nothing. Under a key, beside the
ledger; a file that is gone or not ours only costs the time.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain

_log = logging.getLogger(__name__)
_LARGEST = 1_000


@dataclass(frozen=True, slots=True)
class Walked:
    """The beginning of a ledger in which every link and signature was good.

    Attributes:
        position: The last event of it; 0 for nothing.
        code: That event's code.
        signatures: SHA-256 over all signatures and their keys up to it, hex.
    """

    position: int
    code: str
    signatures: str


class WalkedFile:
    """What was walked of one ledger; may be used by any thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Take the file's place and the key it is made under."""
        self._path = path
        self._key = key

    def read(self) -> Walked | None:
        """Give what was walked; None where nobody knows."""
        try:
            raw = read_strict(read_bounded(self._path, _LARGEST))
        except (FileTooLargeError, OSError, StrictJsonError):
            return None
        match raw:
            case {"walked": [int(position), str(code), str(signatures)], "code": str(mac)}:
                said = [position, code, signatures]
                if chain.same(mac, chain.link(self._key, chain.GENESIS, said)):
                    return Walked(position, code, signatures)
        return None

    def keep(self, walked: Walked) -> None:
        """Remember a walk without a fault; a failure only costs time later."""
        said = [walked.position, walked.code, walked.signatures]
        data = {"walked": said, "code": chain.link(self._key, chain.GENESIS, said)}
        try:
            write_durably(self._path, canonical(data))
        except OSError:
            _log.warning("how far the ledger was walked was not kept")
