"""The number of a notice: ``2025-03-000127``.

Year of issue, two digits of the desk, six digits that restart each year. The
ledger decides which number is next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from medcounter.errors import MedCounterError

PRACTICE = "练习"
LAST_SEQUENCE = 999_999
LAST_CLOSE = 9999
_FIRST_YEAR, _LAST_YEAR = 2000, 9999
_DESK = re.compile(r"[0-9]{2}")


class NumberNotWritableError(MedCounterError):
    """无法生成编号，不能出单；请在设置里核对窗口号后重试。"""


def format_number(year: int, desk: str, sequence: int) -> str:
    """Write the number of a notice.

    Args:
        year: Year of issue, 2000 to 9999.
        desk: Two digits, such as ``"03"``.
        sequence: From 1 to 999999, both inclusive.

    Raises:
        NumberNotWritableError: A part does not fit its place.
    """
    if not _DESK.fullmatch(desk):
        raise NumberNotWritableError(
            f"窗口号“{desk}”不是两位数字，无法生成编号，不能出单；请在设置里改成 03 这样的窗口号。"
        )
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise NumberNotWritableError(
            f"窗口 {desk} 在 {year} 年的流水号 {sequence} 不在 1 至 {LAST_SEQUENCE} 之间，"
            "不能出单；请换一个窗口号后重试。"
        )
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NumberNotWritableError(
            f"出单年份 {year} 不对，无法生成编号，不能出单；请核对电脑的日期后重试。"
        )
    return f"{year}-{desk}-{sequence:06d}"


def format_close_number(year: int, desk: str, sequence: int) -> str:
    """Write the number of a day's close: ``2026-03-D0012``.

    Args:
        year: Year of the close, 2000 to 9999.
        desk: Two digits, such as ``"03"``.
        sequence: From 1 to 9999, both inclusive.

    Raises:
        NumberNotWritableError: A part does not fit its place.
    """
    begun = format_number(year, desk, min(max(sequence, 1), LAST_SEQUENCE)).rpartition("-")[0]
    if not 1 <= sequence <= LAST_CLOSE:
        raise NumberNotWritableError(
            f"窗口 {desk} 在 {year} 年的日结序号 {sequence} 不在 1 至 {LAST_CLOSE} 之间，"
            "不能日结；请换一个窗口号后重试。"
        )
    return f"{begun}-D{sequence:04d}"


def shown_number(written: str, *, practice: bool) -> str:
    """Write a number as it stands on paper; an exercise's says so."""
    return f"{PRACTICE}-{written}" if practice else written


def number_span(numbers: Sequence[str]) -> str:
    """Write several numbers: those in sequence as 2025-03-000127 至 000129."""
    heads = {number.rpartition("-")[0] for number in numbers}
    places = [int(number.rpartition("-")[2]) for number in numbers]
    in_sequence = all(one - place == places[0] for place, one in enumerate(places))
    if len(numbers) > 1 and len(heads) == 1 and in_sequence:
        return f"{numbers[0]} 至 {numbers[-1].rpartition('-')[2]}"
    return "、".join(numbers)
