"""Sign an act with the Ed25519 key of a person, the recovery key or the desk.

Signs the codes of a chain. The private half of a person's key is in their own
slot; one is derived from the recovery key, and the desk's from the data key: the
last proves the counter and nobody in it. The hall's own key, which signs its
certificates, is another: random, and sealed in a slot of its own.

Source: Ed25519, RFC 8032; HKDF, RFC 5869.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEED_BYTES = 32
# Named before a hall had a key of its own; a change would make every old signature false.
_RECOVERY = b"medcounter hall signature 1"
_DOMAIN = b"medcounter event 1\n"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key that signs events.

    Attributes:
        public: Its public half, hex.
    """

    public: str
    _private: Ed25519PrivateKey = field(repr=False, compare=False)

    def sign(self, code: str) -> str:
        """Sign the code of an event, which stands for all before it too; hex."""
        return self._private.sign(_DOMAIN + code.encode()).hex()

    def sign_bytes(self, data: bytes) -> bytes:
        """Sign what is no event, such as the signed form of an envelope.

        Raises:
            ValueError: It begins as what is signed of an event does.
        """
        if data.startswith(_DOMAIN):
            raise ValueError("an event is signed by its code")
        return self._private.sign(data)


def make_seed() -> bytes:
    """Make the private half of a new person's key."""
    return secrets.token_bytes(SEED_BYTES)


def signer_of(seed: bytes) -> Signer:
    """Return the signer of a 32-byte seed."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return Signer(private.public_key().public_bytes_raw().hex(), private)


def recovery_signer(recovery: bytes) -> Signer:
    """Return the signer that only the recovery key on paper gives."""
    derived = HKDF(algorithm=SHA256(), length=SEED_BYTES, salt=None, info=_RECOVERY)
    return signer_of(derived.derive(recovery))


def signed_by(public: str, signature: str, code: str) -> bool:
    """Return whether the holder of a key signed the code of an event."""
    try:
        _public_key(public).verify(bytes.fromhex(signature), _DOMAIN + code.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(public: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
