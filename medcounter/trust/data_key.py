"""The one secret of a data folder, and what is derived from it.

Answers with keys for a purpose and with codes under one. Opens no file.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from medcounter.trust.signer import Signer

KEY_BYTES = 32
_ID_DIGITS = 32
_AUDITORS = "medcounter auditors 1"


@dataclass(frozen=True, slots=True)
class DataKey:
    """The one secret of a data folder; every other key comes from it.

    Attributes:
        secret: 32 bytes.
        signer: Signs for whose slot gave the key; None where it lay open.
    """

    secret: bytes
    signer: Signer | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return "DataKey(…)"

    def for_auditors(self) -> DataKey:
        """Give the key of what auditors may see; nothing leads back from it."""
        return DataKey(self.derive(_AUDITORS), self.signer)

    def derive(self, purpose: str) -> bytes:
        """Give the 32-byte key for one purpose; the purpose is its name."""
        return hmac.new(self.secret, purpose.encode(), hashlib.sha256).digest()

    @property
    def id(self) -> str:
        """What may be said openly to tell this key from any other."""
        return self.derive("medcounter key id 1").hex()[:_ID_DIGITS]

    def code(self, purpose: str, data: bytes) -> str:
        """Vouch for bytes: the algorithm's name, a colon, 64 hex digits."""
        return f"hmac-sha256:{hmac.digest(self.derive(purpose), data, 'sha256').hex()}"


def make_data_key() -> DataKey:
    """Make a new random key."""
    return DataKey(secrets.token_bytes(KEY_BYTES))
