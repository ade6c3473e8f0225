"""Write answers and refusals: UTF-8 on any machine, JSON where promised.

Answers nothing and decides no exit code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import NamedTuple, TextIO

from medcounter.assess.facts import Problem


class Refusal(NamedTuple):
    """A problem and the place of its item in the input, from 0."""

    place: int
    problem: Problem


def write(text: str) -> None:
    """Write one line to standard output."""
    _put(sys.stdout, f"{text}\n")


def complain(text: str) -> None:
    """Write one line to standard error."""
    _put(sys.stderr, f"{text}\n")


def compact(value: object) -> str:
    """Give a value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def pretty(value: object) -> str:
    """Give a value as JSON for people to read."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def refuse(refusals: Iterable[Refusal]) -> None:
    """Write all refusals as the one JSON object the contract promises."""
    errors = [
        {
            "index": place,
            "field": problem.field or None,
            "code": problem.code,
            "text": problem.text,
        }
        for place, problem in refusals
    ]
    complain(compact({"errors": errors}))


def _put(stream: TextIO, text: str) -> None:
    # The contract is UTF-8; a Windows console's own encoding has no say in it.
    data = text.encode("utf-8", "backslashreplace")
    stream.flush()
    stream.buffer.write(data)
    stream.flush()
