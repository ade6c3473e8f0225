"""The data key, the one secret of a data folder, and keys derived from it.

Provides a key or a code for each purpose. Opens no file.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from medcounter.trust.signer import Signer

KEY_BYTES = 32
_ID_DIGITS = 32
_FOLDER_DIGITS = 8


@dataclass(frozen=True, slots=True)
class DataKey:
    """The one secret of a data folder; every other key is derived from it.

    Each key of 32 bytes is worked out anew when it is asked for, so that none
    outlives its use here.

    Attributes:
        secret: 32 bytes.
        signer: Signs for whose slot gave the key; None where it lay open.
    """

    secret: bytes
    signer: Signer | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return "DataKey(…)"

    @property
    def id(self) -> str:
        """What may be said openly to tell this key from any other."""
        return self._derive("medcounter key id 1").hex()[:_ID_DIGITS]

    @property
    def ledger(self) -> bytes:
        """The key of the ledger's database file."""
        return self._derive("medcounter ledger.db 1")

    @property
    def rules(self) -> bytes:
        """The key of the database file that rules are read from."""
        return self._derive("medcounter rules.db 1")

    @property
    def drafts(self) -> bytes:
        """The key of the database file of rule drafts."""
        return self._derive("medcounter drafts.db 1")

    @property
    def draft_codes(self) -> bytes:
        """The key of the codes in the chain of what was done to rule drafts."""
        return self._derive("medcounter draft codes 1")

    @property
    def chain(self) -> bytes:
        """The key of the codes in the chain of events."""
        return self._derive("medcounter chain 1")

    @property
    def salts(self) -> bytes:
        """The key of the salts that hide the fields of a notice."""
        return self._derive("medcounter salts 1")

    @property
    def seal(self) -> bytes:
        """The seed of the seal on files that leave the hall."""
        return self._derive("medcounter seal 1")

    @property
    def desk_signature(self) -> bytes:
        """The seed of the signature where nobody signed in."""
        return self._derive("medcounter desk signature 1")

    @property
    def anchor(self) -> bytes:
        """The key of the file that says where the ledger ends."""
        return self._derive("medcounter anchor 1")

    @property
    def walked(self) -> bytes:
        """The key of the file that says how far the chain was walked."""
        return self._derive("medcounter walked 1")

    @property
    def mirrored(self) -> bytes:
        """The key of the note that says what was copied to the second place."""
        return self._derive("medcounter second place note 1")

    @property
    def folder_digits(self) -> str:
        """Names this counter's folder at a place that several share: 8 hex digits."""
        return self._derive("medcounter second place 1").hex()[:_FOLDER_DIGITS]

    @property
    def auditors(self) -> DataKey:
        """The key of what auditors may see; nothing leads back from it."""
        return DataKey(self._derive("medcounter auditors 1"), self.signer)

    def code_slots(self, data: bytes) -> str:
        """Vouch for key slots: the algorithm's name, a colon, 64 hex digits."""
        return self._code("medcounter key slots 2", data)

    def code_left(self, data: bytes) -> str:
        """Vouch for what an auditors' copy was left with, written likewise."""
        return self._code("medcounter auditors' copy 1", data)

    def _derive(self, purpose: str) -> bytes:
        return hmac.new(self.secret, purpose.encode(), hashlib.sha256).digest()

    def _code(self, purpose: str, data: bytes) -> str:
        return f"hmac-sha256:{hmac.digest(self._derive(purpose), data, 'sha256').hex()}"


def make_data_key() -> DataKey:
    """Make a new random key."""
    return DataKey(secrets.token_bytes(KEY_BYTES))
