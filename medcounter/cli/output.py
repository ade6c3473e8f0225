"""Write answers and error messages: UTF-8 everywhere, JSON where promised.

Decides no exit code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import NamedTuple, TextIO

from medcounter.destinations import Destination
from medcounter.errors import MedCounterError


class OutputUnwritableError(MedCounterError):
    """文件写不出去，没有生成；请检查磁盘空间和文件夹权限后重试。"""


class Refusal(NamedTuple):
    """One error of the contract.

    Attributes:
        place: Of the item in the input, from 0.
        field: Dotted; empty when it is the whole item.
        code: One of the contract's codes.
        text: One Chinese sentence.
    """

    place: int
    field: str
    code: str
    text: str


def write(text: str) -> None:
    """Write one line to standard output."""
    _put(sys.stdout, f"{text}\n")


def complain(text: str) -> None:
    """Write one line to standard error; without one nobody can be told."""
    if sys.stderr is not None:
        _put(sys.stderr, f"{text}\n")


def compact(value: object) -> str:
    """Return a value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def pretty(value: object) -> str:
    """Return a value as JSON for people to read."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def refuse(refusals: Iterable[Refusal]) -> None:
    """Write all refusals as the one JSON object the contract promises."""
    errors = [
        {"index": place, "field": field or None, "code": code, "text": text}
        for place, field, code, text in refusals
    ]
    complain(compact({"errors": errors}))


def write_file(destination: Destination, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        OutputUnwritableError: The disk or its rights do not let us.
    """
    try:
        destination.write(data)
    except OSError as err:
        raise OutputUnwritableError(
            f"文件“{destination.path}”写不出去，没有生成；请检查磁盘空间和文件夹权限后重试。"
        ) from err


def _put(stream: TextIO | None, text: str) -> None:
    """Write text out at once.

    Raises:
        OutputUnwritableError: The disk behind it is full, or nobody gave us
            a standard output.
        BrokenPipeError: Whoever read has gone.
    """
    if stream is None:
        raise OutputUnwritableError("没有标准输出，结果写不出去；请把输出接到文件或管道后重试。")
    # The contract is UTF-8; a Windows console's own encoding has no say in it.
    data = text.encode("utf-8", "backslashreplace")
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as err:
        raise OutputUnwritableError(
            "结果写不出去，可能磁盘已满；请检查输出到的位置后重试。"
        ) from err
