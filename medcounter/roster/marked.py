"""Hand a list back with its faults marked, cell by cell.

Writes what stood in the file as text, adds a column that says what is wrong,
and colours the cells. Changes nothing of the file that was brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from medcounter.roster.cells import text_of
from medcounter.roster.columns import Layout
from medcounter.roster.findings import STOPS, Finding
from medcounter.roster.table import Row, Sheet
from medcounter.roster.writing import ListUnwritableError
from medcounter.spreadsheets import writing_workbook

_HEADING = "须改正之处"
_PLAIN_NAME = "名单"
Marks = Mapping[tuple[str, int], tuple[Finding, ...]]


def write_marked(
    path: Path, sheets: Iterable[Sheet], layouts: Mapping[str, Layout], marks: Marks
) -> None:
    """Write the sheets that were examined, with their faults.

    Args:
        path: An xlsx file that is written anew.
        sheets: As opened.
        layouts: Of the sheets that were examined, by name.
        marks: Sheet and row to what was found there.

    Raises:
        ListUnwritableError: The disk or its rights do not let us.
    """
    try:
        with writing_workbook(path, row_by_row=True) as book:
            formats = _Formats(book)
            for sheet in sheets:
                if sheet.name in layouts:
                    _write_sheet(book, formats, sheet, layouts[sheet.name], marks)
    except (OSError, XlsxWriterException) as err:
        raise ListUnwritableError from err


class _Formats:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        self.text = book.add_format({"num_format": "@"})
        self.stops = book.add_format({"num_format": "@", "bg_color": "#F9D5D3"})
        self.note = book.add_format({"num_format": "@", "bg_color": "#FFF3C4"})
        self.words = book.add_format({"font_color": "#9C1C12", "text_wrap": True})

    def of(self, finding: Finding) -> Format:
        """Give the look of a cell with a finding."""
        return self.stops if finding.level == STOPS else self.note


def _write_sheet(
    book: Workbook,
    formats: _Formats,
    sheet: Sheet,
    layout: Layout,
    marks: Marks,
) -> None:
    out = book.add_worksheet(sheet.name or _PLAIN_NAME)
    last = len(layout.headings)
    out.set_column(0, last - 1, 16, formats.text)
    out.set_column(last, last, 60)
    out.write_string(layout.heading_row - 1, last, _HEADING, formats.words)
    out.freeze_panes(layout.heading_row, 0)
    for row in sheet.rows():
        _write_row(out, formats, row, marks.get((sheet.name, row.number), ()), last)


def _write_row(
    out: Worksheet,
    formats: _Formats,
    row: Row,
    found: tuple[Finding, ...],
    last: int,
) -> None:
    # What stops a row is marked over what is only a note.
    looks = {one.place.column: formats.of(one) for one in sorted(found, key=_notes_first)}
    for column, cell in enumerate(row.cells):
        text = text_of(cell)
        if text or column in looks:
            out.write_string(row.number - 1, column, text, looks.get(column, formats.text))
    for place, look in looks.items():
        if place is not None and place >= len(row.cells):
            out.write_blank(row.number - 1, place, None, look)
    if found:
        words = "\n".join(one.text for one in found)
        out.write_string(row.number - 1, last, words, formats.words)


def _notes_first(finding: Finding) -> bool:
    return finding.level == STOPS
