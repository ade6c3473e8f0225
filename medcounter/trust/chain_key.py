"""The key and the signer that a ledger's events are written with.

Gives the signer of an event. The person at the desk changes while the ledger is
open; a supervisor's key is lent for one act, and the loan ends with the act.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    _lent: dict[str, Signer] = field(default_factory=dict, repr=False)

    @contextmanager
    def lent(self, signer: Signer | None, *kinds: str) -> Iterator[None]:
        """Let somebody else sign some kinds of events, until the block is left.

        Args:
            signer: Whose key it is; None leaves all as it was.
            kinds: Of the events that are signed with it.
        """
        before = self._lent
        self._lent = {**before, **({} if signer is None else dict.fromkeys(kinds, signer))}
        try:
            yield
        finally:
            self._lent = before

    def signer_for(self, kind: str) -> Signer:
        """Return who signs an event of a kind."""
        return self._lent.get(kind, self.signer)


def chain_key(key: DataKey) -> ChainKey:
    """Give the chain's key; signs as whose slot gave the data key, else as the desk."""
    desk = signer_of(key.desk_signature)
    return ChainKey(key.chain, desk, key.signer or desk, key.salts, key.seal)
