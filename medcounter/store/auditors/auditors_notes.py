"""Signed notes of what auditors did, kept until the ledger imports them.

Returns the notes whose signature is valid. An auditor's slot cannot open the
ledger, so sign-ins and exports wait here. Whoever has the disk can delete the
file; nobody can forge another person's note.
"""

from __future__ import annotations

import os
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded
from medcounter.store.journal import auditor_words
from medcounter.store.journal.auditor_words import AuditorsNote
from medcounter.store.journal.journal import NewEvent, stamp
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust.signer import Signer

_LARGEST = 1_000_000


def append(path: Path, signer: Signer, event: NewEvent) -> None:
    """Add a note, signed, and see it on the disk.

    Raises:
        OSError: It was not kept.
    """
    signed: list[object] = [event.kind, stamp(event.at), event.clerk, dict(event.detail or {})]
    signature = signer.sign(auditor_words.code_of(signed))
    line = {"public": signer.public, "said": signed, "signature": signature}
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A line that was cut off must not spoil the next one.
        os.write(opened, b"\n" + canonical(line) + b"\n")
        os.fsync(opened)
    finally:
        os.close(opened)


def read(path: Path) -> tuple[tuple[AuditorsNote, ...], int]:
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


def _note(line: bytes) -> AuditorsNote | None:
    try:
        return auditor_words.read(read_strict(line))
    except StrictJsonError:
        return None
