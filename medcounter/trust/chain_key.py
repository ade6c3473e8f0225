"""The key and the signer that a ledger's events are written with.

Gives the signer of an event. The person at the desk changes while the ledger is
open; a supervisor's key is lent for one act.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from medcounter.trust.data_key import DataKey
from medcounter.trust.signer import Signer, signer_of


@dataclass(slots=True)
class ChainKey:
    """The key of one ledger's chain.

    Attributes:
        codes: Makes the codes of the chain, 32 bytes.
        desk: Signs where nobody signed in.
        signer: Signs now.
        salts: Gives the salts that hide the fields of a notice, 32 bytes.
        seal: Seals files that leave the hall, 32 bytes.
    """

    codes: bytes = field(repr=False)
    desk: Signer
    signer: Signer
    salts: bytes = field(repr=False)
    seal: bytes = field(repr=False)
    _lent: dict[str, tuple[Signer, bool]] = field(default_factory=dict, repr=False)

    def lend(self, kind: str, signer: Signer, *, lasting: bool = False) -> None:
        """Let somebody else sign the next event of a kind, or all until it is taken back."""
        self._lent[kind] = signer, lasting

    def take_back(self) -> None:
        """End whatever was lent and not used."""
        self._lent.clear()

    def signer_for(self, kind: str) -> Signer:
        """Return who signs an event of a kind; what was lent is used up."""
        signer, lasting = self._lent.get(kind, (self.signer, True))
        if not lasting:
            del self._lent[kind]
        return signer


def chain_key(key: DataKey) -> ChainKey:
    """Give the chain's key; signs as whose slot gave the data key, else as the desk."""
    desk = signer_of(key.desk_signature)
    return ChainKey(key.chain, desk, key.signer or desk, key.salts, key.seal)
