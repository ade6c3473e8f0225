"""Write a copy of a list with its faults marked, cell by cell.

Writes the original cells as text, adds a column that says what is wrong, and
colours the cells. Does not change the original file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from medcounter.destinations import Destination
from medcounter.roster.reading.cells import text_of
from medcounter.roster.reading.columns import ColumnLayout
from medcounter.roster.reading.findings import NOTE, STOPS, Finding
from medcounter.roster.tables.table import ListRow, ListSheet
from medcounter.roster.writing.list_writer import ListUnwritableError
from medcounter.spreadsheets import writing_workbook

_HEADING = "须改正之处"
_PLAIN_NAME = "名单"
_LONGEST_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
FindingsByCell = Mapping[tuple[str, int], tuple[Finding, ...]]


def write_marked(
    destination: Destination,
    sheets: Iterable[ListSheet],
    layouts: Mapping[str, ColumnLayout],
    marks: FindingsByCell,
) -> None:
    """Write every sheet and row of a list, with its faults.

    Args:
        destination: Ends in ``.xlsx``.
        sheets: As opened.
        layouts: Of the sheets that were examined, by name.
        marks: Sheet and row to what was found there.

    Raises:
        ListUnwritableError: The disk or its rights do not let us.
    """
    try:
        with writing_workbook(destination, row_by_row=True) as book:
            formats = _Formats(book)
            for sheet in sheets:
                _write_sheet(book, formats, sheet, layouts.get(sheet.name), marks)
    except (OSError, XlsxWriterException) as err:
        raise ListUnwritableError from err


class _Formats:
    """How cells look; struck through where they came so."""

    def __init__(self, book: Workbook) -> None:
        self.words = book.add_format({"font_color": "#9C1C12", "text_wrap": True})
        self._looks = {
            (level, struck): book.add_format(
                {
                    "num_format": "@",
                    **({"bg_color": colour} if colour else {}),
                    **({"font_strikeout": True} if struck else {}),
                }
            )
            for level, colour in (("", ""), (STOPS, "#F9D5D3"), (NOTE, "#FFF3C4"))
            for struck in (False, True)
        }

    def of(self, level: str, *, struck: bool = False) -> Format:
        """Return how a cell with a finding looks; an empty level for none."""
        return self._looks[level, struck]


def _write_sheet(
    book: Workbook,
    formats: _Formats,
    sheet: ListSheet,
    layout: ColumnLayout | None,
    marks: FindingsByCell,
) -> None:
    out = book.add_worksheet(_name(book, sheet.name or _PLAIN_NAME))
    if sheet.hidden:
        out.hide()
    last = len(layout.headings) if layout is not None else 0
    if layout is not None:
        out.set_column(0, last - 1, 16, formats.of(""))
        out.set_column(last, last, 60)
        out.freeze_panes(layout.heading_row, 0)
    # Row by row: what is written above a row that was written is lost.
    for row in sheet.rows():
        _write_row(out, formats, row, marks.get((sheet.name, row.number), ()), last)
        if layout is not None and row.number == layout.heading_row:
            out.write_string(row.number - 1, last, _HEADING, formats.words)


def _name(book: Workbook, name: str) -> str:
    """Give a sheet a name that an xlsx file may have and no other sheet has."""
    allowed = name.translate(_NOT_IN_A_NAME).strip("'")[:_LONGEST_NAME] or _PLAIN_NAME
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    tries = (f"{allowed[: _LONGEST_NAME - 4]}({number})" for number in count(2))
    return (
        allowed
        if allowed.casefold() not in taken
        else next(one for one in tries if one.casefold() not in taken)
    )


def _write_row(
    out: Worksheet,
    formats: _Formats,
    row: ListRow,
    found: tuple[Finding, ...],
    last: int,
) -> None:
    # What stops a row is marked over what is only a note.
    levels = {one.place.column: one.level for one in sorted(found, key=_notes_first)}
    for column, cell in enumerate(row.cells):
        text = cell if isinstance(cell, str) else text_of(cell)
        if text or column in levels:
            look = formats.of(levels.get(column, ""), struck=column in row.struck)
            out.write_string(row.number - 1, column, text, look)
    for place, level in levels.items():
        if place is not None and place >= len(row.cells):
            out.write_blank(row.number - 1, place, None, formats.of(level))
    if found:
        words = "\n".join(one.text for one in found)
        out.write_string(row.number - 1, last, words, formats.words)


def _notes_first(finding: Finding) -> bool:
    return finding.level == STOPS
