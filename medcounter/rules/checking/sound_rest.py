"""Take out of a document what is misshapen, so that the rest is checked at once.

An author who mistyped an amount hears of the unknown source as well. What hangs on
a part that was taken out is no fault of the rest.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from medcounter.json_path import JsonPath, parse_path, show_path
from medcounter.rules.faults import Fault

_LISTS = ("regions", "sources", "examples")
_HEAD: dict[str, Any] = {
    "id": "unreadable",
    "revision": 1,
    "issued": "2000-01-01",
    "review_by": "2099-12-31",
}
_NAMES = ("id", "code")


@dataclass(frozen=True, slots=True)
class SoundRest:
    """What is left of a document, and how to speak of it as it was written.

    Attributes:
        document: Without the misshapen records.
        places: Path of a list to the places its records had.
        lost: Names of the records taken out.
        nameless: Whether a record was taken out for its name: whatever is unknown
            may be what it was meant to be called.
        touched: Places of the programmes that lost something.
    """

    document: dict[str, Any]
    places: dict[JsonPath, list[int]]
    lost: frozenset[str]
    nameless: bool
    touched: frozenset[int]

    def restored(self, fault: Fault) -> Fault:
        """Return a fault of the rest with its path in the whole."""
        rest = parse_path(fault.path)
        whole: JsonPath = ()
        for step in rest:
            places = self.places.get(whole)
            whole += (places[step] if places is not None and isinstance(step, int) else step,)
        return Fault(show_path(whole), fault.text, fault.name)

    def independent(self, fault: Fault) -> bool:
        """Return whether a fault stands whatever was taken out."""
        return not fault.name or not (self.nameless or fault.name in self.lost)


def sound_rest(document: object, faults: Iterable[Fault]) -> SoundRest | None:
    """Take out every record that has a fault of shape.

    Returns:
        None where nothing can be saved: the document is no object, a list that
        should be there is none, or its format, by which the rest is judged, is unknown.
    """
    if not isinstance(document, dict):
        return None
    rest = dict(document)
    doomed: dict[JsonPath, set[int]] = {}
    touched: set[int] = set()
    nameless = False
    for fault in faults:
        steps = parse_path(fault.path)
        if not _mend_head(rest, steps) and not _doom(steps, doomed):
            return None
        if len(steps) > 1 and steps[0] == "programmes" and isinstance(steps[1], int):
            touched.add(steps[1])
        nameless = nameless or (len(steps) > 1 and steps[-1] in _NAMES)
    places: dict[JsonPath, list[int]] = {}
    lost: set[str] = set()
    # Only what records are taken out of is copied: an author types on while this is read.
    for path in doomed:
        _own_lists(rest, path)
    # The longest paths first: a programme that goes takes its rules with it.
    for path in sorted(doomed, key=len, reverse=True):
        records = _at(rest, path)
        kept = [place for place in range(len(records)) if place not in doomed[path]]
        for place in doomed[path]:
            lost |= _names(records[place])
        places[path] = kept
        records[:] = [records[place] for place in kept]
    return SoundRest(rest, places, frozenset(lost), nameless, frozenset(touched))


def _mend_head(rest: dict[str, Any], steps: JsonPath) -> bool:
    """Put a stand-in where the head is wrong; return whether it was the head."""
    if len(steps) != 1 or not isinstance(steps[0], str):
        return False
    key = steps[0]
    if key in _HEAD:
        rest[key] = _HEAD[key]
        return True
    if key in {*_LISTS, "programmes", "vocabulary", "format"}:
        return False
    rest.pop(key, None)
    return True


def _doom(steps: JsonPath, doomed: dict[JsonPath, set[int]]) -> bool:
    """Mark the smallest record that a fault lies in; return whether there is one."""
    for depth in (3, 2, 1):
        place = steps[depth] if depth < len(steps) else None
        if isinstance(place, int) and _holds_records(steps, depth):
            doomed.setdefault(steps[:depth], set()).add(place)
            return True
    return False


def _holds_records(steps: Sequence[str | int], depth: int) -> bool:
    """Return whether the list before a step is one of records: rules, sources, terms."""
    if depth == 1:
        return steps[0] in {*_LISTS, "programmes"}
    if depth == 2:  # noqa: PLR2004 -- vocabulary, kind, place
        return steps[0] == "vocabulary"
    return steps[0] == "programmes"


def _at(document: dict[str, Any], path: JsonPath) -> list[Any]:
    here: Any = document
    for step in path:
        here = here[step]
    found: list[Any] = here
    return found


def _own_lists(document: dict[str, Any], path: JsonPath) -> None:
    """Put a copy where each list and object of a path stands; contents are shared."""
    here: Any = document
    for step in path:
        here[step] = copy.copy(here[step])
        here = here[step]


def _names(record: object) -> set[str]:
    """Name a record and all records within it."""
    if isinstance(record, list):
        return set().union(*(_names(one) for one in record))
    if not isinstance(record, dict):
        return set()
    own = {record[key] for key in _NAMES if isinstance(record.get(key), str)}
    return own.union(*(_names(one) for one in record.values()))
