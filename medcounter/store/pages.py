"""Every page of an encrypted file, held to its own code, a slice at a time.

SQLCipher checks all pages of a file in one call, which holds a large ledger's
window for half a second; here the caller takes as many as it likes.

Source: SQLCipher 4, default settings: 4,096 bytes a page, of which the last
80 are an initialisation vector and the HMAC-SHA-512 over page, vector and
page number; its key is two rounds of PBKDF2 over the file's salt.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

PAGE_BYTES = 4096
_SALT_BYTES = 16
_CODE_BYTES = 64
_SALT_MASK = 0x3A
_ROUNDS = 2
_KEY_BYTES = 32
# Three milliseconds on a slow machine.
_SLICE = 200
# SQLite writes nothing where systems lock bytes of a file.
_LOCK_PAGE = 0x40000000 // PAGE_BYTES + 1


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
    salt = file.read(_SALT_BYTES)
    mask = bytes(each ^ _SALT_MASK for each in salt)
    codes = hashlib.pbkdf2_hmac("sha512", key, mask, _ROUNDS, _KEY_BYTES)
    number = 1
    while True:
        file.seek((number - 1) * PAGE_BYTES)
        data = file.read(_SLICE * PAGE_BYTES)
        if not data:
            return
        pages = [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]
        yield sum(not _is_whole(codes, number + at, page) for at, page in enumerate(pages))
        number += len(pages)


def of_path(path: Path, key: bytes) -> Iterator[int]:
    """Do the same with a file that no connection of this process owns."""
    with FileIO(path) as file:
        yield from damaged(file, key)


def _is_whole(key: bytes, number: int, page: bytes) -> bool:
    if number == _LOCK_PAGE:
        return True
    if len(page) != PAGE_BYTES:
        return False
    begin = _SALT_BYTES if number == 1 else 0
    code = hmac.digest(key, page[begin:-_CODE_BYTES] + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(code, page[-_CODE_BYTES:])
