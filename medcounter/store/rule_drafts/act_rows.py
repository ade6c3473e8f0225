"""The rows of rule drafts: append an act with its pieces, read acts and versions.

Called inside a transaction of the caller. Every act is chained to the one before
it, and names the hash of each part of its contents, so that a row changed, taken
out or put in is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal.journal import stamp
from medcounter.store.rule_drafts import piece_deltas
from medcounter.store.rule_drafts.draft_acts import BEGUN, DraftAct, DraftEntry, NewRuleDraft
from medcounter.store.rule_drafts.draft_errors import RuleDraftsBrokenError, RuleDraftVersionError
from medcounter.store.rule_drafts.piece_deltas import MOST_IN_A_ROW, DeltaPiece
from medcounter.strict_json import StrictJsonError, canonical, read_strict
from medcounter.trust import chain

_COLUMNS = "id, draft, version, kind, at, author, words, detail, mac"
_PIECES = """
    SELECT p.whole, p.before, p.after, p.middle
    FROM piece p JOIN act a ON a.id = p.act
    WHERE a.draft = ? AND a.version <= ? AND p.name = ? AND p.act >= ifnull((
        SELECT max(w.act) FROM piece w JOIN act b ON b.id = w.act
        WHERE b.draft = ? AND b.version <= ? AND w.name = ? AND w.whole = 1), 0)
    ORDER BY p.act
"""
PARTS = "parts"


class NewAct(NamedTuple):
    """An act to append.

    Attributes:
        draft: Number of the draft; None for what concerns the file.
        version: Number of the version it makes; None for none.
        kind: What is done.
        entry: Who does it, when, in words.
    """

    draft: int | None
    version: int | None
    kind: str
    entry: DraftEntry


def append(database: Database, codes: bytes, new: NewAct, detail: Mapping[str, object]) -> DraftAct:
    """Add an act as the next link.

    Raises:
        InvalidEntryError: The time has no zone.
    """
    position, before = last(database)
    entry = new.entry
    whole = {**entry.detail, **detail}
    text = canonical(whole).decode()
    known = (position + 1, new.draft, new.version, new.kind)
    row = (*known, stamp(entry.at), entry.author, entry.words, text)
    mac = chain.link(codes, before, row)
    database.conn.execute(
        f"INSERT INTO act ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed names
        (*row, mac),
    )
    return _act(row)


def add_draft(database: Database, new: NewRuleDraft) -> int:
    """Add the row of a draft and return its number."""
    number = 1 + int(str(scalar(database, "SELECT coalesce(max(id), 0) FROM rule_draft")))
    database.conn.execute(
        "INSERT INTO rule_draft VALUES (?, ?, ?, ?, ?)", (number, *_named(new)),
    )  # fmt: skip
    return number


def named(new: NewRuleDraft) -> dict[str, object]:
    """Return the fields of a draft's row that the chain commits to."""
    return dict(zip(("region", "scheme", "year", "title"), _named(new), strict=True))


def add_pieces(
    database: Database, act: DraftAct, old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> None:
    """Keep the parts that a version changes; a part that is gone is kept as nothing."""
    for name in sorted({*old, *new}):
        before, after = old.get(name, b""), new.get(name, b"")
        if before == after and name in old:
            continue
        late = name not in old or len(_rows(database, act, name)) >= MOST_IN_A_ROW
        piece = (
            piece_deltas.whole_piece(after) if late else piece_deltas.changed_piece(before, after)
        )
        database.conn.execute(
            "INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?)", (act.position, name, *piece)
        )


def hashes(parts: Mapping[str, bytes]) -> dict[str, object]:
    """Return the hashes by which the chain commits to a version's parts."""
    return {PARTS: {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}}


def acts(database: Database, draft: int, known: tuple[DraftAct, ...] = ()) -> tuple[DraftAct, ...]:
    """Return all acts of a draft, oldest first.

    Args:
        database: Open.
        draft: Number of the draft.
        known: Those read before; acts are only ever added.
    """
    last_known = known[-1].position if known else 0
    rows = database.conn.execute(
        f"SELECT {_COLUMNS} FROM act WHERE draft = ? AND id > ? ORDER BY id",  # noqa: S608 - fixed names
        (draft, last_known),
    ).fetchall()
    return (*known, *(_act(row[:-1]) for row in rows)) if rows else known


def parts(database: Database, act: DraftAct) -> dict[str, bytes]:
    """Return the contents that a version has.

    Raises:
        RuleDraftVersionError: The act made no version.
        RuleDraftsBrokenError: They are not those it was made with.
    """
    digests = act.detail.get(PARTS)
    if act.version is None or not isinstance(digests, dict):
        raise RuleDraftVersionError
    found = {}
    for name, digest in digests.items():
        data = _part(database, act, str(name))
        if hashlib.sha256(data).hexdigest() != digest:
            raise RuleDraftsBrokenError
        found[str(name)] = data
    return found


def last(database: Database) -> tuple[int, str]:
    """Return number and code of the last act."""
    row = database.conn.execute("SELECT id, mac FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return (0, chain.GENESIS) if row is None else (row[0], row[1])


def is_whole(database: Database, codes: bytes) -> bool:
    """Return whether every act is linked to the last, and begins every draft."""
    before = chain.GENESIS
    begun = set()
    for row in database.conn.execute(f"SELECT {_COLUMNS} FROM act ORDER BY id"):  # noqa: S608 - fixed names
        if not chain.same(chain.link(codes, before, tuple(row[:-1])), row[-1]):
            return False
        before = row[-1]
        if row[3] == BEGUN:
            begin = _act(row[:-1]).detail
            begun.add(
                (row[1], *(begin.get(name) for name in ("region", "scheme", "year", "title")))
            )
    return begun == set(database.conn.execute("SELECT * FROM rule_draft").fetchall())


def _named(new: NewRuleDraft) -> tuple[str, str, int, str]:
    return new.place.region, new.place.scheme, new.place.year, new.title


def _rows(database: Database, act: DraftAct, name: str) -> list[DeltaPiece]:
    """Return the pieces of one part, the whole one first."""
    rows = database.conn.execute(_PIECES, (act.draft, act.version, name) * 2).fetchall()
    return [DeltaPiece(bool(whole), before, after, middle) for whole, before, after, middle in rows]


def _part(database: Database, act: DraftAct, name: str) -> bytes:
    data = b""
    try:
        for piece in _rows(database, act, name):
            data = piece_deltas.put_together(data, piece)
    except ValueError as err:
        raise RuleDraftsBrokenError from err
    return data


def _act(row: tuple[object, ...]) -> DraftAct:
    position, draft, version, kind, at, author, words, detail = row
    try:
        read, time = read_strict(str(detail).encode()), datetime.fromisoformat(str(at))
    except (StrictJsonError, ValueError) as err:
        raise RuleDraftsBrokenError from err
    return DraftAct(
        int(str(position)),
        None if draft is None else int(str(draft)),
        None if version is None else int(str(version)),
        str(kind),
        time,
        str(author),
        str(words),
        read if isinstance(read, dict) else {},
    )
