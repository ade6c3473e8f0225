"""Write a list with its answers or its faults: csv or xlsx.

A file is complete or absent, and memory does not grow with the list. Every
cell is text, so that no spreadsheet program turns an ID number into a number
or a name into a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name

from medcounter.goals import Goal
from medcounter.roster.roster_errors import ListError
from medcounter.roster.writing.sheet_rows import SheetRows
from medcounter.spreadsheets import writing_workbook


class Put(Protocol):
    """Writes one row: its own cells, then those that many rows end with."""

    def __call__(self, cells: Sequence[str], ending: tuple[str, ...] = (), /) -> None:
        """Write one row."""


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


class ListKindUnknownError(ListError):
    """不知道要写成哪种文件，没有生成；请把文件名写成以 .xlsx 或 .csv 结尾。"""


class ListUnwritableError(ListError):
    """文件写不出去，没有生成；请检查磁盘空间和文件夹权限，关闭正打开它的程序后重试。"""


@contextmanager
def writing_rows(goal: Goal, headings: Sequence[tuple[str, int]]) -> Iterator[Put]:
    """Write rows of text one after another under their headings.

    Args:
        goal: Ends in ``.xlsx`` or ``.csv``.
        headings: Each with its width in characters.

    Raises:
        GoalTakenError: Something has come to lie there meanwhile.
        ListKindUnknownError: It ends in something else.
        ListTooLongError: More rows than a sheet has.
        ListUnwritableError: The disk or its rights do not let us.
    """
    writers = {XLSX: _xlsx, CSV: _csv}
    writer = writers.get(goal.path.suffix.lower())
    if writer is None:
        raise ListKindUnknownError
    try:
        with writer(goal, headings) as put:
            yield put
    except (OSError, XlsxWriterException) as err:
        raise ListUnwritableError(
            f"文件“{goal.path.name}”写不出去，没有生成；"
            "请检查磁盘空间和文件夹权限，关闭正打开它的程序后重试。"
        ) from err


def write_template(goal: Goal, columns: Iterable[tuple[str, str, Sequence[str]]]) -> None:
    """Write an empty list to be filled in, with its ID columns kept as text.

    Args:
        goal: Ends in ``.xlsx``.
        columns: Heading, hint, and what may be chosen there; all choices
            when empty.

    Raises:
        ListUnwritableError: The disk or its rights do not let us.
    """
    try:
        with writing_workbook(goal, row_by_row=False) as book:
            _fill_template(book, columns)
    except (OSError, XlsxWriterException) as err:
        raise ListUnwritableError from err


@contextmanager
def _csv(goal: Goal, headings: Sequence[tuple[str, int]]) -> Iterator[Put]:
    with goal.writing() as made, made.open("w", encoding="utf-8", newline="") as file:
        as_text = csv.writer(_AsText()).writerow
        file.write(_MARK + as_text([text for text, _ in headings]))
        # Kept with the cells, so that no others have their place in memory.
        endings: dict[int, tuple[tuple[str, ...], str]] = {}

        def put(cells: Sequence[str], ending: tuple[str, ...] = (), /) -> None:
            line = as_text([_harmless(cell) for cell in cells])
            if ending:
                kept = endings.get(id(ending))
                if kept is None:
                    if len(endings) >= _MOST_KEPT:
                        endings.clear()
                    kept = (ending, as_text([_harmless(cell) for cell in ending]))
                    endings[id(ending)] = kept
                line = f"{line[:-_LINE_END]},{kept[1]}"
            file.write(line)

        yield put


class _AsText:
    """Takes what a csv writer writes, and hands it back."""

    def write(self, text: str) -> str:
        """Hand a row back as text."""
        return text


def _harmless(cell: str) -> str:
    """Keep a table program from taking text for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


@contextmanager
def _xlsx(goal: Goal, headings: Sequence[tuple[str, int]]) -> Iterator[Put]:
    with writing_workbook(goal, row_by_row=True) as book:
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
    return SheetRows(sheet, text).put


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
