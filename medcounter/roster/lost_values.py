"""Find the cells of an xlsx sheet that have no value though they are not empty.

An error of a formula, and a formula never worked out: the reading library gives
both as empty. Part of the reader's process. Tables of other kinds do not say
where theirs are.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

Raw = list[object]
Lost = dict[int, dict[int, str]]

_LIKELY = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f\b""")
_LONGEST_TAG = 64
_BLOCK = 1 << 20
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LETTERS = 26
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def lost_values(path: Path, sheet: str) -> Lost:
    """Give the cells by row from 1 and column from 0, with the error that is shown.

    The error is empty for a formula that was never worked out. Nothing is
    given for a file that is no xlsx.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            part = _part(packed, sheet)
            if part is None or not _is_likely(packed, part):
                return {}
            with packed.open(part) as stream:
                return _lost(ET.iterparse(stream))  # noqa: S314 - a process of its own
    except (zipfile.BadZipFile, KeyError, ET.ParseError, RuntimeError):
        # What is broken, the reading library says.
        return {}


def with_lost_values(rows: Iterator[tuple[int, Raw]], lost: Lost) -> Iterator[tuple[int, Raw]]:
    """Put the lost values into the rows, and give rows that hold nothing else."""
    left = dict(lost)
    for number, cells in rows:
        yield number, _put(cells, left.pop(number, {}))
    for number in sorted(left):
        yield number, _put([], left[number])


def _put(cells: Raw, lost: dict[int, str]) -> Raw:
    for column, shown in lost.items():
        cells += [""] * (column + 1 - len(cells))
        cells[column] = {"lost": shown}
    return cells


def _part(packed: zipfile.ZipFile, sheet: str) -> str | None:
    """Find the part that holds a sheet, by its name."""
    if "xl/workbook.xml" not in packed.namelist():
        return None
    book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 - see above
    links = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    parts = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if _kind(element) == "sheet" and element.get("name") == sheet:
            target = parts.get(element.get(_RELATION), "")
            return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return None


def _is_likely(packed: zipfile.ZipFile, part: str) -> bool:
    """Tell quickly whether a sheet may have such cells at all."""
    before = b""
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            if _LIKELY.search(before + block):
                return True
            before = block[-_LONGEST_TAG:]
    return False


def _lost(parsed: Iterator[tuple[str, ET.Element]]) -> Lost:
    lost: Lost = {}
    for _, element in parsed:
        if _kind(element) == "row":
            element.clear()
        elif _kind(element) == "c":
            place = _PLACE.fullmatch(element.get("r", ""))
            found = _shown(element)
            if place is not None and found is not None:
                lost.setdefault(int(place[2]), {})[_column(place[1])] = found
            element.clear()
    return lost


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
