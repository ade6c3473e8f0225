"""Write the sheet as a table for an office that checks on a screen: xlsx.

Every cell is text, so that nothing in it becomes a formula; only the columns for
ticks and remarks may be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from medcounter.authoring.sign_sheet import sign_columns as columns
from medcounter.authoring.sign_sheet.sign_errors import SignTableUnwritableError
from medcounter.authoring.sign_sheet.sign_manuscript import TITLE
from medcounter.authoring.sign_sheet.sign_sheet import SignSheet
from medcounter.destinations import Destination
from medcounter.spreadsheets import writing_workbook

_HEADING_ROW = 4
_ROWS_FOR_REMARKS = 8
_A4 = 9
_WRAPPED = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1}
_PROTECTED = {
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_sign_table(sheet: SignSheet, destination: Destination) -> None:
    """Write the sheet to be ticked.

    Args:
        sheet: Everything on it.
        destination: Ends in ``.xlsx``.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        SignTableUnwritableError: The disk or its rights do not let us.
    """
    try:
        with writing_workbook(destination, row_by_row=False) as book:
            looks = _Looks.of(book)
            for name, headings, rows in (
                (columns.VALUES_SHEET, columns.VALUE_COLUMNS, _values(sheet)),
                (columns.RESIDENTS_SHEET, columns.RESIDENT_COLUMNS, _residents(sheet)),
            ):
                page = book.add_worksheet(name)
                _set_up(page, looks, headings)
                _write_head(page, looks, sheet, headings)
                _write_rows(page, looks, headings, rows)
    except (OSError, XlsxWriterException) as err:
        raise SignTableUnwritableError(
            f"审签单“{destination.path.name}”写不出去，没有生成；"
            "请检查磁盘空间和文件夹权限，关闭正打开它的程序后重试。"
        ) from err


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look: shown ones are locked, those to fill in are not."""

    title: Format
    plain: Format
    heading: Format
    shown: Format
    open: Format
    mark: Format

    @classmethod
    def of(cls, book: Workbook) -> _Looks:
        """Make the looks of a book."""
        return cls(
            title=book.add_format({"num_format": "@", "bold": True, "font_size": 14}),
            plain=book.add_format({"num_format": "@"}),
            heading=book.add_format({**_WRAPPED, "bold": True, "bg_color": "#E8EEF4"}),
            shown=book.add_format(_WRAPPED),
            open=book.add_format({**_WRAPPED, "locked": False, "bg_color": "#FFFBE6"}),
            mark=book.add_format(
                {"num_format": "@", "valign": "top", "font_size": 6, "font_color": "#808080"}
            ),
        )


def _values(sheet: SignSheet) -> Iterator[tuple[str, ...]]:
    for section, card in sheet.cards:
        doubt = f"{card.status}：{card.doubt}" if card.doubt else card.status
        grade = f"（{card.grade} 级）" if card.grade else ""
        above = f"沿用{card.inherited_from}：" if card.inherited_from else ""
        ground = f"{above}{card.ground}{grade}"
        for line in card.lines:
            item = f"{card.title} · {line.label}"
            yield section.title, item, line.value, ground, doubt, "", "", line.mark


def _residents(sheet: SignSheet) -> Iterator[tuple[str, ...]]:
    for one in sheet.residents.rows:
        yield *one.shown, "", "", one.mark


def _set_up(page: Worksheet, looks: _Looks, headings: Sequence[tuple[str, int]]) -> None:
    for column, (_, width) in enumerate(headings):
        page.set_column(column, column, width, looks.plain)
    page.freeze_panes(_HEADING_ROW + 1, 2)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADING_ROW)
    page.set_footer("&C第 &P/&N 页")
    page.protect("", _PROTECTED)


def _write_head(
    page: Worksheet, looks: _Looks, sheet: SignSheet, headings: Sequence[tuple[str, int]]
) -> None:
    state = sheet.state
    made = f"{state.what}，{state.on.isoformat()} 生成"
    practice = "（练习，不作依据）" if state.practice else ""
    page.write_string(0, 0, f"{sheet.title} {TITLE}{practice}", looks.title)
    page.write_string(1, 0, f"{made}，规则哈希 {state.sha256}", looks.plain)
    page.write_string(2, 0, columns.EXPLAINED, looks.plain)
    for column, text in enumerate((columns.KEY, state.draft, state.sha256)):
        page.write_string(3, column, text, looks.mark)
    for column, (heading, _) in enumerate(headings):
        page.write_string(_HEADING_ROW, column, heading, looks.heading)


def _write_rows(
    page: Worksheet,
    looks: _Looks,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[tuple[str, ...]],
) -> None:
    names = [name for name, _ in headings]
    look_of = {columns.TICK: looks.open, columns.REMARK: looks.open, columns.MARK: looks.mark}
    number = _HEADING_ROW
    for cells in rows:
        number += 1
        for column, (name, cell) in enumerate(zip(names, cells, strict=True)):
            look = look_of.get(name, looks.shown)
            # An empty string would be no cell, and a locked one.
            if cell:
                page.write_string(number, column, cell, look)
            else:
                page.write_blank(number, column, None, look)
    tick = names.index(columns.TICK)
    if number > _HEADING_ROW:
        choices = [columns.TICKED_SIGN, columns.REFUSED_SIGN]
        rule = {"validate": "list", "source": choices, "error_type": "information"}
        page.data_validation(_HEADING_ROW + 1, tick, number, tick, rule)
    page.write_string(number + 2, 0, columns.OTHER_REMARKS, looks.plain)
    for more in range(_ROWS_FOR_REMARKS):
        page.merge_range(number + 3 + more, 0, number + 3 + more, tick - 1, "", looks.open)
