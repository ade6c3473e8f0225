"""Look into a packed table before any library unfolds it.

A few kilobytes can ask for more memory than any machine has: by packing, or
by naming one cell far away. Both are counted first. Reads no content.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from medcounter.roster.errors import ListBrokenError, ListLockedError, ListTooLargeError

MOST_UNPACKED = 400_000_000
MOST_PARTS = 5_000
# A full sheet of Excel rows with twenty columns.
MOST_CELLS = 21_000_000
_BLOCK = 1 << 20
_LOCKED = 0x1
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,9})"')
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,6})(\d{1,9})"')
# No tag that is looked for is longer, so none is lost between two blocks.
_LONGEST_TAG = 260
_LETTERS = 26


def check_packed(path: Path) -> None:
    """See that a packed table can be unfolded on this machine.

    Args:
        path: An xlsx or ods file.

    Raises:
        ListBrokenError: It is cut off, or no packed table.
        ListLockedError: Its parts are encrypted.
        ListTooLargeError: Unpacked, it would be too large.
        OSError: It cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise ListTooLargeError
            if any(part.flag_bits & _LOCKED for part in parts):
                raise ListLockedError
            left = MOST_UNPACKED
            for part in parts:
                left -= _check_part(packed, part, left)
    # A way of packing that is not known comes as a RuntimeError.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as err:
        raise ListBrokenError from err


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    size = rows = columns = 0
    is_sheet = _SHEET.fullmatch(part.filename) is not None
    before = b""
    for block in _blocks(packed, part):
        size += len(block)
        if size > left:
            raise ListTooLargeError
        if is_sheet:
            rows, columns = _farthest(before + block, rows, columns)
            before = block[-_LONGEST_TAG:]
        if rows * columns > MOST_CELLS:
            raise ListTooLargeError(
                f"工作表里最远的单元格在第 {rows} 行、第 {columns} 列，展开后太大，"
                "没有导入任何人；请删去名单以外的内容后重试。"
            )
    return size


def _blocks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            yield block


def _farthest(text: bytes, rows: int, columns: int) -> tuple[int, int]:
    """Give the highest row and column named so far, both counted from 1."""
    for named in _ROW.findall(text):
        rows = max(rows, int(named))
    for letters, named in _CELL.findall(text):
        rows = max(rows, int(named))
        columns = max(columns, _column(letters))
    return rows, max(columns, 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
