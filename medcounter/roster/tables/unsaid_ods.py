"""Find the cells without a value, struck through or merged in an ods sheet.

Part of the reader process. A formula error appears only in the displayed text:
the stored value may be zero or empty.
"""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

from medcounter.roster.tables.unsaid_cells import Lost, Merged, Struck

_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}|#.+!")
# A row that repeats for the sake of its colour alone may do so a million times.
_MOST_REPEATED = 10_000
_PART, _STYLES = "content.xml", "styles.xml"
# How a style strikes through: which line, or what kind of one.
_STRIKES = frozenset({"text-line-through-style", "text-line-through-type"})
# Styles are based on few others; of a circle no end would come.
_MOST_PARENTS = 20
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read(packed: zipfile.ZipFile, sheet: str) -> tuple[Lost, Struck, Merged]:
    """Return the cells that are lost, those struck through, and what is merged.

    By row from 1 and column from 0.

    Raises:
        KeyError: The part with the cells is missing.
        ParseError: It is no XML.
    """
    found = _Sheet(_struck_looks(packed))
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
    return found.lost, found.struck, tuple(found.merged)


def _struck_looks(packed: zipfile.ZipFile) -> frozenset[str]:
    """Return the names of styles that strike through, those based on them too."""
    struck: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for part in (_STYLES, _PART):
        if part not in packed.namelist():
            continue
        with packed.open(part) as stream:
            for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - see above
                kind = _local(element.tag)
                if kind == "body" and event == "start":
                    break
                if kind != "style" or event == "start":
                    continue
                name = _attribute(element, "name")
                parents[name] = _attribute(element, "parent-style-name")
                lines = [
                    value
                    for child in element
                    for key, value in child.attrib.items()
                    if _local(key) in _STRIKES
                ]
                if lines:
                    struck[name] = any(line != "none" for line in lines)
    return frozenset(name for name in parents if _is_struck(name, struck, parents))


def _is_struck(name: str, struck: dict[str, bool], parents: dict[str, str]) -> bool:
    for _ in range(_MOST_PARENTS):
        if name in struck:
            return struck[name]
        name = parents.get(name, "")
    return False


class _Sheet:
    """One sheet, row after row."""

    def __init__(self, looks: frozenset[str]) -> None:
        self.lost: Lost = {}
        self.struck: Struck = {}
        self._looks = looks
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
            if len(cell) and self._is_struck(cell):
                for here in range(self._row, self._row + min(repeated, _MOST_REPEATED)):
                    places = range(column, column + min(wide, _MOST_REPEATED))
                    self.struck.setdefault(here + 1, []).extend(places)
            column += wide
        self._row += repeated

    def _is_struck(self, cell: ET.Element) -> bool:
        """Return whether a cell is struck through, or all of its text."""
        if _attribute(cell, "style-name") in self._looks:
            return True
        spans = [one for one in cell.iter() if _local(one.tag) == "span"]
        within = "".join(
            "".join(one.itertext()) for one in spans if _attribute(one, "style-name") in self._looks
        )
        return bool(within) and within == "".join(cell.itertext())


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
