"""Write a list with its answers or its faults: csv or xlsx.

A file is complete or absent, and memory does not grow with the list. Every
cell is text, so that no spreadsheet program turns an ID number into a number
or a name into a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TextIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name

from medcounter.destinations import Destination
from medcounter.roster.roster_errors import ListError
from medcounter.roster.writing.sheet_rows import SheetRows
from medcounter.spreadsheets import writing_workbook


class Put(Protocol):
    """Writes one row: its own cells, then those that many rows end with."""

    def __call__(self, cells: Sequence[str], ending: tuple[str, ...] = (), /) -> None:
        """Write one row."""

    def columns(self, columns: Sequence[Sequence[str]], endings: Sequence[tuple[str, ...]]) -> None:
        """Write many rows: their own cells by columns, and what each ends with."""


XLSX, CSV = ".xlsx", ".csv"
# Excel reads UTF-8 only where this mark stands first.
_MARK = "\ufeff"
_SHEET, _CHOICES = "名单", "可选内容"
_ROWS_OFFERED = 20_000
_TEXT = {"num_format": "@"}
_BOLD = {"bold": True, "bg_color": "#E8EEF4", "num_format": "@"}
# What a csv writer ends each row with.
_LINE_END = 2
_MOST_KEPT = 50_000
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# Cells one after another as one text, and what in it needs quoting or is no harmless beginning.
_BETWEEN = "\n"
_UNUSUAL = re.compile('[",\r]|\n[=+\\-@\t]')


class ListKindUnknownError(ListError):
    """不知道要写成哪种文件，没有生成；请把文件名写成以 .xlsx 或 .csv 结尾。"""


class ListUnwritableError(ListError):
    """文件写不出去，没有生成；请检查磁盘空间和文件夹权限，关闭正打开它的程序后重试。"""


@contextmanager
def writing_rows(destination: Destination, headings: Sequence[tuple[str, int]]) -> Iterator[Put]:
    """Write rows of text one after another under their headings.

    Args:
        destination: Ends in ``.xlsx`` or ``.csv``.
        headings: Each with its width in characters.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        ListKindUnknownError: It ends in something else.
        ListTooLongError: More rows than a sheet has.
        ListUnwritableError: The disk or its rights do not let us.
    """
    writers = {XLSX: _xlsx, CSV: _csv}
    writer = writers.get(destination.path.suffix.lower())
    if writer is None:
        raise ListKindUnknownError
    try:
        with writer(destination, headings) as put:
            yield put
    except (OSError, XlsxWriterException) as err:
        raise ListUnwritableError(
            f"文件“{destination.path.name}”写不出去，没有生成；"
            "请检查磁盘空间和文件夹权限，关闭正打开它的程序后重试。"
        ) from err


def write_template(
    destination: Destination, columns: Iterable[tuple[str, str, Sequence[str]]]
) -> None:
    """Write an empty list to be filled in, with its ID columns kept as text.

    Args:
        destination: Ends in ``.xlsx``.
        columns: Heading, hint, and what may be chosen there; all choices
            when empty.

    Raises:
        ListUnwritableError: The disk or its rights do not let us.
    """
    try:
        with writing_workbook(destination, row_by_row=False) as book:
            _fill_template(book, columns)
    except (OSError, XlsxWriterException) as err:
        raise ListUnwritableError from err


@contextmanager
def _csv(destination: Destination, headings: Sequence[tuple[str, int]]) -> Iterator[Put]:
    with destination.writing() as made, made.open("w", encoding="utf-8", newline="") as file:
        put = _CsvRows(file)
        file.write(_MARK)
        put([text for text, _ in headings])
        yield put


class _CsvRows:
    """Appends rows to a csv file; what many end with is laid out once."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._as_text = csv.writer(_AsText()).writerow
        # Kept with the cells, so that no others have their place in memory.
        self._endings: dict[int, tuple[tuple[str, ...], str]] = {}

    def __call__(self, cells: Sequence[str], ending: tuple[str, ...] = (), /) -> None:
        line = self._line(cells)
        self._file.write(f"{line[:-_LINE_END]},{self._end(ending)}" if ending else line)

    def columns(self, columns: Sequence[Sequence[str]], endings: Sequence[tuple[str, ...]]) -> None:
        """Write many rows, laid out by columns."""
        lines = zip(*map(self._cells, columns), map(self._end, endings), strict=True)
        self._file.write("".join(map(",".join, lines)))

    def _line(self, cells: Sequence[str]) -> str:
        line: str = self._as_text([_harmless(cell) for cell in cells])
        return line

    def _end(self, ending: tuple[str, ...]) -> str:
        kept = self._endings.get(id(ending))
        if kept is None:
            if len(self._endings) >= _MOST_KEPT:
                self._endings.clear()
            kept = self._endings[id(ending)] = (ending, self._line(ending))
        return kept[1]

    def _cells(self, column: Sequence[str]) -> Sequence[str]:
        """Lay out a column; as it is where no cell holds anything unusual."""
        text = _BETWEEN + _BETWEEN.join(column)
        if text.count(_BETWEEN) == len(column) and _UNUSUAL.search(text) is None:
            return column
        # A cell alone would be quoted where it is empty.
        return [self._line(("", cell))[1:-_LINE_END] for cell in column]


class _AsText:
    """Takes what a csv writer writes, and hands it back."""

    def write(self, text: str) -> str:
        """Hand a row back as text."""
        return text


def _harmless(cell: str) -> str:
    """Keep a table program from taking text for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


@contextmanager
def _xlsx(destination: Destination, headings: Sequence[tuple[str, int]]) -> Iterator[Put]:
    with writing_workbook(destination, row_by_row=True) as book:
        yield _sheet_writer(book, headings)


def _sheet_writer(book: Workbook, headings: Sequence[tuple[str, int]]) -> Put:
    sheet = book.add_worksheet(_SHEET)
    bold = book.add_format(_BOLD)
    text = book.add_format(_TEXT)
    for column, (_, width) in enumerate(headings):
        sheet.set_column(column, column, width, text)
    sheet.freeze_panes(1, 0)
    for column, (heading, _) in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    return SheetRows(sheet, text)


def _fill_template(book: Workbook, columns: Iterable[tuple[str, str, Sequence[str]]]) -> None:
    sheet = book.add_worksheet(_SHEET)
    lists = book.add_worksheet(_CHOICES)
    bold, text = book.add_format(_BOLD), book.add_format(_TEXT)
    for column, (heading, hint, choices) in enumerate(columns):
        sheet.set_column(column, column, 20, text)
        sheet.write_string(0, column, heading, bold)
        if hint:
            sheet.write_comment(0, column, hint)
        lists.write_string(0, column, heading, bold)
        for row, choice in enumerate(choices, 1):
            lists.write_string(row, column, choice, text)
        if choices:
            letter = xl_col_to_name(column)
            source = f"='{_CHOICES}'!${letter}$2:${letter}${len(choices) + 1}"
            # Several identities may stand in one cell, so a choice is offered, not forced.
            rule = {"validate": "list", "source": source, "error_type": "information"}
            sheet.data_validation(1, column, _ROWS_OFFERED, column, rule)
    sheet.freeze_panes(1, 0)
