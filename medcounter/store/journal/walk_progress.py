"""Remember how far a ledger was verified without a fault.

Checking codes, signatures and commitments takes ten times as long as reading
rows. What was checked once and is unchanged to the byte is not checked again
for a backup; a verification that somebody requests checks everything. Stored
under a key beside the ledger; losing the file only costs time.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
from pathlib import Path
from typing import Any, NamedTuple

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain
from medcounter.trust.signer import Signer, signed_by

_log = logging.getLogger(__name__)
_LARGEST = 1_000
# Before the code, so that what is signed is no event's.
_SIGNED = "walked "
# One without references, so that equal rows are equal bytes.
_FORM = 2


class Passed(NamedTuple):
    """The beginning of a row of rows in which everything was good.

    Attributes:
        last: Number of the last one; 0 for nothing.
        rows: SHA-256 over all of them, hex.
    """

    last: int
    rows: str


class Walked(NamedTuple):
    """The beginning of a ledger in which everything was good.

    Attributes:
        events: The events, each with its signature, notice and household.
        people: The notices, each with its person and paper.
    """

    events: Passed
    people: Passed


class Rows:
    """Hashes rows one after another, and tells the known ones from new ones."""

    def __init__(self, known: Passed | None) -> None:
        """Take what was good before; None for nothing."""
        self._known = known
        self._seen = hashlib.sha256()
        self._last = 0

    def is_known(self, number: int, row: tuple[Any, ...]) -> bool:
        """Take the next row; tell whether it was good before, if it is still the same."""
        self._seen.update(marshal.dumps(row, _FORM))
        before, self._last = self._last, number
        if self._known is None or before >= self._known.last:
            return False
        return number <= self._known.last

    def is_other(self, *, at_end: bool = False) -> bool:
        """Return whether what was known is another, so that nothing is known.

        Args:
            at_end: No row comes any more.
        """
        if self._known is None or (self._last < self._known.last and not at_end):
            return False
        if self.passed == self._known:
            self._known = None
        return self._known is not None

    @property
    def passed(self) -> Passed:
        """What was taken so far."""
        return Passed(self._last, self._seen.hexdigest())


class WalkedFile:
    """What was walked of one ledger; may be used by any thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Take the file's path and the key it is made under."""
        self._path = path
        self._key = key

    def walked_by(self, public: str) -> Walked | None:
        """Return what the holder of a key walked; None for another's, or nobody's.

        Whoever holds the data key can write the file, and have what is false pass for
        walked; in another's name nobody can.
        """
        walked = self.read()
        return walked if walked is not None and self._is_signed(public) else None

    def _is_signed(self, public: str) -> bool:
        match self._raw():
            case {"code": str(mac), "public": str(key), "signature": str(signature)}:
                return key == public and signed_by(public, signature, _SIGNED + mac)
        return False

    def _raw(self) -> object:
        try:
            return read_strict(read_bounded(self._path, _LARGEST))
        except (FileTooLargeError, OSError, StrictJsonError):
            return None

    def read(self) -> Walked | None:
        """Return what was walked, by whomever; None when it is unknown."""
        match self._raw():
            case {"walked": [int(last), str(rows), int(person), str(people)], "code": str(mac)}:
                walked = [last, rows, person, people]
                if chain.same(mac, chain.link(self._key, chain.GENESIS, walked)):
                    return Walked(Passed(last, rows), Passed(person, people))
        return None

    def keep(self, walked: Walked, by: Signer) -> None:
        """Remember a walk without a fault; a failure only costs time later."""
        numbers = [*walked.events, *walked.people]
        code = chain.link(self._key, chain.GENESIS, numbers)
        signed = {"public": by.public, "signature": by.sign(_SIGNED + code)}
        data = {"walked": numbers, "code": code, **signed}
        try:
            write_durably(self._path, canonical(data))
        except OSError:
            _log.warning("how far the ledger was walked was not kept")
