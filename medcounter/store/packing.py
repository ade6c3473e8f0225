"""Bytes that lie packed in a ledger, unpacked within bounds.

Who holds the key can write a few kilobytes that unpack to gigabytes.
"""

from __future__ import annotations

import zlib

# A paper has some ten kilobytes.
_MOST = 16_000_000


class NotUnpackedError(Exception):
    """Nothing was packed so, or too much."""


def unpack(data: bytes, most: int = _MOST) -> bytes:
    """Return what was packed.

    Args:
        data: As zlib packed it.
        most: How many bytes it may be.

    Raises:
        NotUnpackedError: It is damaged, cut short or larger.
    """
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(data, most)
    except zlib.error as err:
        raise NotUnpackedError from err
    if not reader.eof:
        raise NotUnpackedError
    return plain
