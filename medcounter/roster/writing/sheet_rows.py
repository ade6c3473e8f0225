"""Write rows of text into a sheet of xlsx, most of them as text made once.

The library writes cell by cell, which takes twenty times as long as to find
the cells. What many rows end with is laid out once and put behind the cells
that are a row's own. A row with anything unusual in it is the library's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from medcounter.roster.roster_errors import ListError
from medcounter.spreadsheets import MOST_ROWS

# Blanks and signs that the library writes in another way, and the longest cell it need not cut.
_UNUSUAL = re.compile(r"[\s\x00-\x1f&<>_\ufffe\uffff]")
_LONGEST = 5_000
_MOST_KEPT = 50_000
_ENDED = "</t></is></c>"

RowEnding = tuple[str, ...]


class ListTooLongError(ListError):
    """名单超过一张工作表能放的行数，没有生成；请改写为 .csv。"""


class SheetRows:
    """Appends rows to a sheet that is written row by row."""

    def __init__(self, sheet: Worksheet, text: Format) -> None:
        """Begin below the headings.

        Args:
            sheet: With its headings in the first row.
            text: How every cell looks.
        """
        self._sheet = sheet
        self._text = text
        self._row = 0
        style = text._get_xf_index()  # noqa: SLF001 -- given no other way
        self._begun = f'" s="{style}" t="inlineStr"><is><t>'
        # Kept with the cells, so that no others have their place in memory.
        self._endings: dict[int, tuple[RowEnding, list[str] | None]] = {}
        self._flush()

    def __call__(self, cells: Sequence[str], ending: RowEnding = (), /) -> None:
        """Write one row.

        Args:
            cells: Those of its own.
            ending: What many rows end with; the same object for each.

        Raises:
            ListTooLongError: More rows than a sheet has.
        """
        self._row += 1
        if self._row >= MOST_ROWS:
            raise ListTooLongError
        known = self._endings.get(id(ending))
        parts = self._laid_out(len(cells), ending) if known is None else known[1]
        own = self._own(cells)
        # A row with nothing in it is none.
        if parts is None or own is None or not (own or parts[-1]):
            self._put_slowly((*cells, *ending))
        else:
            number = str(self._row + 1)
            self._sheet.fh.write(f'<row r="{number}">{own}{number.join(parts)}</row>')
            self._sheet.dim_rowmax = self._row
            self._sheet.previous_row = self._row + 1

    def columns(self, columns: Sequence[Sequence[str]], endings: Sequence[RowEnding]) -> None:
        """Write many rows: their own cells by columns, and what each ends with.

        Raises:
            ListTooLongError: More rows than a sheet has.
        """
        for *cells, ending in zip(*columns, endings, strict=True):
            self(cells, ending)

    def _own(self, cells: Sequence[str]) -> str | None:
        """Lay out cells; None where one of them is unusual."""
        if _is_unusual("".join(cells)):
            return None
        number, begun = self._row + 1, self._begun
        return "".join([
            f'<c r="{xl_col_to_name(at)}{number}{begun}{cell}{_ENDED}'
            for at, cell in enumerate(cells)
            if cell
        ])  # fmt: skip

    def _laid_out(self, start: int, ending: RowEnding) -> list[str] | None:
        """Lay out an ending as what comes between its row's numbers."""
        parts: list[str] | None = None
        if not _is_unusual("".join(ending)):
            parts, before = [], ""
            for at, cell in enumerate(ending, start):
                if cell:
                    parts.append(f'{before}<c r="{xl_col_to_name(at)}')
                    before = f"{self._begun}{cell}{_ENDED}"
            parts.append(before)
        if len(self._endings) >= _MOST_KEPT:
            self._endings.clear()
        self._endings[id(ending)] = (ending, parts)
        return parts

    def _put_slowly(self, cells: Sequence[str]) -> None:
        for column, cell in enumerate(cells):
            if cell:
                self._sheet.write_string(self._row, column, cell, self._text)
        self._flush()

    def _flush(self) -> None:
        """Have the library write the row it holds back."""
        self._sheet._write_single_row(self._row + 1)  # noqa: SLF001 -- given no other way


def _is_unusual(text: str) -> bool:
    return len(text) > _LONGEST or _UNUSUAL.search(text) is not None
