"""Parse one cell of a list by the kind of its column, or say what is wrong.

A cell that lost information, such as the last digits of a number, is refused
and never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from medcounter.dates import DateUnreadableError
from medcounter.errors import MedCounterError
from medcounter.identity.id_number import IdNumber, read_id
from medcounter.roster.list_words import CROSSES, TICKS
from medcounter.roster.tables.book_process import NEVER_WORKED_OUT, Cell, LostValue
from medcounter.typed.typed_answers import TypedAnswer, read_answer, read_count
from medcounter.typed.typed_date import read_typed_date
from medcounter.typed.typed_text import plain, quote

Read = TypeVar("Read")
_DIGITS_KEPT = 15
_NUMBER_SIGNS = frozenset("0123456789.+E")
_LIKE_A_NUMBER = 8
_OLD_NUMBER = re.compile(r"[0-9]{15}")
# The signs in front of a text and the formula that is one: '3601… and ="3601…".
_KEPT_AS_TEXT = re.compile(r"""(?:=\s*)?["'`‘’“”]*(?P<number>[0-9]{15,17}[0-9Xx]?)["'`’”]*""")
_TIME_OF_DAY = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_WHOLE_YEAR = re.compile(r"(?:18|19|20)\d{2}|前年|去年|今年|本年|今天|今日|昨天|昨日")
_YEAR_AND_MONTH = re.compile(r"(?P<year>(?:18|19|20)\d{2})[-./年\s]*(?P<month>\d{1,2})月?")
_SHORT_MONTH = re.compile(r"(?P<year>\d{2})[-./年](?P<month>\d{1,2})月?")
_FIRST_OF_MONTH = re.compile(r"(?P<month>(?:18|19|20)\d{2}[-./年]\d{1,2})(?:[-./]|月)0?1日?")
_MONTHS = 12
_YEAR_WORD = re.compile(r"年度?$")
_DIGITS = re.compile(r"\d+")
_YEAR_DIGITS = 4
# 2019-24 is a span of years and no count.
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d{2}年?\s*[-~至到\u2013\u2014]+\s*\d{2}年?(?!\d)")
# More years than anybody lived; a year of the calendar stands in the wrong column.
_MOST_YEARS = 120


class CellFaultError(MedCounterError):
    """单元格里的内容没有读懂；请改正。"""

    def __init__(self, code: str, text: str) -> None:
        """Keep the stable word beside the sentence."""
        self.code = code
        super().__init__(text)


def text_of(cell: Cell) -> str:
    """Return a cell as text; whole numbers without a point."""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, LostValue):
        return cell.shown or NEVER_WORKED_OUT
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**_DIGITS_KEPT:
        return str(int(cell))
    return str(cell)


def id_of(cell: Cell) -> IdNumber | None:
    """Read the number of a document; None for an empty cell.

    Raises:
        CellFaultError: It was kept as a number, or is none that can be used.
    """
    text = text_of(cell)
    if not text:
        return None
    # Fifteen digits are all there: a table program loses those behind them.
    if (not isinstance(cell, str) and not _OLD_NUMBER.fullmatch(text)) or _is_scientific(text):
        raise CellFaultError(
            "id-as-number",
            f"证件号码 {quote(text)} 存成了数字，表格软件只保留前 {_DIGITS_KEPT} 位，"
            "后几位已经丢失、无法恢复；请把这一列设为文本格式，对照证件重填。",
        )
    # The mark that insists is for the counter, where somebody holds the document.
    read = read_id(_bare_number(text).rstrip("!"))
    if isinstance(read, IdNumber) or read is None:
        return read
    what = read.text.partition("；")[0].rstrip("。")
    raise CellFaultError(
        read.code, f"{quote(text)}：{what}；请对照证件改正，证件上确是如此的请到办理页逐人办理。"
    )


def _bare_number(text: str) -> str:
    """Take off what keeps a table program from shortening a number."""
    match = _KEPT_AS_TEXT.fullmatch(text)
    return match["number"] if match else text


def date_of(cell: Cell, label: str, on: date) -> date | None:
    """Read a day; None for an empty cell.

    Raises:
        CellFaultError: It is no day.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    if isinstance(cell, int | float) and len(text) != _LIKE_A_NUMBER:
        raise CellFaultError(
            "not-a-date",
            f"{label} {quote(text)} 是数字，不是日期；请把这一列设为文本或日期格式后重填。",
        )
    text = _TIME_OF_DAY.sub("", text)
    if year_and_month(cell) is not None or not _WHOLE_YEAR.search(text):
        raise CellFaultError(
            "not-a-date",
            f"{label} {quote(text)} 没有写全年、月、日；请写成 1988-07-12 这样的日期。",
        )
    try:
        return read_typed_date(text, on)
    except DateUnreadableError as err:
        raise CellFaultError("not-a-date", f"{label}：{err.text}") from err


def year_and_month(cell: Cell) -> tuple[int, int] | None:
    """Read a year with a month and no day, such as ``198807`` or ``1988年7月``."""
    match = _YEAR_AND_MONTH.fullmatch(text_of(cell))
    if match is None or not 1 <= int(match["month"]) <= _MONTHS:
        return None
    return int(match["year"]), int(match["month"])


def is_month_of(cell: Cell, day: date, *, without_day: bool) -> bool:
    """Return whether a cell says the month of a day that is known otherwise.

    Args:
        cell: Read as a year and a month.
        day: The day.
        without_day: Whether the column has no days, such as 出生年月. A table
            program keeps such a month as its first day, and ``88.07`` can mean
            no other month than July of ’88.
    """
    if not without_day:
        return year_and_month(cell) == (day.year, day.month)
    if isinstance(cell, date):
        return cell.day == 1 and (cell.year, cell.month) == (day.year, day.month)
    text = _TIME_OF_DAY.sub("", text_of(cell))
    short = _SHORT_MONTH.fullmatch(text)
    if short is not None:
        return (int(short["year"]), int(short["month"])) == (day.year % 100, day.month)
    first = _FIRST_OF_MONTH.fullmatch(text)
    return year_and_month(first["month"] if first else text) == (day.year, day.month)


def years_of(cell: Cell, label: str) -> tuple[int, ...] | None:
    """Read the years that somebody was insured; None for an empty cell.

    Each year is written whole: in a list ``10`` or ``10年`` may be how many.

    Raises:
        CellFaultError: It is anything else.
    """
    text = text_of(cell)
    outside = _DIGITS.findall(_SPAN_OF_YEARS.sub(" ", text))
    if any(len(word) < _YEAR_DIGITS for word in outside):
        raise CellFaultError(
            "unreadable",
            f"{label} {quote(text)} 不知是年份还是年数；请写全年份，如 2023、2024 或 2019-2024。",
        )
    found = answer_of(cell, "years", label)
    return found if isinstance(found, tuple) else None


def gap_of(cell: Cell, label: str) -> int | None:
    """Read how many years; None for an empty cell.

    Raises:
        CellFaultError: It is no whole number, or a year.
    """
    count = count_of(cell, label)
    if count is not None and count > _MOST_YEARS:
        raise CellFaultError("unreadable", f"{label} {count} 像是年份，应填有几年；请核对后改正。")
    return count


def count_of(cell: Cell, label: str) -> int | None:
    """Read a whole number from 0 on; None for an empty cell.

    Raises:
        CellFaultError: It is anything else.
    """
    return _typed(cell, lambda text: read_count(label, text))


def year_of(cell: Cell, label: str) -> int | None:
    """Read one year, with 年 or 年度 behind it or not; None for an empty cell.

    Raises:
        CellFaultError: It is anything else.
    """
    return _typed(cell, lambda text: read_count(label, _YEAR_WORD.sub("", text)))


def answer_of(cell: Cell, kind: str, label: str) -> TypedAnswer | None:
    """Read the answer to a question of the place; None for an empty cell.

    Raises:
        CellFaultError: It is no answer of that kind.
    """
    if kind == "bool" and (text := text_of(cell)) in TICKS | CROSSES:
        return text in TICKS
    return _typed(cell, lambda text: read_answer(kind, label, text))


def _typed(cell: Cell, read: Callable[[str], Read]) -> Read | None:
    text = text_of(cell)
    if not text:
        return None
    try:
        return read(text)
    except MedCounterError as err:
        raise CellFaultError("unreadable", err.text) from err


def _is_scientific(text: str) -> bool:
    """Tell a number a table program wrote short: ``3.60103E+17``."""
    return "E+" in text.upper() and set(text.upper()) <= _NUMBER_SIGNS
