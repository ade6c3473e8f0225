"""Find the cells without a value, and the merged ones, in an ods sheet.

Part of the reader process. A formula error appears only in the displayed text:
the stored value may be zero or empty.
"""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

from medcounter.roster.tables.unsaid_cells import Lost, Merged

_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}|#.+!")
# A row that repeats for the sake of its colour alone may do so a million times.
_MOST_REPEATED = 10_000
_PART = "content.xml"
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read(packed: zipfile.ZipFile, sheet: str) -> tuple[Lost, Merged]:
    """Return the cells by row from 1 and column from 0, and what is merged.

    Raises:
        KeyError: The part with the cells is missing.
        ParseError: It is no XML.
    """
    found = _Sheet()
    within = False
    with packed.open(_PART) as stream:
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - see above
            kind = _local(element.tag)
            if kind == "table" and event == "start":
                within = _attribute(element, "name") == sheet
            elif kind == "table-row" and event == "end":
                if within:
                    found.add(element)
                element.clear()
    return found.lost, tuple(found.merged)


class _Sheet:
    """One sheet, row after row."""

    def __init__(self) -> None:
        self.lost: Lost = {}
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._row = 0

    def add(self, row: ET.Element) -> None:
        """Take the next row, which may stand for many."""
        repeated = _count(row, "number-rows-repeated")
        column = 0
        for cell in row:
            if _local(cell.tag) not in _CELLS:
                continue
            wide = _count(cell, "number-columns-repeated")
            down, across = (
                _count(cell, "number-rows-spanned"),
                _count(cell, "number-columns-spanned"),
            )
            if down * across > 1:
                last = (self._row + down - 1, column + across - 1)
                self.merged.append(((self._row, column), last))
            shown = _lost(cell)
            if shown is not None:
                for here in range(self._row, self._row + min(repeated, _MOST_REPEATED)):
                    places = range(column, column + min(wide, _MOST_REPEATED))
                    self.lost.setdefault(here + 1, {}).update(dict.fromkeys(places, shown))
            column += wide
        self._row += repeated


def _lost(cell: ET.Element) -> str | None:
    kinds = [value for name, value in cell.attrib.items() if _local(name) == "value-type"]
    shown = "".join(cell.itertext()).strip()
    if _attribute(cell, "formula") and not kinds and not shown:
        return ""
    wrong = "error" in kinds or (_attribute(cell, "formula") and _ERROR.fullmatch(shown))
    return shown if wrong else None


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _count(element: ET.Element, name: str) -> int:
    repeats = _attribute(element, name)
    return max(int(repeats), 1) if repeats.isascii() and repeats.isdigit() else 1


def _local(name: str) -> str:
    return name.rpartition("}")[2]
