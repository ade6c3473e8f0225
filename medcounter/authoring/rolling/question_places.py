"""Describe in Chinese where an asked value occurs.

An amount that several people pay by chance may part in the new year: it is one question,
but it can be answered for each of its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.roll_records import AskedKind, Occurrence, RollQuestion
from medcounter.json_path import JsonPath
from medcounter.rules.code_labels import LABELS

_MOST_PLACES = 4
_LONGEST = 40
_DEPTH = 2
_BLANK = re.compile(r"\{[^{}]*\}")


def with_places(document: PlaceDocument, question: RollQuestion) -> RollQuestion:
    """Return a question whose text names where its value is used.

    A period is named by its own label and needs no more. An amount has a part for
    each place.
    """
    if question.kind is AskedKind.PERIOD:
        return question
    whole = [one for one in question.occurrences if one.span is None] or question.occurrences
    places = list(dict.fromkeys(place for one in whole if (place := _place(document, one))))
    if not places:
        return question
    more = "；……" if len(places) > _MOST_PLACES else ""
    text = f"{question.text}用在：{'；'.join(places[:_MOST_PLACES])}{more}。"
    placed = replace(question, text=text)
    if question.kind is not AskedKind.AMOUNT or len(places) == 1:
        return placed
    parts = tuple(replace(question.parts[0], label=place) for place in places)
    return replace(placed, parts=parts, occurrences=tuple(_parted(document, placed, places)))


def _parted(
    document: PlaceDocument, question: RollQuestion, places: list[str]
) -> Iterator[Occurrence]:
    """Yield each occurrence as a part of its place, a sentence as of its rule."""
    depth = len(document.base) + _DEPTH
    first: dict[JsonPath, int] = {}
    for one in question.occurrences:
        if one.span is None and (place := _place(document, one)):
            first.setdefault(one.path[:depth], places.index(place))
    for one in question.occurrences:
        own = _place(document, one) if one.span is None else ""
        part = places.index(own) if own in places else first.get(one.path[:depth], 0)
        yield replace(one, part=part)


def _place(document: PlaceDocument, one: Occurrence) -> str:
    """Describe where a value occurs: the rule, item or sentence."""
    record = document.at(one.path[: len(document.base) + _DEPTH])
    if one.span is not None:
        text = str(document.at(one.path))
        return f"“{text[:_LONGEST]}{'……' if len(text) > _LONGEST else ''}”"
    if not isinstance(record, dict):
        return ""
    labels = [*_labels_above(document, one.path), *map(_label, record.get("grounds", ()))]
    if labels and record.get("question") == "standard":
        return f"{'、'.join(labels)}：{_record_words(record)}"
    if labels:
        return "、".join(labels)
    return without_blanks(str(record.get("fails") or record.get("applies") or ""))


def without_blanks(sentence: str) -> str:
    """Return a rule's sentence as part of another, its blanks and full stop left out."""
    return _BLANK.sub("…", sentence).rstrip("。")


def _record_words(record: Mapping[str, Any]) -> str:
    """Return a rule's sentence with its blanks left out, cut short."""
    return without_blanks(record["applies"])[:_LONGEST]


def _labels_above(document: PlaceDocument, path: JsonPath) -> Iterator[str]:
    """Yield the label of the item or answer that holds a value."""
    for length in range(len(document.base) + _DEPTH + 1, len(path)):
        held = document.at(path[:length])
        if isinstance(held, dict) and isinstance(held.get("label"), str):
            yield held["label"]


def _label(code: str) -> str:
    return LABELS.get(code, code)
