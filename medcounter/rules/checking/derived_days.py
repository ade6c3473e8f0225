"""Derive a period's days from its condition, so that none is written twice.

New with format 2: ``answer.from`` and ``answer.to`` may be left out where the
condition names both days, and may not differ from it where they are written.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from medcounter.rules.values import resolve_day

_FIRST_FORMAT = 2
# Any year shows which of two days is the later one.
_SOME_YEAR = 2026


class Ends(NamedTuple):
    """Ends of a stretch of payment days as written, inclusive; None is open."""

    start: str | None
    end: str | None


_OPEN = Ends(None, None)


def fill_derived_days(document: object) -> None:
    """Fill in the days of the periods of a bundle's document, in place.

    Only where a rule of the question ``window``, or a reading of it, leaves both
    out and its condition names both. What has not the shape of a bundle is left
    as it is.
    """
    if not isinstance(document, dict) or not is_strict(document):
        return
    for rule in _window_rules(document):
        _fill(rule.get("answer"), rule.get("when"))
        readings = rule.get("readings")
        for reading in readings if isinstance(readings, list) else []:
            if isinstance(reading, dict):
                _fill(reading.get("answer"), reading.get("when", rule.get("when")))


def _fill(answer: object, when: object) -> None:
    if not isinstance(answer, dict) or not _left_out(answer):
        return
    ends = payment_span(when)
    if ends.start is not None and ends.end is not None:
        answer["from"], answer["to"] = ends


def payment_span(when: object) -> Ends:
    """Name the first and last payment day that a condition as written allows.

    Days of the month that are left out, and whom else it asks for, are ignored:
    it is the whole period that is named. Open where the condition names no day.
    """
    if not isinstance(when, dict):
        return _OPEN
    parts = when.get("of")
    if when.get("test") == "paid":
        return Ends(_readable(when.get("from")), _readable(when.get("to")))
    if when.get("test") == "all" and isinstance(parts, list):
        spans = [payment_span(part) for part in parts]
        return Ends(
            _last([one.start for one in spans if one.start]),
            _first([one.end for one in spans if one.end]),
        )
    if when.get("test") == "any" and isinstance(parts, list):
        spans = [payment_span(part) for part in parts]
        starts, ends = [one.start for one in spans], [one.end for one in spans]
        return Ends(
            None if None in starts else _first([one for one in starts if one]),
            None if None in ends else _last([one for one in ends if one]),
        )
    return _OPEN


def is_strict(document: object) -> bool:
    """Return whether a document says that it is of format 2 or later."""
    found = document.get("format") if isinstance(document, dict) else None
    return isinstance(found, int) and found >= _FIRST_FORMAT


def _window_rules(document: dict[str, Any]) -> list[dict[str, Any]]:
    programmes = document.get("programmes")
    found = []
    for programme in programmes if isinstance(programmes, list) else []:
        rules = programme.get("rules") if isinstance(programme, dict) else None
        found += [
            rule
            for rule in (rules if isinstance(rules, list) else [])
            if isinstance(rule, dict) and rule.get("question") == "window"
        ]
    return found


def _left_out(answer: dict[str, Any]) -> bool:
    return answer.get("kind") != "closed" and "from" not in answer and "to" not in answer


def _readable(day: object) -> str | None:
    """Return a day as written; None where it is none, which loading then says."""
    if not isinstance(day, str):
        return None
    try:
        resolve_day(day, _SOME_YEAR)
    except ValueError:
        return None
    return day


def _day(text: str) -> date:
    return resolve_day(text, _SOME_YEAR)


def _first(days: list[str]) -> str | None:
    return min(days, key=_day) if days else None


def _last(days: list[str]) -> str | None:
    return max(days, key=_day) if days else None
