"""What an auditor signed beside the ledger, told in an event of somebody else's.

Returns the code that the auditor's key signs, and whether an event tells it so. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from medcounter.strict_json import canonical
from medcounter.trust.signer import signed_by


class AuditorsNote(NamedTuple):
    """One thing an auditor did, signed.

    Attributes:
        kind: As of an event.
        at: When, ISO with offset, by the machine's clock.
        name: Who.
        detail: What else was said.
        public: The key that signed.
        signature: Hex.
    """

    kind: str
    at: str
    name: str
    detail: dict[str, object]
    public: str
    signature: str

    def detail_kept(self) -> dict[str, object]:
        """Return what the ledger keeps of it."""
        signed = [self.kind, self.at, self.name, self.detail]
        return {
            "name": self.name,
            "said": signed,
            "public": self.public,
            "signature": self.signature,
        }


def code_of(signed: Sequence[object]) -> str:
    """Return what an auditor's key signs of an act."""
    return f"auditor-note-sha256:{hashlib.sha256(canonical(signed)).hexdigest()}"


def read(raw: object) -> AuditorsNote | None:
    """Return the act that a line or event tells; None where no key signed it."""
    match raw:
        case {
            "public": str(public),
            "said": [str(kind), str(at), str(name), dict(detail)] as signed,
            "signature": str(signature),
        } if signed_by(public, signature, code_of(signed)):
            return AuditorsNote(kind, at, name, detail, public, signature)
    return None


def told(detail: Mapping[str, object]) -> AuditorsNote | None:
    """Return the act that an event tells, of the auditor whom it names."""
    word = read(dict(detail))
    return word if word is not None and word.name == detail.get("name") else None
