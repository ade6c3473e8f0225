"""Count wrong secrets, and compute the wait before the next attempt.

Returns seconds. The count is in a small file and survives a restart; the wait
is measured by a clock that nobody can set, and restarts with the program. The
count is kept in two files under a serial that only rises, and the higher one
counts, so that putting a file back resets nothing; if both are missing or
damaged, that counts as many attempts.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.strict_json import StrictJsonError, canonical, read_strict

FORMAT = 2
# Seconds to wait after so many wrong tries in a row; the last one for all more.
WAITS = (0, 0, 0, 5, 15, 30, 60, 120, 300, 600, 900)
LOST_COUNTS_AS = 8
_MOST = 1_000_000
_MOST_SERIAL = 10**15
_MAX_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class _Count:
    """Wrong tries of one name.

    Attributes:
        in_a_row: Since the last right one.
        unlogged: Those that no event of the ledger tells of yet.
    """

    in_a_row: int = 0
    unlogged: int = 0


@dataclass(frozen=True, slots=True)
class _Record:
    """What a file says: the counts, under a number that rises with each writing."""

    serial: int
    counts: dict[str, _Count]

    def written(self) -> bytes:
        """Return it as it lies in a file."""
        tries = {name: [count.in_a_row, count.unlogged] for name, count in self.counts.items()}
        return canonical({"format": FORMAT, "serial": self.serial, "tries": tries})


@dataclass(slots=True)
class Attempts:
    """The sign-in attempts at one data folder.

    Attributes:
        path: The file; its folder must exist.
        copy: The second file; None for none.
        lost_counts_as: How many wrong tries a name has that the file does
            not know.
        clock: Seconds that only ever grow.
    """

    path: Path
    copy: Path | None = None
    lost_counts_as: int = LOST_COUNTS_AS
    clock: Callable[[], float] = time.monotonic
    _until: dict[str, tuple[int, float]] = field(default_factory=dict)
    _unwritten: dict[str, _Count] = field(default_factory=dict)
    _seen: _Record | None = None

    def begin(self, names: Iterable[str]) -> None:
        """Start counting for exactly these names at nought, after a set-up.

        Raises:
            OSError: The file cannot be written.
        """
        self._until.clear()
        self._unwritten.clear()
        self._write(dict.fromkeys(names, _Count()))

    def wait(self, name: str) -> int:
        """Return how many whole seconds a name must still wait; 0 for none."""
        in_a_row = self._count(name).in_a_row
        delay = WAITS[min(in_a_row, len(WAITS) - 1)]
        if not delay:
            return 0
        now = self.clock()
        counted, until = self._until.get(name, (-1, 0.0))
        if counted != in_a_row:
            # Tries this program did not see, before it began or by another: all the delay.
            until = now + delay
            self._until[name] = in_a_row, until
        # A sum of seconds less one of its parts may be a little more than the other.
        return max(0, math.ceil(round(until - now, 3)))

    def record_attempt(self, name: str) -> None:
        """Count a try as wrong before it is made, so that a kill frees none."""
        before = self._count(name)
        count = _Count(min(before.in_a_row + 1, _MOST), min(before.unlogged + 1, _MOST))
        self._put(name, count)
        self.wait(name)

    def record_success(self, name: str) -> None:
        """Take the last try of a name back and begin at nought: it was right."""
        self._put(name, _Count(0, max(self._count(name).unlogged - 1, 0)))
        self._until.pop(name, None)

    def reset(self, name: str) -> None:
        """Begin at nought for a clerk who was given a new slot."""
        self._put(name, _Count(0, self._count(name).unlogged))
        self._until.pop(name, None)

    def reset_unknown(self, names: Iterable[str]) -> None:
        """Begin at nought for those among these who were never counted here."""
        known = self._all()
        for name in names:
            if name not in known:
                self.reset(name)

    def unlogged(self) -> dict[str, int]:
        """Return how many wrong tries of each name no event tells of yet."""
        return {name: count.unlogged for name, count in self._all().items() if count.unlogged}

    def mark_logged(self) -> None:
        """Forget what an event of the ledger tells of now."""
        if self.unlogged():
            self._unwritten = {name: _Count(one.in_a_row) for name, one in self._all().items()}
            self._keep()

    def _count(self, name: str) -> _Count:
        return self._all().get(name, _Count(self.lost_counts_as))

    def _put(self, name: str, count: _Count) -> None:
        self._unwritten[name] = count
        self._keep()

    def _all(self) -> dict[str, _Count]:
        # What could not be written still counts while this program runs.
        return (self._read() or {}) | self._unwritten

    def _keep(self) -> None:
        with suppress(OSError):  # a disk that cannot be written: the memory counts on
            self._write(self._all())
            self._unwritten.clear()

    def _write(self, counts: dict[str, _Count]) -> None:
        newest = self._newest()
        made = _Record(1 if newest is None else newest.serial + 1, counts)
        write_durably(self.path, made.written())
        self._seen = made
        if self.copy is not None:
            with suppress(OSError):  # an older number there is overruled by this one
                write_durably(self.copy, made.written())

    def _read(self) -> dict[str, _Count] | None:
        newest = self._newest()
        return None if newest is None else newest.counts

    def _newest(self) -> _Record | None:
        """Return the record with the highest number: of either file, or seen before.

        A file that is behind is brought up at once, or the other could be put
        back next.
        """
        paths = (self.path,) if self.copy is None else (self.path, self.copy)
        known = {path: _read_record(path) for path in paths}
        found = [record for record in known.values() if record is not None]
        if not found:  # gone from both is lost, also for this program
            return None
        if self._seen is not None:
            found.append(self._seen)
        newest = self._seen = max(found, key=lambda record: record.serial)
        for path, record in known.items():
            if self.copy is not None and (record is None or record.serial < newest.serial):
                with suppress(OSError):
                    write_durably(path, newest.written())
        return newest


def _read_record(path: Path) -> _Record | None:
    try:
        raw = read_strict(read_bounded(path, _MAX_BYTES))
    except (OSError, FileTooLargeError, StrictJsonError):
        return None
    match raw:
        case {"format": 2, "serial": int(serial), "tries": dict(tries), **rest} if (
            not rest and 0 < serial <= _MOST_SERIAL
        ):
            return _read_counts(serial, tries)
        case {"format": 1, "tries": dict(tries), **rest} if not rest:
            return _read_counts(0, tries)
    return None


def _read_counts(serial: int, tries: dict[str, object]) -> _Record | None:
    counts = {str(name): _read_count(counted) for name, counted in tries.items()}
    known = {name: count for name, count in counts.items() if count is not None}
    return _Record(serial, known) if len(known) == len(counts) else None


def _read_count(raw: object) -> _Count | None:
    match raw:
        case [in_a_row, unlogged] if _is_count(in_a_row) and _is_count(unlogged):
            return _Count(in_a_row, unlogged)
    return None


def _is_count(raw: object) -> TypeGuard[int]:
    # True is 1 to a pattern, and no reader of the ledger takes it for a number.
    return type(raw) is int and 0 <= raw <= _MOST
