"""Name a proof by everything it depends on, so that it need not be made twice.

Whatever could change what is found goes into the name: the rules with all they
inherit, and the version of the program that proves them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove.programme_proof import (
    ClosedDays,
    Hole,
    ProgrammeProof,
    prove_programme,
)
from medcounter.rules.bundle import written_rules


@dataclass(slots=True)
class KnownProofs:
    """Proofs made before, and those that a bundle was found to need.

    Attributes:
        version: Of the program that proves.
        before: Name of a proof to the proof, of an earlier check.
        needed: Likewise, of this one.
    """

    version: str
    before: Mapping[str, ProgrammeProof]
    needed: dict[str, ProgrammeProof] = field(default_factory=dict)

    def proof(
        self, compiled: Compiled, events: frozenset[str], untold: frozenset[str]
    ) -> ProgrammeProof:
        """Return the proof of one programme and year; it is made where it is not known."""
        key = proof_key(compiled, events, untold, self.version)
        known = self.before.get(key)
        self.needed[key] = known or prove_programme(compiled, events, untold)
        return self.needed[key]


def proof_key(
    compiled: Compiled, events: frozenset[str], untold: frozenset[str], version: str
) -> str:
    """Hash what the proof of one programme and year depends on, hex.

    Args:
        compiled: The programme with all it inherits.
        events: Codes of all events that its bundle knows.
        untold: Questions that it need not answer.
        version: Of the program that proves.
    """
    resolved = compiled.resolved
    asks = [asked.model_dump(mode="json") for asked in resolved.asks]
    beside = (
        *(version, compiled.format, resolved.scheme, resolved.benefit_year),
        *(str(resolved.first_day), str(resolved.last_day), sorted(resolved.stands_for.items())),
        sorted(resolved.own),
        *((one, sorted(resolved.unkept[one])) for one in sorted(resolved.unkept)),
        *(asks, sorted(compiled.defaults.items()), sorted(events), sorted(untold)),
    )
    written = json.dumps((beside, written_rules(resolved.rules)), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def proof_json(proof: ProgrammeProof) -> dict[str, Any]:
    """Write a proof as JSON."""
    closed = [[str(one.first), str(one.last), sorted(one.periods)] for one in proof.closed]
    return {
        "holes": [list(hole) for hole in proof.findings],
        "standing": sorted(proof.standing),
        "closed": closed,
    }


def read_proof(written: Mapping[str, Any]) -> ProgrammeProof:
    """Read a proof that was written as JSON.

    Raises:
        ValueError, TypeError, KeyError: It is no proof.
    """
    return ProgrammeProof(
        tuple(Hole(str(code), tuple(rules), str(text)) for code, rules, text in written["holes"]),
        frozenset(map(str, written["standing"])),
        tuple(
            ClosedDays(date.fromisoformat(first), date.fromisoformat(last), frozenset(periods))
            for first, last, periods in written["closed"]
        ),
    )
