"""Seal exported files: shows whose ledger a file came from.

Makes Ed25519 signatures under a key that can only be derived from the ledger's
key. The public half goes with the file; its fingerprint, once noted, tells a
file of this ledger from any other.

Source: Ed25519, RFC 8032.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ALGORITHM = "ed25519"
_GROUPS = 4
_DIGITS = 4


def public_half(seed: bytes) -> str:
    """Return the public key of a 32-byte seed, hex."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def seal(seed: bytes, data: bytes) -> str:
    """Sign bytes, hex."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(data).hex()


def holds(public: str, signature: str, data: bytes) -> bool:
    """Return whether a signature was made over these bytes by that key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """Name a public key so that people can compare it: 16 hex digits."""
    digits = hashlib.sha256(public.encode()).hexdigest()
    return " ".join(digits[start * _DIGITS :][:_DIGITS] for start in range(_GROUPS))
