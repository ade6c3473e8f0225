"""Read one cell of a list as what its column says, or say what is wrong.

A cell that lost something on its way, such as the last digits of a number,
is refused and never repaired.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from medcounter.dates import DateUnreadableError
from medcounter.errors import MedCounterError
from medcounter.identity.id_number import IdNumber, read_id
from medcounter.identity.typed_answers import read_answer, read_count
from medcounter.identity.typed_date import read_typed_date
from medcounter.identity.typed_text import plain, quote
from medcounter.roster.book_process import Cell

Read = TypeVar("Read")
_DIGITS_KEPT = 15
_NUMBER_SIGNS = frozenset("0123456789.+E")
_LIKE_A_NUMBER = 8


class CellFaultError(MedCounterError):
    """单元格里的内容没有读懂；请改正。"""

    def __init__(self, code: str, text: str) -> None:
        """Keep the stable word beside the sentence."""
        self.code = code
        super().__init__(text)


def text_of(cell: Cell) -> str:
    """Give a cell as text; whole numbers without a point."""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
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
    if not isinstance(cell, str) or _is_scientific(text):
        raise CellFaultError(
            "id-as-number",
            f"证件号码 {quote(text)} 存成了数字，表格软件只保留前 {_DIGITS_KEPT} 位，"
            "后几位已经丢失、无法恢复；请把这一列设为文本格式，对照证件重填。",
        )
    # The mark that insists is for the counter, where somebody holds the document.
    read = read_id(text.rstrip("!"))
    if isinstance(read, IdNumber) or read is None:
        return read
    what = read.text.partition("；")[0].rstrip("。")
    raise CellFaultError(
        read.code, f"{quote(text)}：{what}；请对照证件改正，证件上确是如此的请到办理页逐人办理。"
    )


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
    try:
        return read_typed_date(text, on)
    except DateUnreadableError as err:
        raise CellFaultError("not-a-date", f"{label}：{err.text}") from err


def count_of(cell: Cell, label: str) -> int | None:
    """Read a whole number from 0 on; None for an empty cell.

    Raises:
        CellFaultError: It is anything else.
    """
    return _typed(cell, lambda text: read_count(label, text))


def answer_of(cell: Cell, kind: str, label: str) -> object:
    """Read the answer to a question of the place; None for an empty cell.

    Raises:
        CellFaultError: It is no answer of that kind.
    """
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
