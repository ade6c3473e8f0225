"""Find cells of an xls file that show an error or are struck through; a lock.

Source: [MS-CFB], how streams lie in the file; [MS-XLS], records BoundSheet8,
BoolErr, Formula, Font, XF, the cells, and FilePass. Part of the reader process.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from medcounter.roster.tables.unsaid_cells import Lost, Struck

_OLD_OFFICE = b"\xd0\xcf"
_BOUND_SHEET, _BOOL_ERROR, _FORMULA, _FILE_PASS = 0x85, 0x205, 0x06, 0x2F
_OLD_FORMULAS = frozenset({_FORMULA, 0x206, 0x406})
# Text, number and truth; many numbers in one record; fonts, and how cells look.
_CELLS = frozenset({0xFD, 0x204, 0xD6, 0x203, 0x27E, _BOOL_ERROR})
_MANY_NUMBERS, _FONT, _LOOK = 0xBD, 0x31, 0xE0
_STRIKES, _NO_FONT = 0x08, 4
_END = 0x0A
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_IS_ERROR, _NO_NUMBER = 2, b"\xff\xff"
_LAST_SECTOR = 0xFFFFFFFA
_IN_HEADER = 109
_ENTRY = 128


def read(data: bytes, place: int) -> tuple[Lost, Struck]:
    """Give the cells of a sheet that show an error or are struck through.

    By row from 1 and column from 0.

    Raises:
        ValueError: The file is broken.
    """
    try:
        book = _book(data)
        starts = [
            struct.unpack_from("<I", body)[0]
            for kind, body in _records(book, 0)
            if kind == _BOUND_SHEET
        ]
        lost = _lost(book, starts[place])
    except (struct.error, IndexError) as err:
        raise ValueError from err
    try:
        return lost, _struck(book, starts[place])
    except (struct.error, IndexError):
        # Looks of another version; the errors are known all the same.
        return lost, {}


def is_locked(path: Path) -> bool:
    """Return whether an xls file has a password to open; not for one that is broken.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        data = file.read() if file.read(2) == _OLD_OFFICE and not file.seek(0) else b""
    try:
        return any(kind == _FILE_PASS for kind, _ in _records(_book(data), 0))
    except (struct.error, IndexError, ValueError):
        return False


def _lost(book: bytes, start: int) -> Lost:
    lost: Lost = {}
    for kind, body in _records(book, start):
        error: int | None = None
        if kind == _BOOL_ERROR and body[7]:
            error = body[6]
        elif kind in _OLD_FORMULAS and body[12:14] == _NO_NUMBER and body[6] == _IS_ERROR:
            error = body[8]
        if error is not None:
            row, column = struct.unpack_from("<HH", body)
            lost.setdefault(row + 1, {})[column] = _ERRORS.get(error, "#N/A")
    return lost


def _struck(book: bytes, start: int) -> Struck:
    """Find the cells whose look has a font that strikes through."""
    fonts: list[bool] = []
    looks: list[bool] = []
    for kind, body in _records(book, 0):
        if kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRIKES))
        elif kind == _LOOK:
            font = struct.unpack_from("<H", body)[0]
            # No font has the number 4.
            looks.append(fonts[font - (font > _NO_FONT)])
    struck: Struck = {}
    for kind, body in _records(book, start) if any(looks) else ():
        if kind in _CELLS | _OLD_FORMULAS:
            row, column, look = struct.unpack_from("<HHH", body)
            held = [look]
        elif kind == _MANY_NUMBERS:
            row, column = struct.unpack_from("<HH", body)
            held = [one for one, _ in struct.iter_unpack("<Hi", body[4:-2])]
        else:
            continue
        places = [column + at for at, look in enumerate(held) if looks[look]]
        if places:
            struck.setdefault(row + 1, []).extend(places)
    return struck


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part of the book, up to its end."""
    while start + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, start)
        if kind == _END:
            return
        yield kind, book[start + 4 : start + 4 + size]
        start += 4 + size


def _book(data: bytes) -> bytes:
    """Take the stream with the cells out of the file."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    directory, _, least, small_first = struct.unpack_from("<IIII", data, 48)
    size = 1 << shift
    table = _table(data, size)
    entries = _chain(data, table, directory, size, 1)
    root = entries[:_ENTRY]
    for place in range(0, len(entries), _ENTRY):
        entry = entries[place : place + _ENTRY]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
        if name.casefold() in {"workbook", "book"}:
            first, length = struct.unpack_from("<II", entry, 116)
            if length >= least:
                return _chain(data, table, first, size, 1)[:length]
            small = _chain(data, table, struct.unpack_from("<I", root, 116)[0], size, 1)
            packed = _chain(data, table, small_first, size, 1)
            small_table = struct.unpack(f"<{len(packed) // 4}I", packed)
            return _chain(small, small_table, first, 1 << small_shift, 0)[:length]
    raise ValueError


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Return the table that says which sector follows which."""
    sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    further, count = struct.unpack_from("<II", data, 68)
    for _ in range(count):
        if further >= _LAST_SECTOR:
            break
        *more, further = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        sectors += more
    table: list[int] = []
    for sector in sectors:
        if sector < _LAST_SECTOR:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return tuple(table)


def _chain(data: bytes, table: tuple[int, ...], first: int, size: int, header: int) -> bytes:
    """Put a stream together; ``header`` sectors stand before the first."""
    parts: list[bytes] = []
    while first < _LAST_SECTOR:
        if len(parts) > len(table):
            raise ValueError
        parts.append(data[(first + header) * size : (first + header + 1) * size])
        first = table[first]
    return b"".join(parts)
