"""Verify every page of an encrypted file against its HMAC, in slices.

SQLCipher checks all pages of a file in one call, which would freeze the window
of a large ledger for half a second; here the caller takes as many as it likes.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from medcounter.trust.page_codes import PAGE_BYTES, SALT_BYTES, code_key, is_whole

# Three milliseconds on a slow machine.
_SLICE = 200


def damaged(file: FileIO, key: bytes) -> Iterator[int]:
    """Count the pages that are not as they were written, slice by slice.

    Args:
        file: The database, of which nobody is writing meanwhile; what is
            written between two slices is whole.
        key: Its 32-byte key.

    Yields:
        How many of a slice are damaged.

    Raises:
        OSError: It cannot be read.
    """
    file.seek(0)
    codes = code_key(key, file.read(SALT_BYTES))
    number = 1
    while True:
        file.seek((number - 1) * PAGE_BYTES)
        data = file.read(_SLICE * PAGE_BYTES)
        if not data:
            return
        found = [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]
        yield sum(not is_whole(codes, number + at, page) for at, page in enumerate(found))
        number += len(found)


def of_path(path: Path, key: bytes) -> Iterator[int]:
    """Do the same with a file that no connection of this process owns."""
    with FileIO(path) as file:
        yield from damaged(file, key)
