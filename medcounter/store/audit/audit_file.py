"""Write the audit file of a ledger: every row, its chain, and a seal.

Returns the lines to write. Personal fields are sealed; a masked file opens
only what may be seen, one with whole numbers opens them all. It never contains
a key. ``audit_reading`` reads it.

Where an issue event authenticates the sealed row, the chain proves what is
hidden. Older events hash the open row, and whoever knows all but one field
could find that one by trial; so a masked file withholds the hash, and the
export's own event, the last in the file, authenticates those rows instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from medcounter.store.audit import masked_details
from medcounter.store.audit.line_blocks import RunningBlocks
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import journal, sealed_rows
from medcounter.store.journal.beside_notices import EVENT_WIDTH
from medcounter.store.journal.journal import LINK_END, NOTICE_END
from medcounter.store.journal.sealed_rows import Openings
from medcounter.strict_json import canonical
from medcounter.trust import chain, export_seal
from medcounter.trust.chain_key import ChainKey

FORMAT = "medcounter-audit"
VERSION = 3
# One hash over all lines, and typed reasons open but for names and numbers known to be such.
STARRED = 2
_KIND, _NOTICE, _DETAIL = 1, 3, 6
_PARTY = "SELECT salt, name, id_number FROM party WHERE notice = ?"


class AuditWords(NamedTuple):
    """What a file says of itself, under its seal.

    Attributes:
        at: When it was written, ISO with offset.
        before: What ``sealed_of_before`` gives.
        masked: Whether what tells of a person stays sealed.
        broken: Why the ledger it was written out of is only looked into; empty for
            one that nothing was known against.
    """

    at: str
    before: str | None
    masked: bool
    broken: str = ""


def write(database: Database, key: ChainKey, words: AuditWords) -> Iterator[bytes]:
    """Yield the lines of the file; a line is a page's worth at most.

    Args:
        database: The open ledger.
        key: The ledger's own; its seal is put under the file.
        words: What the file says of itself.
    """
    masked = words.masked
    first = first_line(key, journal.head(database), words)
    running = RunningBlocks(first)
    yield first
    for row in journal.walk(database):
        written = line(database, key, row, masked=masked)
        running.update(written)
        yield written
    yield last_line(key, running.digest())


def first_line(key: ChainKey, head: chain.Head, words: AuditWords) -> bytes:
    """Write what a file begins with; the arguments are those of ``write``."""
    content = {
        "at": words.at,
        "format": FORMAT,
        "head": str(head),
        "masked": words.masked,
        "public_key": export_seal.public_half(key.seal),
        "sealed": words.before,
        "version": VERSION,
    }
    if words.broken:
        content["broken"] = words.broken
    return canonical(content) + b"\n"


def last_line(key: ChainKey, digest: bytes) -> bytes:
    """Write the seal on all lines before, of which ``line_blocks`` gives the hash."""
    signature = export_seal.seal(key.seal, digest)
    return canonical({"seal": signature, "sha256": digest.hex()}) + b"\n"


def sealed_of_before(database: Database, key: ChainKey) -> str | None:
    """Hash the sealed rows whose issue events do not vouch for them.

    None where there is none.
    """
    last = database.conn.execute(
        "SELECT max(id) FROM event WHERE kind = 'issue' AND detail LIKE '{\"digest\":\"sha256:%'"
    ).fetchone()[0]
    if last is None:
        return None
    running = hashlib.sha256()
    for row in journal.walk(database):
        if row[0] > last:
            break
        if row[_KIND] != "issue" or sealed_rows.is_sealed(row[_DETAIL]):
            continue
        sealed = sealed_rows.seal_row(key.salts, row[EVENT_WIDTH:NOTICE_END])
        person = _person(database, row[_NOTICE])
        running.update(entry_of_before(sealed.row, sealed_rows.leaves(person)))
    return f"sha256:{running.hexdigest()}"


def entry_of_before(row: tuple[object, ...] | list[object], party: list[str]) -> bytes:
    """Write what ``sealed_of_before`` hashes of one notice."""
    return canonical([sealed_rows.sealed_digest(row), party]) + b"\n"


def line(database: Database, key: ChainKey, row: tuple[Any, ...], *, masked: bool) -> bytes:
    """Write one event, as ``journal.walk`` gives it, with what it issued."""
    return canonical(_content(database, key, row, masked=masked)) + b"\n"


def _content(
    database: Database, key: ChainKey, row: tuple[Any, ...], *, masked: bool
) -> dict[str, object]:
    event = list(row[:EVENT_WIDTH])
    if event[_KIND] != "issue" or row[EVENT_WIDTH] is None:
        return _act(key, event, masked=masked)
    sealed = sealed_rows.seal_row(key.salts, row[EVENT_WIDTH:NOTICE_END])
    person = _person(database, event[_NOTICE])
    of_before = not sealed_rows.is_sealed(event[_DETAIL])
    if masked:
        if of_before:
            event[_DETAIL] = sealed_rows.detail("", row[NOTICE_END:LINK_END])
        opened = sealed_rows.shown_openings(sealed.openings)
        person_opened = {name: each for name, each in person.items() if name == "shown"}
    else:
        opened, person_opened = sealed.openings, person
    party: dict[str, object] = {"opened": _written(person_opened)}
    if of_before:
        party["sealed"] = sealed_rows.leaves(person)
    return {
        "event": event,
        "notice": list(sealed.row),
        "opened": _written(opened),
        "party": party,
    }


def _act(key: ChainKey, event: list[Any], *, masked: bool) -> dict[str, object]:
    content: dict[str, object] = {"event": event, "notice": None, "party": None}
    if masked:
        event[_DETAIL] = masked_details.masked(key.salts, event)
    elif opened := masked_details.openings(key.salts, event):
        content["opened"] = _written(opened)
    return content


def _person(database: Database, notice: object) -> Openings:
    row = database.conn.execute(_PARTY, (notice,)).fetchone()
    return {} if row is None else sealed_rows.seal_party(row[0], str(row[1]), str(row[2]))


def _written(openings: Openings) -> dict[str, object]:
    return {name: [salt.hex(), value] for name, (salt, value) in openings.items()}
