"""A notice's row with its personal fields sealed, for masked files.

Provides the sealed row, what opens each field, and the row put together again.
A sealed field is a salted commitment: whoever is given salt and value can check
it, and nobody can guess it. The salts of the row are derived from the ledger's
key; those of the person from the salt that is erased with the person. Knows no
database and no file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medcounter.identity.id_number import mask_to_year
from medcounter.strict_json import canonical
from medcounter.trust import chain
from medcounter.trust.chain import canonical_row

COLUMNS = (
    "id", "number", "issue_year", "desk", "sequence", "request_id", "issued_at", "clerk",
    "region", "scheme", "benefit_year", "category", "category_label", "total",
    "coverage_start", "coverage_end", "bundle", "revision", "bundle_sha256", "engine",
    "facts", "breakdown", "replaces", "commitment",
)  # fmt: skip
# A list's request is a hash of name, number and facts; cover may begin at birth.
SEALED_COLUMNS = ("request_id", "coverage_start")
SEALED_FACTS = ("birth_date", "events", "answers")
# The person: whole, whole, and what a masked file shows of both.
PARTY = ("name", "id_number", "shown")
_FACTS = COLUMNS.index("facts")
_START = COLUMNS.index("coverage_start")
_NUMBER = COLUMNS.index("number")
_REQUEST = COLUMNS.index("request_id")
_INDEXES = {name: COLUMNS.index(name) for name in SEALED_COLUMNS}
_OF_FACTS = "facts."
_FORM = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN, _SEALED = "sha256:", "sealed-sha256:"
_LEAF = f"{chain.ALGORITHM}:[0-9a-f]{{64}}"
_LEAF_FORM = re.compile(_LEAF)
_TAIL_FORM = re.compile(rf',"party":\["{_LEAF}","{_LEAF}","{_LEAF}"\]}}')

Openings = dict[str, tuple[bytes, object]]


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A notice's row that tells nothing it should not.

    Attributes:
        row: In the order of ``COLUMNS``, commitments in place of the sealed
            fields.
        openings: What opens each: its name, and its salt and value.
    """

    row: tuple[object, ...]
    openings: Openings


def plain_digest(row: Sequence[object]) -> str:
    """Hash a row with every field open, as older ledgers did."""
    return f"{_PLAIN}{hashlib.sha256(canonical_row(row)).hexdigest()}"


def sealed_digest(row: Sequence[object]) -> str:
    """Hash a sealed row, so that its issue event vouches for all of it."""
    return f"{_SEALED}{hashlib.sha256(canonical_row(row)).hexdigest()}"


def seal_row(key: bytes, row: Sequence[object]) -> SealedRow:
    """Seal the telling fields of a row.

    Args:
        key: Gives the salts; the ledger's own.
        row: In the order of ``COLUMNS``.
    """
    # A number given again after a restore shares no salt: the request is another.
    source = chain.derived_salt(key, f"{row[_NUMBER]} {row[_REQUEST]} {row[_START]} {row[_FACTS]}")
    sealed, openings = list(row), Openings()
    for name, index in _INDEXES.items():
        sealed[index] = _seal(source, name, row[index], openings)
    facts = _facts(row[_FACTS])
    for name in SEALED_FACTS:
        if name in facts:
            facts[name] = _seal(source, _OF_FACTS + name, facts[name], openings)
    if facts:
        sealed[_FACTS] = _written(facts)
    return SealedRow(tuple(sealed), openings)


def seal_party(salt: bytes, name: str, id_number: str) -> Openings:
    """Return what opens each field of a person; the salt is erased with them."""
    shown = [f"{name[:1]}**", mask_to_year(id_number)]
    return {
        field: (chain.derived_salt(salt, field), value)
        for field, value in zip(PARTY, (name, id_number, shown), strict=True)
    }


def leaves(openings: Openings) -> list[str]:
    """Return the commitments of a person's fields, in the order of ``PARTY``."""
    return [chain.sealed_field(salt, name, value) for name, (salt, value) in openings.items()]


def detail(digest: str, link: Sequence[object] = (), party: Sequence[str] = ()) -> str:
    """Return what the issue event of a notice says.

    Args:
        digest: Of its row, plain or sealed.
        link: First row, position and size of the household it was issued with;
            nothing or nulls when it was issued alone.
        party: The commitments of its person; nothing beside a plain digest.
    """
    household = ""
    if link and link[0] is not None:
        household = f',"household":{{"first":{link[0]},"place":{link[1]},"size":{link[2]}}}'
    listed = '","'.join(party)
    person = f',"party":["{listed}"]' if party else ""
    return f'{{"digest":"{digest}"{household}{person}}}'


def is_sealed(written: str) -> bool:
    """Return whether an issue event vouches for a sealed row."""
    return written.startswith(f'{{"digest":"{_SEALED}')


def vouches(written: str, key: bytes, row: Sequence[object], link: Sequence[object]) -> bool:
    """Return whether an issue event says what its notice's row comes to.

    Written by us in one form only, so it need not be taken apart. The
    person's commitments are held to the person elsewhere.
    """
    if not is_sealed(written):
        return written == detail(plain_digest(row), link)
    begin = detail(sealed_digest(seal_row(key, row).row), link)[:-1]
    return written.startswith(begin) and _TAIL_FORM.fullmatch(written, len(begin)) is not None


def vouches_for_party(written: str, openings: Openings) -> bool:
    """Return whether an issue event names a person's fields.

    Older events name none.
    """
    if not is_sealed(written):
        return True
    end = detail("", (), leaves(openings)).removeprefix('{"digest":""')
    return written.endswith(end)


def shown_openings(openings: Openings) -> Openings:
    """Return what a masked file opens of a row.

    The first day of cover, unless it may be the day of birth.
    """
    start, birth = openings["coverage_start"], openings.get(_OF_FACTS + "birth_date")
    born = None if birth is None else birth[1]
    tells_birth = born is not None and str(start[1])[:4] <= str(born)[:4]
    return {} if tells_birth else {"coverage_start": start}


def opened_row(row: Sequence[object], openings: Mapping[str, object]) -> list[object] | None:
    """Put opened fields back into a sealed row; None when one does not fit.

    Args:
        row: In the order of ``COLUMNS``.
        openings: Salt in hex and value of each field that is opened.
    """
    made = list(row)
    facts = _facts(row[_FACTS])
    for name, opening in openings.items():
        index, inner = _INDEXES.get(name), name.removeprefix(_OF_FACTS)
        sealed = row[index] if index is not None else facts.get(inner)
        if not opens(sealed, name, opening):
            return None
        value = opening[1] if isinstance(opening, list) else None
        if index is not None:
            made[index] = value
        else:
            facts[inner] = value
    if any(name.startswith(_OF_FACTS) for name in openings):
        made[_FACTS] = canonical(facts).decode()
    return made


def opens(sealed: object, name: str, opening: object) -> bool:
    """Return whether a salt in hex and a value prove a sealed field."""
    match opening:
        case [str(salt), value]:
            try:
                return sealed == chain.sealed_field(bytes.fromhex(salt), name, value)
            except ValueError:
                return False
    return False


def without_sealed(row: Sequence[object]) -> list[object]:
    """Return a row with nothing in place of columns that are still sealed."""
    shown = list(row)
    for index in _INDEXES.values():
        if _LEAF_FORM.fullmatch(str(row[index])):
            shown[index] = None
    return shown


def _seal(source: bytes, name: str, value: object, openings: Openings) -> str:
    salt = chain.derived_salt(source, name)
    openings[name] = salt, value
    return chain.sealed_field(salt, name, value)


def _facts(text: object) -> dict[str, Any]:
    # Written by us in one form: the ledger's own reader would look for what cannot be there.
    try:
        read = json.loads(str(text))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _written(facts: dict[str, Any]) -> str:
    return _FORM.encode(facts)
