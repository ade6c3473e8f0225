"""Keeps the proofs of rules from one check to the next, on the author's machine.

Each is named by everything it depends on: what has changed is proven again. A
hall that takes rules in proves them itself and never asks here.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import cache
from pathlib import Path

from medcounter.assess.prove.known_proofs import KnownProofs, proof_json, read_proof
from medcounter.assess.prove.programme_proof import ProgrammeProof
from medcounter.bundle.reached_code import reached_code
from medcounter.files import FileTooLargeError, make_folder, read_bounded, write_durably
from medcounter.version import program_version

_NAME = "proofs.json"
_PROVER = "medcounter.assess.prove.proof"
_MOST_BYTES = 20 * 1024 * 1024


def kept_proofs(folder: Path) -> dict[str, ProgrammeProof]:
    """Read the proofs kept in a folder; none where there are none, or not whole ones."""
    with suppress(OSError, FileTooLargeError, ValueError, TypeError, KeyError, AttributeError):
        written = json.loads(read_bounded(folder / _NAME, _MOST_BYTES))
        return {str(key): read_proof(proof) for key, proof in written.items()}
    return {}


def keep_proofs(folder: Path, proofs: KnownProofs) -> None:
    """Keep the proofs of this check in place of those before.

    Where nothing was proven, those before stay; a folder that cannot take them, will not.
    """
    if not proofs.needed:
        return
    data = json.dumps({key: proof_json(proof) for key, proof in proofs.needed.items()})
    with suppress(OSError):
        make_folder(folder)
        write_durably(folder / _NAME, data.encode())


@cache
def prover_version() -> str:
    """Name the program that proves: its version, and all code that a proof reaches."""
    found = hashlib.sha256(program_version().encode())
    for name, code in sorted(reached_code(_PROVER).items()):
        found.update(name.encode() + code)
    return found.hexdigest()
