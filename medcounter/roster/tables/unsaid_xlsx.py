"""Find the cells of an xlsx sheet that are lost, struck through or worked out.

The reading library reports both a formula error and a formula that was never
calculated as empty. Part of the reader process.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from medcounter.roster.tables.unsaid_cells import Formulas, Lost, Struck

_LIKELY = r"""\bt\s*=\s*["']e["']|<(?:\w+:)?f\b"""
_LONGEST_TAG = 64
_BLOCK = 1 << 20
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_LETTERS = 26
_RELATION = "}id"
_NO = frozenset({"0", "false", "off"})


def read(packed: zipfile.ZipFile, sheet: str) -> tuple[Lost, Struck, Formulas]:
    """Return the cells by row from 1 and column from 0: lost, struck, with a formula.

    Raises:
        KeyError: A part is missing.
        ParseError: A part is no XML.
    """
    part = _part(packed, sheet)
    looks = _struck_looks(packed)
    if part is None or not _is_likely(packed, part, looks):
        return {}, {}, {}
    with packed.open(part) as stream:
        parsed = ET.iterparse(stream, ("start", "end"))  # noqa: S314 - a process of its own
        return _read(parsed, looks)


def _part(packed: zipfile.ZipFile, sheet: str) -> str | None:
    """Find the part that holds a sheet, by its name."""
    book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 - see above
    links = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    parts = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if _kind(element) == "sheet" and element.get("name") == sheet:
            # The namespace of the strict form is another one.
            target = next((value for key, value in element.items() if key.endswith(_RELATION)), "")
            found = posixpath.normpath(posixpath.join("/xl", parts.get(target, "")))
            return found.lstrip("/")
    return None


def _struck_looks(packed: zipfile.ZipFile) -> frozenset[str]:
    """Return the numbers of the styles whose text is struck through."""
    if "xl/styles.xml" not in packed.namelist():
        return frozenset()
    styles = ET.fromstring(packed.read("xl/styles.xml"))  # noqa: S314 - see above
    parts = {_kind(element): element for element in styles}
    fonts = [*parts.get("fonts", ())]
    struck = {
        str(number)
        for number, font in enumerate(fonts)
        if any(_kind(one) == "strike" and one.get("val", "1") not in _NO for one in font)
    }
    looks = enumerate(parts.get("cellXfs", ()))
    return frozenset(str(number) for number, look in looks if look.get("fontId") in struck)


def _is_likely(packed: zipfile.ZipFile, part: str, looks: frozenset[str]) -> bool:
    """Tell quickly whether a sheet may have such cells at all."""
    struck = rf"""|\bs\s*=\s*["'](?:{"|".join(sorted(looks))})["']""" if looks else ""
    likely = re.compile((_LIKELY + struck).encode())
    before = b""
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            if likely.search(before + block):
                return True
            before = block[-_LONGEST_TAG:]
    return False


def _read(
    parsed: Iterator[tuple[str, ET.Element]], looks: frozenset[str]
) -> tuple[Lost, Struck, Formulas]:
    lost: Lost = {}
    struck: Struck = {}
    formulas: Formulas = {}
    row, column = 0, -1
    for event, element in parsed:
        kind = _kind(element)
        if kind == "row" and event == "start":
            # Without a number it is the next one, as a cell without a name is.
            row, column = int(element.get("r", row + 1)), -1
        elif kind == "row":
            element.clear()
        elif kind == "c" and event == "end":
            place = _PLACE.fullmatch(element.get("r", ""))
            column = column + 1 if place is None else _column(place[1])
            found = _shown(element)
            if found is not None:
                lost.setdefault(row, {})[column] = found
            if len(element) and element.get("s") in looks:
                struck.setdefault(row, []).append(column)
            if any(_kind(child) == "f" for child in element):
                formulas.setdefault(row, []).append(column)
            element.clear()
    return lost, struck, formulas


def _shown(cell: ET.Element) -> str | None:
    inside = {_kind(child): child.text or "" for child in cell}
    if cell.get("t") == "e":
        return inside.get("v", "")
    return "" if "f" in inside and "v" not in inside and "is" not in inside else None


def _kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
