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
import re
from collections.abc import Iterator
from typing import Any

from medcounter.store.db.sqlite import Database
from medcounter.store.journal import journal, sealed_rows
from medcounter.store.journal.journal import EVENT_WIDTH, LINK_END, NOTICE_END
from medcounter.store.journal.sealed_rows import Openings
from medcounter.strict_json import canonical, read_strict
from medcounter.trust import chain, export_seal
from medcounter.trust.chain_key import ChainKey

FORMAT = "medcounter-audit"
VERSION = 2
_KIND, _NOTICE, _DETAIL = 1, 3, 6
# Clerks type this themselves: the person of the notice and any long number in it are starred,
# however its digits are written and parted. The number of a notice tells of nobody.
_TYPED = "reason"
_DIGIT = r"[\d〇零一二三四五六七八九]"
_NUMBERS = re.compile(
    r"(?P<notice>(?<!\d)\d{4}-\d{2}-\d{6}(?!\d))"
    rf"|(?:{_DIGIT}[\W_年月]{{0,3}}){{6,}}(?:{_DIGIT}|[日XxＸｘ])"
)
_STARS = "*******"
_PARTY = "SELECT salt, name, id_number FROM party WHERE notice = ?"


def write(
    database: Database, key: ChainKey, at: str, before: str | None, *, masked: bool
) -> Iterator[bytes]:
    """Yield the lines of the file; a line is a page's worth at most.

    Args:
        database: The open ledger.
        key: The ledger's own; its seal is put under the file.
        at: When, ISO with offset.
        before: What ``sealed_of_before`` gives.
        masked: Whether what tells of a person stays sealed.
    """
    running = hashlib.sha256()
    first = first_line(key, journal.head(database), at, before, masked=masked)
    running.update(first)
    yield first
    for row in journal.walk(database):
        written = line(database, key, row, masked=masked)
        running.update(written)
        yield written
    yield last_line(key, running)


def first_line(
    key: ChainKey, head: chain.Head, at: str, before: str | None, *, masked: bool
) -> bytes:
    """Write what a file begins with; the arguments are those of ``write``."""
    content = {
        "at": at,
        "format": FORMAT,
        "head": str(head),
        "masked": masked,
        "public_key": export_seal.public_half(key.seal),
        "sealed": before,
        "version": VERSION,
    }
    return canonical(content) + b"\n"


def last_line(key: ChainKey, running: Any) -> bytes:  # noqa: ANN401 - hashlib names no class
    """Write the seal on all lines before, of which the SHA-256 is given."""
    signature = export_seal.seal(key.seal, running.digest())
    return canonical({"seal": signature, "sha256": running.hexdigest()}) + b"\n"


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
        if masked and f'"{_TYPED}"' in event[_DETAIL]:
            event[_DETAIL] = _without_people(database, event)
        return {"event": event, "notice": None, "party": None}
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


def _without_people(database: Database, event: list[Any]) -> str:
    detail = read_strict(event[_DETAIL].encode())
    if isinstance(detail, dict) and _TYPED in detail:
        typed = _NUMBERS.sub(lambda found: found["notice"] or _STARS, str(detail[_TYPED]))
        person = database.conn.execute(_PARTY, (event[_NOTICE],)).fetchone()
        detail[_TYPED] = typed.replace(str(person[1]), _STARS) if person else typed
    return canonical(detail).decode()


def _person(database: Database, notice: object) -> Openings:
    row = database.conn.execute(_PARTY, (notice,)).fetchone()
    return {} if row is None else sealed_rows.seal_party(row[0], str(row[1]), str(row[2]))


def _written(openings: Openings) -> dict[str, object]:
    return {name: [salt.hex(), value] for name, (salt, value) in openings.items()}
