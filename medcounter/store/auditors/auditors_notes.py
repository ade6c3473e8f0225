"""Signed notes of what auditors did, kept until the ledger imports them.

Returns the notes whose signature is valid. An auditor's slot cannot open the
ledger, so sign-ins and exports wait here. Whoever has the disk can delete the
file; nobody can forge another person's note.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from medcounter.files import FileTooLargeError, read_bounded
from medcounter.store.journal.journal import NewEvent, stamp
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust.signer import Signer, signed_by

_LARGEST = 1_000_000


class Note(NamedTuple):
    """One thing an auditor did.

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


def append(path: Path, signer: Signer, event: NewEvent) -> None:
    """Add a note, signed, and see it on the disk.

    Raises:
        OSError: It was not kept.
    """
    signed: list[object] = [event.kind, stamp(event.at), event.clerk, dict(event.detail or {})]
    line = {"public": signer.public, "said": signed, "signature": signer.sign(_code(signed))}
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line that was cut off must not spoil the next one.
        os.write(opened, b"\n" + canonical(line) + b"\n")
        os.fsync(opened)
    finally:
        os.close(opened)


def read(path: Path) -> tuple[tuple[Note, ...], int]:
    """Return the notes of a file, and how many lines are none.

    Raises:
        OSError: The file cannot be read.
    """
    try:
        data = read_bounded(path, _LARGEST)
    except FileNotFoundError:
        return (), 0
    except FileTooLargeError:
        return (), 1
    found = [_note(line) for line in data.splitlines() if line.strip()]
    good = tuple(note for note in found if note is not None)
    return good, len(found) - len(good)


def _note(line: bytes) -> Note | None:
    try:
        raw = read_strict(line)
    except StrictJsonError:
        return None
    match raw:
        case {
            "public": str(public),
            "said": [str(kind), str(at), str(name), dict(detail)] as signed,
            "signature": str(signature),
        } if signed_by(public, signature, _code(signed)):
            return Note(kind, at, name, detail, public, signature)
    return None


def _code(signed: list[object]) -> str:
    return f"auditor-note-sha256:{hashlib.sha256(canonical(signed)).hexdigest()}"
