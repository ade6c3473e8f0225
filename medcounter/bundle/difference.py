"""The difference between two bundles, line by line, for a clerk to read.

Walks both documents as their authors wrote them; records are matched by id,
code or value, never by position. Judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from medcounter.bundle.signed_package import OpenedBundle
from medcounter.wording.difference_words import is_nothing, key_word, title, value_text

# They differ between any two revisions and are shown beside the difference.
_HEADER = frozenset({"format", "id", "issued", "review_by", "revision"})
_NAMES = ("id", "code", "value")


class DifferenceLine(NamedTuple):
    """One thing that differs in the new bundle.

    Attributes:
        path: Where, such as ``programmes[jiangxi-2026].rules[standard].answer``.
        old: What stood there; None where there was nothing.
        new: What stands there now; None where it was taken out.
        text: The change in one Chinese sentence.
    """

    path: str
    old: str | None
    new: str | None
    text: str


class _Place(NamedTuple):
    """A spot in both documents: its path, and how to say it in Chinese."""

    path: str
    words: str
    regions: dict[str, str]

    def into(self, step: str, words: str) -> _Place:
        """Go one step deeper."""
        whole = f"{self.words} · {words}" if self.words and words else self.words or words
        return _Place(f"{self.path}{step}".lstrip("."), whole, self.regions)


def difference(old: OpenedBundle, new: OpenedBundle) -> tuple[DifferenceLine, ...]:
    """List what changes when one bundle takes another's place.

    Revision and dates of the bundle itself are left out, as is the order of
    records.

    Returns:
        The lines in the new bundle's order; empty when nothing changes.
    """
    before, after = json.loads(old.payload), json.loads(new.payload)
    regions = {
        region["code"]: region["name"] for whole in (before, after) for region in whole["regions"]
    }
    start = _Place("", "", regions)
    content = [
        {key: value for key, value in whole.items() if key not in _HEADER}
        for whole in (before, after)
    ]
    return tuple(_compare(start, content[0], content[1]))


def _compare(place: _Place, old: object, new: object) -> Iterator[DifferenceLine]:
    if old == new or (is_nothing(old) and is_nothing(new)):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old.get("test") == new.get("test"):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _compare(place.into(f".{key}", key_word(key)), old.get(key), new.get(key))
        return
    before, after = _by_name(old), _by_name(new)
    if before is not None and after is not None:
        yield from _compare_records(place, before, after)
        return
    now, was = value_text(new), value_text(old)
    yield DifferenceLine(place.path, was or None, now or None, _changed(place, was, now))


def _compare_records(
    place: _Place, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[DifferenceLine]:
    kind = place.path.rpartition(".")[2]
    for name in [*new, *(name for name in old if name not in new)]:
        record = new[name] if name in new else old[name]
        named = title(kind, name, record, place.regions)
        # The record's own title says what the list's name would say.
        inside = _Place(place.path, place.words.rpartition(" · ")[0], place.regions)
        spot = inside.into(f"[{name}]", named)
        if name not in old:
            text = f"{spot.words}：新增。"
            yield DifferenceLine(spot.path, None, value_text(record), text)
        elif name not in new:
            text = f"{spot.words}：删去。"
            yield DifferenceLine(spot.path, value_text(record), None, text)
        else:
            yield from _compare(spot, old[name], new[name])


def _by_name(value: object) -> dict[str, Any] | None:
    """Return a list's records by their names; None when it is no such list."""
    if value is None:
        return {}
    if not isinstance(value, list) or not all(isinstance(record, dict) for record in value):
        return None
    for name in _NAMES:
        if all(name in record and "test" not in record for record in value):
            named = {str(record[name]): record for record in value}
            return named if len(named) == len(value) else None
    return None


def _changed(place: _Place, old: str, new: str) -> str:
    if not old:
        return f"{place.words}：新增“{new}”。"
    if not new:
        return f"{place.words}：删去“{old}”。"
    return f"{place.words}：由“{old}”改为“{new}”。"
