"""Compute and check the HMAC of an encrypted file's pages.

Says whether a page is as it was written. Opens no file.

Source: SQLCipher 4, default settings: 4,096 bytes a page, of which the last
80 are an initialisation vector and the HMAC-SHA-512 over page, vector and
page number; its key is two rounds of PBKDF2 over the file's salt.
"""

from __future__ import annotations

import hashlib
import hmac

PAGE_BYTES = 4096
SALT_BYTES = 16
_CODE_BYTES = 64
_SALT_MASK = 0x3A
_ROUNDS = 2
_KEY_BYTES = 32
# SQLite writes nothing where systems lock bytes of a file.
_LOCK_PAGE = 0x40000000 // PAGE_BYTES + 1


def code_key(key: bytes, salt: bytes) -> bytes:
    """Derive the key of a file's page codes.

    Args:
        key: The file's 32-byte key, used as it is.
        salt: The file's first 16 bytes.
    """
    mask = bytes(each ^ _SALT_MASK for each in salt)
    return hashlib.pbkdf2_hmac("sha512", key, mask, _ROUNDS, _KEY_BYTES)


def is_whole(codes: bytes, number: int, page: bytes) -> bool:
    """Return whether a page is as it was written.

    Args:
        codes: What :func:`code_key` gave.
        number: The page's, from 1.
        page: Its bytes, as they lie in the file.
    """
    if number == _LOCK_PAGE:
        return True
    if len(page) != PAGE_BYTES:
        return False
    begin = SALT_BYTES if number == 1 else 0
    coded = page[begin:-_CODE_BYTES] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(codes, coded, "sha512"), page[-_CODE_BYTES:])
