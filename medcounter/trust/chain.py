"""A keyed chain of codes over rows: detects rows changed, removed or inserted.

Computes the code of one link, and the head, which identifies a whole ledger by
a number and eight digits. Knows no database. Only a holder of the key can make
a chain.

Source: HMAC, RFC 2104, with SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from medcounter.strict_json import canonical

ALGORITHM = "hmac-sha256"
GENESIS = f"{ALGORITHM}:{'0' * 64}"
_ROW_TYPES = frozenset({str, int, type(None)})
_ROW_FORM = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_FIELD_FORM = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_HEAD_DIGITS = 8
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Head:
    """The number of a ledger's last event and the start of its code.

    Attributes:
        position: Number of the last link; 0 for an empty ledger.
        code: The first 8 hex digits of its code.
    """

    position: int
    code: str

    def __str__(self) -> str:
        return f"{self.position}-{self.code}"


def link(key: bytes, before: str, row: object) -> str:
    """Compute the code of one row on top of the code before it.

    Args:
        key: The chain's secret key.
        before: The code of the row before; ``GENESIS`` for the first.
        row: What the row says, in types JSON has.

    Returns:
        The algorithm's name, a colon and 64 hex digits.
    """
    code = hmac.digest(key, before.encode() + b"\n" + _bytes(row), "sha256")
    return f"{ALGORITHM}:{code.hex()}"


def canonical_row(row: Sequence[object]) -> bytes:
    """Write a row of a table in the canonical form, quickly.

    Texts, integers and None are all a row holds, so the long way of
    ``canonical``, which looks into every value, comes to the same.

    Raises:
        NotCanonicalError: It holds something else.
    """
    if not all(type(value) in _ROW_TYPES for value in row):
        return canonical(list(row))
    try:
        return _ROW_FORM.encode(row).encode()
    except UnicodeEncodeError:
        return canonical(list(row))


def _bytes(row: object) -> bytes:
    return canonical_row(row) if isinstance(row, tuple) else canonical(row)


def same(code: str, other: str) -> bool:
    """Compare two codes in a time that tells nothing."""
    return hmac.compare_digest(code.encode(), other.encode())


def head(position: int, code: str) -> Head:
    """Name the state of a chain by its last link."""
    return Head(position, code.partition(":")[2][:_HEAD_DIGITS])


def make_salt() -> bytes:
    """Return the random part without which a commitment tells nothing."""
    return secrets.token_bytes(_SALT_BYTES)


def commitment(salt: bytes, content: object, document: bytes) -> str:
    """Bind content that may be erased later into a row that stays.

    With the salt and the content anyone can check it; once both are erased
    the commitment tells nothing about them.

    Returns:
        The algorithm's name, a colon and 64 hex digits.
    """
    code = hmac.new(salt, canonical(content) + b"\n" + document, hashlib.sha256)
    return f"{ALGORITHM}:{code.hexdigest()}"


def derived_salt(source: bytes, purpose: str) -> bytes:
    """Return the salt of one field; without the source it tells nothing."""
    return hmac.digest(source, purpose.encode(), "sha256")[:_SALT_BYTES]


def sealed_field(salt: bytes, name: str, value: object) -> str:
    """Bind one field without telling it: salt and value prove it later.

    Args:
        salt: Random, or derived from what is.
        name: Of the field.
        value: As it was read from canonical JSON, or written into it.

    Returns:
        The algorithm's name, a colon and 64 hex digits.
    """
    try:
        committed = _FIELD_FORM.encode((name, value)).encode()
    except UnicodeEncodeError:
        committed = canonical([name, value])
    return f"{ALGORITHM}:{hmac.digest(salt, committed, 'sha256').hex()}"
