"""Open the table somebody brought: xlsx, xls, ods or csv, told by content.

Gives rows of cells as they stand, each with its number in the sheet. Judges
no value, runs no formula and changes no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from medcounter.roster.errors import (
    ListBrokenError,
    ListKindError,
    ListLockedError,
    ListMissingError,
    ListTooLargeError,
    ListUnreadableError,
)
from medcounter.roster.guard import check_packed
from medcounter.roster.text_table import read_csv

Cell = str | int | float | bool | date | datetime | time | timedelta

LARGEST_TEXT = 2_000_000_000
LARGEST_BOOK = 100_000_000
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LETTERS = 26


class Row(NamedTuple):
    """One row as it stands.

    Attributes:
        number: Of the row in its sheet, of the line in a csv file; from 1.
        cells: From the first column on.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a table.

    Attributes:
        name: Empty for a csv file.
        rows: Gives the rows anew at each call.
    """

    name: str
    rows: Callable[[], Iterator[Row]]


def open_table(path: Path) -> tuple[Sheet, ...]:
    """Open a table and name its sheets, in order.

    Args:
        path: The file somebody brought.

    Raises:
        ListError: It cannot be read; one subclass per cause.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLD_OFFICE))
        size = path.stat().st_size
        packed = start.startswith(_PACKED)
        if packed or start == _OLD_OFFICE:
            return _sheets(path, size, packed=packed)
    except FileNotFoundError as err:
        raise ListMissingError(f"没有找到名单文件“{path.name}”，请核对路径。") from err
    except OSError as err:
        raise ListUnreadableError from err
    if size > LARGEST_TEXT:
        raise ListTooLargeError
    return (Sheet("", lambda: _text_rows(path)),)


def cell_name(row: int, column: int) -> str:
    """Name a cell as table programs do; row from 1, column from 0: ``C17``."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _sheets(path: Path, size: int, *, packed: bool) -> tuple[Sheet, ...]:
    if size > LARGEST_BOOK:
        raise ListTooLargeError
    if packed:
        check_packed(path)
    try:
        book = CalamineWorkbook.from_path(path)
        return tuple(Sheet(name, _reader(book, name)) for name in book.sheet_names)
    except PasswordError as err:
        raise ListLockedError from err
    except CalamineError as err:
        raise (ListKindError if packed else ListBrokenError) from err


def _reader(book: CalamineWorkbook, name: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        try:
            sheet = book.get_sheet_by_name(name)
        except CalamineError as err:
            raise ListBrokenError(
                f"工作表“{name}”读不出，没有导入任何人；请在表格软件中打开另存后再导入。"
            ) from err
        return _filled(_numbered(sheet), sheet)

    return rows


def _numbered(sheet: CalamineSheet) -> Iterator[Row]:
    """Give the rows with their numbers; the library leaves out empty columns before."""
    before = ("",) * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield Row(number, (*before, *cells))


def _filled(rows: Iterable[Row], sheet: CalamineSheet) -> Iterator[Row]:
    """Write what stands in a merged column into each of its rows.

    A village is often written once beside its people.
    """
    down = {
        (row, column): first
        for (first, left), (last, right) in sheet.merged_cell_ranges or ()
        if left == right
        for row in range(first + 1, last + 1)
        for column in (left,)
    }
    if not down:
        yield from rows
        return
    wanted = {(first, column) for (_, column), first in down.items()}
    seen: dict[tuple[int, int], Cell] = {}
    for number, cells in rows:
        row = number - 1
        filled = list(cells)
        for column, cell in enumerate(cells):
            if (row, column) in wanted:
                seen[row, column] = cell
            elif (first := down.get((row, column))) is not None:
                filled[column] = seen.get((first, column), cell)
        yield Row(number, tuple(filled))


def _text_rows(path: Path) -> Iterator[Row]:
    try:
        for number, cells in read_csv(path):
            yield Row(number, tuple(cells))
    except OSError as err:
        raise ListUnreadableError from err
