"""Run the reader of packed tables as a separate, limited process.

Starts the reader, requests rows and accepts only plain cells. Whatever happens
to the reader, this process survives and names the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, NoReturn

from medcounter.roster import READER_WORD
from medcounter.roster.roster_errors import (
    ListBrokenError,
    ListError,
    ListKindError,
    ListLockedError,
    ListReaderEndedError,
    ListTooLargeError,
    ListTooSlowError,
    ListUnreadableError,
)


@dataclass(frozen=True, slots=True)
class LostValue:
    """A cell that has no value though it is not empty.

    Attributes:
        shown: The error that a table program shows in it, such as ``#N/A``;
            empty for a formula that was never worked out.
    """

    shown: str


# How a cell without a value is written as text: by table programs, and by the marked copy.
NEVER_WORKED_OUT = "未算出的公式"
_SHOWN_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)


def as_lost(text: str) -> LostValue | None:
    """Return the lost value that a text stands for, as in csv; None for another."""
    shown = text.strip()
    if shown in _SHOWN_ERRORS:
        return LostValue(shown)
    return LostValue("") if shown == NEVER_WORKED_OUT else None


Cell = str | int | float | bool | date | datetime | time | timedelta | LostValue
# Number, cells, columns struck through, columns with a formula.
ReadRow = tuple[int, tuple[Cell, ...], tuple[int, ...], tuple[int, ...]]

# An xlsx of 21 million cells, the largest that a full sheet of twenty columns has, fits in.
MOST_MEMORY = 3 << 30
_SHARE_OF_MACHINE = 0.75
# A sheet of a million people took 12 s here; a slow laptop is four times slower.
MOST_SECONDS = 120.0
_LONGEST_ANSWER = 256 << 20
_CAUSES: dict[str, type[ListError]] = {
    "locked": ListLockedError,
    "broken": ListBrokenError,
    "kind": ListKindError,
    "large": ListTooLargeError,
    "unreadable": ListUnreadableError,
}


class BookProcess:
    """A table held open by another process, which ends with this object.

    Attributes:
        sheets: Name of each sheet and whether it is shown, in order.
    """

    def __init__(
        self, path: Path, *, memory: int | None = None, seconds: float = MOST_SECONDS
    ) -> None:
        """Open the table.

        Args:
            path: An xlsx, xls or ods file.
            memory: Most bytes the reader may ask for; what this machine can spare without it.
            seconds: Longest wait for one answer.

        Raises:
            ListError: It cannot be read; one subclass per cause.
        """
        self._path = path
        self._memory = memory or _spare_memory()
        self._seconds = seconds
        # The sheet whose answer is asked for and not yet taken; answers of others till they are.
        self._waiting: int | None = None
        self._ahead: dict[int, dict[str, object] | ListError] = {}
        self._reader = self._start()
        self.sheets = tuple(map(self._sheet, self._listed(self._receive(), "sheets")))

    def rows(self, place: int) -> Iterator[ReadRow]:
        """Yield the rows of a sheet that are not empty, numbered from 1.

        With each its cells, the columns that are struck through, and those with a formula.

        Args:
            place: Of the sheet, from 0.

        Raises:
            ListError: It cannot be read on.
        """
        answer = self._ask(place, again=True)
        while rows := self._listed(answer, "rows"):
            # The reader is at the next rows while somebody looks at these.
            self._settle()
            self._send(place, again=False)
            self._waiting = place
            for row in rows:
                yield self._row(row)
            answer = self._take(place)

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            reader = subprocess.Popen(  # noqa: S603 - our own program, and a path as one word
                [*_reader_command(), str(self._path.absolute()), str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_surroundings(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as err:
            raise ListReaderEndedError(
                f"读名单的辅助程序没有启动（{err.strerror or err}），没有导入任何人；"
                "请关闭别的程序后重试，或另存为 csv 后再导入。"
            ) from err
        weakref.finalize(self, _end, reader)
        return reader

    def _ask(self, place: int, *, again: bool) -> dict[str, object]:
        self._settle()
        if again:
            self._ahead.pop(place, None)
        # Only from the first row on: a new reader does not know where the old one stood.
        if again and self._reader.poll() is not None:
            self._reader = self._start()
            self._receive()
        self._send(place, again=again)
        return self._receive()

    def _send(self, place: int, *, again: bool) -> None:
        if self._reader.stdin is None:
            raise self._ended()
        try:
            self._reader.stdin.write(json.dumps([place, again]).encode() + b"\n")
            self._reader.stdin.flush()
        except OSError as err:
            raise self._ended() from err

    def _settle(self) -> None:
        """Keep the answer that a sheet waits for, so that another may be asked for."""
        if self._waiting is None:
            return
        place, self._waiting = self._waiting, None
        try:
            self._ahead[place] = self._receive()
        except ListError as err:
            self._ahead[place] = err

    def _take(self, place: int) -> dict[str, object]:
        """Return the next answer of a sheet, which was asked for before."""
        if self._waiting == place:
            self._waiting = None
            return self._receive()
        found = self._ahead.pop(place, None)
        if isinstance(found, ListError):
            raise found
        return self._ask(place, again=False) if found is None else found

    def _receive(self) -> dict[str, object]:
        """Take one answer; the reader is ended if none comes in time."""
        reader, late = self._reader, threading.Event()

        def give_up() -> None:
            late.set()
            reader.kill()

        watch = threading.Timer(self._seconds, give_up)
        watch.daemon = True
        watch.start()
        try:
            line = _line(reader.stdout)
        finally:
            watch.cancel()
        if late.is_set():
            reader.wait()
            raise ListTooSlowError(
                f"“{self._path.name}”读了 {self._seconds:.0f} 秒仍没有读完，没有导入任何人；"
                "请删去名单以外的行列，或另存为 csv 后重试。"
            )
        return self._parse(line)

    def _parse(self, line: bytes) -> dict[str, object]:
        if not line.endswith(b"\n"):
            raise self._ended()
        try:
            answer = json.loads(line, parse_constant=_no_number)
        except ValueError as err:
            raise self._ended() from err
        if not isinstance(answer, dict):
            raise self._ended()
        fault = answer.get("fault")
        if fault == "sheet":
            raise ListBrokenError(
                f"“{self._path.name}”里有一张工作表无法读取，没有导入任何人；"
                "请在表格软件中打开另存后再导入。"
            )
        if fault is not None:
            raise _CAUSES.get(str(fault), ListBrokenError)
        return answer

    def _listed(self, answer: dict[str, object], name: str) -> list[object]:
        found = answer.get(name)
        if not isinstance(found, list):
            raise self._ended()
        return found

    def _sheet(self, sheet: object) -> tuple[str, bool]:
        if isinstance(sheet, list) and [type(part) for part in sheet] == [str, bool]:
            name, shown = sheet
            return str(name), bool(shown)
        raise self._ended()

    def _row(self, row: object) -> ReadRow:
        if isinstance(row, list) and len(row) == len(("number", "cells", "struck", "formulas")):
            number, *lists = row
            if isinstance(number, int) and all(isinstance(one, list) for one in lists):
                cells, struck, formulas = lists
                with contextlib.suppress(TypeError, ValueError, KeyError):
                    places = tuple(map(int, struck)), tuple(map(int, formulas))
                    return number, tuple(map(_cell, cells)), *places
        raise self._ended()

    def _ended(self) -> ListReaderEndedError:
        """Say that the reader is gone, or says what no reader of ours would."""
        _end(self._reader)
        return ListReaderEndedError(
            f"读“{self._path.name}”的辅助程序中途停了下来：文件展开后太大，或内容不正常；"
            "没有导入任何人，程序其他部分不受影响。请在表格软件中打开，另存为 csv 后再导入。"
        )


def _reader_command() -> list[str]:
    """Return the command line that starts the reader, in the built program too."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_WORD]
    return [sys.executable, "-P", "-m", "medcounter.roster.tables.book_reading"]


def _surroundings() -> dict[str, str]:
    """Return the environment the reader needs to start, and nothing of the user's."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
    here = {name: os.environ[name] for name in kept if name in os.environ}
    return {**here, "PYTHONPATH": str(Path(__file__).resolve().parents[3]), "PYTHONUTF8": "1"}


def _spare_memory() -> int:
    spare = MOST_MEMORY
    if sys.platform != "win32":
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        spare = min(spare, int(whole * _SHARE_OF_MACHINE))
    return spare


def _line(stream: IO[bytes] | None) -> bytes:
    return b"" if stream is None else stream.readline(_LONGEST_ANSWER)


def _end(reader: subprocess.Popen[bytes]) -> None:
    reader.kill()
    for stream in (reader.stdin, reader.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was not sent yet cannot be
                continue
    reader.wait()


def _cell(cell: object) -> Cell:
    """Take one cell; raises ValueError or TypeError for what is none."""
    if isinstance(cell, str | int | float):
        return cell
    if not isinstance(cell, dict) or len(cell) != 1:
        raise TypeError
    [(kind, value)] = cell.items()
    if kind == "lost":
        return LostValue(str(value))
    if kind == "seconds":
        return timedelta(seconds=float(value))
    return _MOMENTS[str(kind)].fromisoformat(str(value))


_MOMENTS: dict[str, type[date | time]] = {"date": date, "datetime": datetime, "time": time}


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
