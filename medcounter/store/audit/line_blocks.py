"""The hash that an audit file's seal goes over, made of blocks of lines.

A block is so many events; whoever keeps the hashes of blocks need not read the lines
again to seal what came after them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

BLOCK = 1_000


def block_of(event: int) -> int:
    """Return the block, from 0, in which an event's line lies."""
    return (event - 1) // BLOCK


def whole(first: bytes, digests: Iterable[bytes]) -> bytes:
    """Hash a file's first line and the hashes of its blocks."""
    running = hashlib.sha256(first)
    for digest in digests:
        running.update(digest)
    return running.digest()


class RunningBlocks:
    """Hashes the lines of a file as they come."""

    def __init__(self, first: bytes) -> None:
        """Begin with the first line, which is no event."""
        self._whole = hashlib.sha256(first)
        self._block = hashlib.sha256()
        self._lines = 0

    def update(self, line: bytes) -> None:
        """Take the line of the next event."""
        self._block.update(line)
        self._lines += 1
        if not self._lines % BLOCK:
            self._whole.update(self._block.digest())
            self._block = hashlib.sha256()

    def digest(self) -> bytes:
        """Return what ``whole`` gives of the same lines; the last thing to be asked."""
        if self._lines % BLOCK:
            self._whole.update(self._block.digest())
        return self._whole.digest()
