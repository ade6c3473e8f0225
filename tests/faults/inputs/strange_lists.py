"""Lists that would end whoever reads them: each is read or refused with a sentence."""

import random
import re
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import xlsxwriter

from medcounter.roster.roster_errors import ListError
from medcounter.roster.tables.table import open_table
from tests.faults.rows import Figures
from tests.support.roster.roster_samples import people, write_xlsx

BAD = ("exceptions without a sentence",)
SHEET = "xl/worksheets/sheet1.xml"
_CORNER = b' r="XFD1048576"'
Change = Callable[[bytes], bytes]


def read_hostile() -> Figures:
    """Read each list that was made to do harm."""
    figures = _none()
    with tempfile.TemporaryDirectory() as room:
        for path in _hostile(Path(room)):
            _read(path, figures)
    return figures


def read_changed(files: int) -> Figures:
    """Read so many lists of which some bytes were changed, in the file or in the sheet within."""
    figures = _none()
    with tempfile.TemporaryDirectory() as room:
        whole = write_xlsx(Path(room) / "whole.xlsx", people(40))
        for number in range(files):
            chance = random.Random(number)  # noqa: S311 - the same bytes each time
            path = whole.with_name(f"{number}.xlsx")
            if number % 2:
                path.write_bytes(_changed(whole.read_bytes(), chance))
            else:
                _rewrite(whole, path, partial(_changed, chance=chance))
            _read(path, figures)
            path.unlink()
    return figures


def _none() -> Figures:
    return dict.fromkeys(("lists", "read", "refused with a sentence", *BAD), 0)


def _read(path: Path, figures: Figures) -> None:
    figures["lists"] += 1
    try:
        for sheet in open_table(path):
            for _ in sheet.rows():
                pass
        figures["read"] += 1
    except ListError as err:
        figures["refused with a sentence"] += "没有导入任何人" in err.text
    except Exception:  # noqa: BLE001 - whatever else comes out is what we look for
        figures["exceptions without a sentence"] += 1
        sys.stderr.write(f"{path.name}\n{traceback.format_exc()}\n")


def _changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        changed[chance.randrange(4, len(changed))] = chance.randrange(256)
    return bytes(changed)


def _moved(sheet: bytes, place: bytes) -> bytes:
    return sheet.replace(_CORNER, place)


def _hostile(room: Path) -> Iterator[Path]:
    far = room / "far.xlsx"
    book = xlsxwriter.Workbook(far)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "姓名")
    sheet.write_number(1_048_575, 16_383, 1)
    book.close()
    for number, place in enumerate(
        (_CORNER, b' r = "XFD1048576"', b" r='XFD1048576'", b' r="XFD99999999"', b' r="ZZZZZZ1"')
    ):
        yield _rewrite(far, room / f"far-{number}.xlsx", partial(_moved, place=place))
    whole = write_xlsx(room / "whole.xlsx", people(40))
    changes: tuple[Change, ...] = (
        lambda sheet: sheet.replace(b"<row ", b"<row " * 100_000, 1),
        lambda sheet: sheet.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 1_000_000),
        lambda sheet: _ENTITIES + sheet.replace(b"<v>", b"<v>&i;", 1),
        lambda sheet: re.sub(rb"<v>\d+<", b"<v>999999999999999999999<", sheet),
        lambda sheet: sheet.replace(b"<sheetData>", b"<sheetData>" + b" " * 600_000_000),
        lambda sheet: sheet.replace(b"</sheetData>", _MERGED + b"</sheetData>"),
        lambda _: b"",
    )
    for number, change in enumerate(changes):
        yield _rewrite(whole, room / f"sheet-{number}.xlsx", change)


_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10)
        for letter in range(ord("b"), ord("j"))
    )
    + b"]>"
)
_MERGED = b'<mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>'


def _rewrite(before: Path, after: Path, change: Change) -> Path:
    with zipfile.ZipFile(before) as packed:
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
    parts[SHEET] = change(parts[SHEET])
    with zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return after
