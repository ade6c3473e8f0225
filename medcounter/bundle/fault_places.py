"""Say where a fault lies as its author sees it: file, line, place, rule.

A path into the joined document counts over all files; nobody can find
``programmes[1].rules[14]`` in a folder. Opens no file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from medcounter.json_path import JsonPath, parse_path, show_path
from medcounter.rules.checking.schema import LISTS
from medcounter.rules.faults import Fault
from medcounter.rules.load import HEADER
from medcounter.strict_json import StrictJsonError, read_strict
from medcounter.wording.difference_words import title

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"
# Lists within a record whose members are named in the sentence.
_NAMED = ("rules", "drops", "advice", "conflicts", "asks")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A record in the file it was written in."""

    file: str
    steps: JsonPath


class FaultPlaces:
    """Where the parts of one bundle were written.

    Its files are those of a folder; a single file has one, whose name is empty.
    """

    def __init__(self, parts: Mapping[str, bytes], brought: AbstractSet[str] = frozenset()) -> None:
        """Read the parts; one that is no JSON object says nothing.

        Args:
            parts: File name to bytes, as they were joined.
            brought: Names of those that are not the author's.
        """
        self._brought = brought
        self._texts: dict[str, str] = {}
        self._spots: dict[tuple[str, int], _Spot] = {}
        self._whole: dict[str, Any] = {}
        for name in sorted(parts, key=lambda one: (one != HEADER, one)):
            try:
                part = read_strict(parts[name])
            except StrictJsonError:
                continue
            if isinstance(part, dict):
                self._texts[name] = parts[name].decode()
                self._add(name, part)

    def _add(self, name: str, part: dict[str, Any]) -> None:
        for key, value in part.items():
            if key not in LISTS or not isinstance(value, list):
                self._whole.setdefault(key, value)
                continue
            together = self._whole.setdefault(key, [])
            for place in range(len(value)):
                self._spots[key, len(together) + place] = _Spot(name, (key, place))
            self._whole[key] = [*together, *value]

    def of_author(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Leave out what lies in parts that the author did not write."""
        return tuple(fault for fault in faults if self._spot(fault).file not in self._brought)

    def written(self, kind: str) -> tuple[int, ...]:
        """Return the positions of the records that the author wrote.

        Args:
            kind: Which list: ``programmes``, ``sources``, ``examples``.
        """
        return tuple(
            place
            for (key, place), spot in self._spots.items()
            if key == kind and spot.file not in self._brought
        )

    def _spot(self, fault: Fault) -> _Spot:
        """Return where a fault's record was written; of none it is of no file."""
        steps = parse_path(fault.path)
        place = steps[1] if len(steps) > 1 else None
        known = self._spots.get((str(steps[0]), place)) if isinstance(place, int) else None
        return known or _Spot("", steps)

    def located(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Return the faults with their places said for people, file by file."""
        found = [self._located(fault) for fault in faults]
        return tuple(fault for _, fault in sorted(found, key=lambda one: one[0]))

    def _located(self, fault: Fault) -> tuple[tuple[str, int], Fault]:
        """Return a fault with its place, and its file and line to sort by."""
        if fault.place or ":" in fault.path or not self._texts:
            return ("", 0), fault
        steps = parse_path(fault.path)
        file, local = next(iter(self._texts)), steps
        if len(steps) > 1 and isinstance(steps[1], int):
            spot = self._spots.get((str(steps[0]), steps[1]))
            if spot is not None:
                file, local = spot.file, (*spot.steps, *steps[2:])
        words, rest = self._labels(steps)
        line = line_of(self._texts[file], local)
        parts = [self._line(file, line), *words, show_path(rest)]
        place = "，".join(part for part in parts if part)
        return (file if file != HEADER else "", line), replace(fault, place=place)

    def _line(self, file: str, line: int) -> str:
        name = file if len(self._texts) > 1 else ""
        if "\n" not in self._texts[file].strip():
            return name
        return f"{name} 第 {line} 行".strip()

    def _labels(self, steps: JsonPath) -> tuple[list[str], JsonPath]:
        """Name the records a path leads through; return what is left of it."""
        words: list[str] = []
        here: Any = self._whole
        rest = steps
        for depth, step in enumerate(steps):
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                break
            kind = str(steps[depth - 1]) if depth else ""
            if isinstance(step, int) and isinstance(here, dict) and self._is_record(steps, depth):
                words.append(self._title(kind, here))
                rest = steps[depth + 1 :]
        return words, rest

    def _is_record(self, steps: JsonPath, depth: int) -> bool:
        if depth == 1:
            return steps[0] in LISTS
        return (steps[0] == "programmes" and steps[depth - 1] in _NAMED) or (
            steps[0] == "vocabulary" and depth == 2  # noqa: PLR2004 -- vocabulary, kind, place
        )

    def _title(self, kind: str, record: dict[str, Any]) -> str:
        regions = {
            str(one.get("code")): str(one.get("name"))
            for one in self._whole.get("regions", [])
            if isinstance(one, dict)
        }
        name = str(record.get("id") or record.get("code") or record.get("rule") or "")
        try:
            return title(kind, name, record, regions)
        except (KeyError, TypeError):
            # A misshapen record says as much as it has.
            return name


def line_of(text: str, steps: JsonPath) -> int:
    """Count on which line of a JSON text a path leads to; the first is 1.

    Where the path ends before its last step, the line of the deepest part there is.
    """
    place = _after_space(text, 0)
    for depth, step in enumerate(steps):
        found = _child(text, place, step)
        if found is None:
            # A key may hold dots itself: ``expect`` names fields of the contract.
            found = _child(text, place, ".".join(str(one) for one in steps[depth:]))
            return text.count("\n", 0, place if found is None else found) + 1
        place = found
    return text.count("\n", 0, place) + 1


def _child(text: str, place: int, step: str | int) -> int | None:
    """Find where a member's value begins; None where there is no such member."""
    closing = {"{": "}", "[": "]"}.get(text[place])
    if closing is None or (closing == "}") is isinstance(step, int):
        return None
    place = _after_space(text, place + 1)
    number = 0
    while text[place] != closing:
        here: str | int = number
        if closing == "}":
            here, place = _DECODER.raw_decode(text, place)
            place = _after_space(text, _after_space(text, place) + 1)
        if here == step:
            return place
        _, place = _DECODER.raw_decode(text, place)
        place = _after_space(text, place)
        if text[place] == ",":
            place = _after_space(text, place + 1)
        number += 1
    return None


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place
