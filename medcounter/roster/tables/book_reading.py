"""The reader process: read a packed table and pass on its cells.

Whatever a hostile file makes the reading library do, such as running out of
memory, ends this process and nothing else. Answers each request with one line
of JSON; imports only what reading needs.
"""

from __future__ import annotations

import contextlib
import json
import sys
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from medcounter.process_limits import limit_process
from medcounter.roster.tables.unsaid import Unsaid, unsaid
from medcounter.roster.tables.unsaid_cells import Merged, Raw
from medcounter.roster.tables.unsaid_xls import is_locked

NumberedRow = tuple[int, Raw, list[int], list[int]]
# Rows in one answer: few enough that a reader who looks at headings waits for no more.
AT_ONCE = 500
_ENCRYPTED_PART = 0x1


class _FaultError(Exception):
    """Why a table cannot be read; told to the other side by this name."""


def main(words: list[str]) -> int:
    """Serve one table until nothing more is asked.

    Args:
        words: The file, and how many bytes of memory may be asked for.
    """
    path, memory = words
    limit_process(int(memory))
    with contextlib.suppress(BrokenPipeError):
        serve(Path(path), sys.stdin.buffer, sys.stdout.buffer)
    return 0


def serve(path: Path, asked: Iterable[bytes], out: BinaryIO) -> None:
    """Write out the sheets, then each line with rows.

    A sheet is its name and whether it is shown. A line holds ``[sheet, again]``:
    the sheet's place from 0, and whether to begin it anew. The answer to it is
    ``{"rows": [[number, [cell, …], [struck, …], [formula, …]], …]}``, empty at the end
    of the sheet, or ``{"fault": name}``; struck and formula are columns, those struck
    through and those with a formula.
    """
    book: CalamineWorkbook | None = None

    def names() -> dict[str, object]:
        nonlocal book
        book = _open(path)
        shown = SheetVisibleEnum.Visible
        return {"sheets": [[one.name, one.visible == shown] for one in book.sheets_metadata]}

    _answer(out, names)
    if book is None:
        return
    reading: dict[int, Iterator[NumberedRow]] = {}
    for line in asked:
        place, again = json.loads(line)
        if again or place not in reading:
            reading[place] = _rows(path, book, place)
        _answer(out, partial(_some, reading[place]))


def _some(rows: Iterator[NumberedRow]) -> dict[str, object]:
    return {"rows": [*islice(rows, AT_ONCE)]}


def _answer(out: BinaryIO, make: Callable[[], dict[str, object]]) -> None:
    try:
        answer = make()
    except _FaultError as err:
        answer = {"fault": str(err)}
    except MemoryError:
        answer = {"fault": "large"}
    # A fault of the library that it did not foresee comes past Exception.
    except BaseException as err:
        if isinstance(err, (KeyboardInterrupt, SystemExit)):
            raise
        answer = {"fault": "broken"}
    out.write(json.dumps(answer, default=_as_json).encode() + b"\n")
    out.flush()


def _open(path: Path) -> CalamineWorkbook:
    try:
        # The library reads the oldest kind of encrypted cells as if they were none.
        if is_locked(path):
            raise _FaultError("locked")
        return CalamineWorkbook.from_path(path)
    except PasswordError as err:
        raise _FaultError("locked") from err
    except OSError as err:
        raise _FaultError("unreadable") from err
    except CalamineError as err:
        raise _FaultError(_cause(path)) from err


def _cause(path: Path) -> str:
    """Tell a table that is locked or cut off from a file of another kind."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return "broken"
    try:
        with zipfile.ZipFile(path) as packed:
            locked = any(part.flag_bits & _ENCRYPTED_PART for part in packed.infolist())
    except zipfile.BadZipFile:
        return "broken"
    return "locked" if locked else "kind"


def _rows(path: Path, book: CalamineWorkbook, place: int) -> Iterator[NumberedRow]:
    """Yield the rows of a sheet that hold something, numbered from 1."""
    name = book.sheet_names[place]
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as err:
        raise _FaultError(cause if (cause := _cause(path)) == "locked" else "sheet") from err
    known = unsaid(path, name, place)
    merged = known.merged or tuple(sheet.merged_cell_ranges or ())
    down = _filled_from(merged)
    told = {*known.lost, *(row + 1 for row, _ in down)}
    for number, cells in _with_lost(_filled(_numbered(sheet, told), down), known):
        if any(cell != "" for cell in cells):
            yield number, cells, known.struck.get(number, []), known.formulas.get(number, [])


def _numbered(sheet: CalamineSheet, told: Collection[int]) -> Iterator[tuple[int, Raw]]:
    """Give the rows with their numbers; the library leaves out empty columns before.

    Of a million empty rows before a cell far below none is given, but those of which
    the file tells something beside.
    """
    before: Raw = [""] * (sheet.start[1] if sheet.start else 0)
    empty: Raw = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if len(cells) != len(empty):
            empty = [""] * len(cells)
        if cells != empty or number in told:
            yield number, [*before, *cells]


def _with_lost(rows: Iterator[tuple[int, Raw]], known: Unsaid) -> Iterator[tuple[int, Raw]]:
    """Put the lost values into the rows, and give rows that hold nothing else."""
    left = dict(known.lost)
    for number, cells in rows:
        yield number, _put(cells, left.pop(number, {}))
    for number in sorted(left):
        yield number, _put([], left[number])


def _put(cells: Raw, lost: dict[int, str]) -> Raw:
    for column, shown in lost.items():
        cells += [""] * (column + 1 - len(cells))
        cells[column] = {"lost": shown}
    return cells


def _filled_from(merged: Merged) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where each cell of merged rows has its value from, counted from 0."""
    return {
        (row, left): (first, left)
        for (first, left), (last, _) in merged
        for row in range(first + 1, last + 1)
    }


def _filled(
    rows: Iterator[tuple[int, Raw]], down: Mapping[tuple[int, int], tuple[int, int]]
) -> Iterator[tuple[int, Raw]]:
    """Write what stands in merged rows into each of them, in the first column.

    A village is often written once beside its people.
    """
    wanted = set(down.values())
    seen: dict[tuple[int, int], object] = {}
    for number, cells in rows:
        for column in range(len(cells)) if down else ():
            place = (number - 1, column)
            if place in wanted:
                seen[place] = cells[column]
            elif place in down:
                cells[column] = seen.get(down[place], cells[column])
        yield number, cells


def _as_json(cell: object) -> dict[str, object]:
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    raise TypeError(type(cell).__name__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
