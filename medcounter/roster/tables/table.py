"""Open a table file: xlsx, xls, ods or csv, recognised by content.

Yields rows of cells as stored, each with its number in the sheet. Interprets
no value, evaluates no formula and changes no file. Packed formats are read by
a separate process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from medcounter.files import open_plain
from medcounter.roster.roster_errors import (
    ListEmptyError,
    ListKindError,
    ListMissingError,
    ListTooLargeError,
    ListUnreadableError,
)
from medcounter.roster.tables.book_process import BookProcess, Cell
from medcounter.roster.tables.file_kinds import LOOKED_AT, not_a_list
from medcounter.roster.tables.text_table import read_csv

LARGEST_TEXT = 2_000_000_000
LARGEST_BOOK = 100_000_000
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LETTERS = 26


class ListRow(NamedTuple):
    """One row as it stands.

    Attributes:
        number: Of the row in its sheet, of the line in a csv file; from 1.
        cells: From the first column on.
        struck: Columns, from 0, whose text is struck through; not known of xlsb.
        formulas: Columns that hold a formula; known of xlsx.
    """

    number: int
    cells: tuple[Cell, ...]
    struck: tuple[int, ...] = ()
    formulas: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of a table.

    Attributes:
        name: Empty for a csv file.
        rows: Gives the rows anew at each call.
        hidden: Whether a table program does not show it.
    """

    name: str
    rows: Callable[[], Iterator[ListRow]]
    hidden: bool = False


def open_table(path: Path) -> tuple[ListSheet, ...]:
    """Open a table and name its sheets, in order.

    Args:
        path: The file somebody brought.

    Raises:
        ListError: It cannot be read; one subclass per cause.
    """
    try:
        with open_plain(path) as file:
            start = file.read(LOOKED_AT)
        size = path.stat().st_size
        if start.startswith((_PACKED, _OLD_OFFICE)):
            return _sheets(path, size)
    except FileNotFoundError as err:
        raise ListMissingError(f"没有找到名单文件“{path.name}”，请核对路径。") from err
    except OSError as err:
        raise ListUnreadableError from err
    if size > LARGEST_TEXT:
        raise ListTooLargeError
    if not size:
        raise ListEmptyError(f"“{path.name}”是空文件，没有导入任何人；请向填表单位重新要一份。")
    if text := not_a_list(path.name, start):
        raise ListKindError(text)
    return (ListSheet("", lambda: _text_rows(path)),)


def cell_name(row: int, column: int) -> str:
    """Name a cell as table programs do; row from 1, column from 0: ``C17``."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _sheets(path: Path, size: int) -> tuple[ListSheet, ...]:
    if size > LARGEST_BOOK:
        raise ListTooLargeError
    book = BookProcess(path)
    return tuple(
        ListSheet(name, _reader(book, place), hidden=not shown)
        for place, (name, shown) in enumerate(book.sheets)
    )


def _reader(book: BookProcess, place: int) -> Callable[[], Iterator[ListRow]]:
    return lambda: (ListRow(*row) for row in book.rows(place))


def _text_rows(path: Path) -> Iterator[ListRow]:
    try:
        for number, cells in read_csv(path):
            yield ListRow(number, tuple(cells))
    except OSError as err:
        raise ListUnreadableError from err
