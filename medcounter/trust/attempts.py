"""How often a wrong secret was typed, and how long to wait before the next.

Answers with seconds. The count lies in a small file and survives a restart;
the waiting is measured by a clock that nobody can set, and begins anew with
the program. A file that is gone or damaged counts as many tries.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.strict_json import StrictJsonError, canonical, read_strict

FORMAT = 1
# Seconds to wait after so many wrong tries in a row; the last one for all more.
WAITS = (0, 0, 0, 5, 15, 30, 60, 120, 300, 600, 900)
LOST_COUNTS_AS = 8
_MOST = 1_000_000
_MAX_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class _Count:
    """Wrong tries of one name.

    Attributes:
        in_a_row: Since the last right one.
        untold: That no event of the ledger tells of yet.
    """

    in_a_row: int = 0
    untold: int = 0


@dataclass(slots=True)
class Attempts:
    """The tries at one data folder.

    Attributes:
        path: The file; its folder must exist.
        lost_counts_as: How many wrong tries a name has that the file does
            not know.
        clock: Seconds that only ever grow.
    """

    path: Path
    lost_counts_as: int = LOST_COUNTS_AS
    clock: Callable[[], float] = time.monotonic
    _until: dict[str, tuple[int, float]] = field(default_factory=dict)
    _unwritten: dict[str, _Count] = field(default_factory=dict)

    def begin(self, names: Iterable[str]) -> None:
        """Start counting for exactly these names at nought, after a set-up.

        Raises:
            OSError: The file cannot be written.
        """
        self._until.clear()
        self._unwritten.clear()
        self._write(dict.fromkeys(names, _Count()))

    def wait(self, name: str) -> int:
        """Say how many whole seconds a name must still wait; 0 for none."""
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
        return max(0, math.ceil(until - now))

    def count_one(self, name: str) -> None:
        """Count a try as wrong before it is made, so that a kill frees none."""
        before = self._count(name)
        count = _Count(min(before.in_a_row + 1, _MOST), min(before.untold + 1, _MOST))
        self._put(name, count)
        self.wait(name)

    def forgive(self, name: str) -> None:
        """Take the last try of a name back and begin at nought: it was right."""
        self._put(name, _Count(0, max(self._count(name).untold - 1, 0)))
        self._until.pop(name, None)

    def admit(self, name: str) -> None:
        """Begin at nought for a clerk who was given a new slot."""
        self._put(name, _Count(0, self._count(name).untold))
        self._until.pop(name, None)

    def welcome(self, names: Iterable[str]) -> None:
        """Begin at nought for those among these who were never counted here."""
        known = self._all()
        for name in names:
            if name not in known:
                self.admit(name)

    def untold(self) -> dict[str, int]:
        """Give how many wrong tries of each name no event tells of yet."""
        return {name: count.untold for name, count in self._all().items() if count.untold}

    def told(self) -> None:
        """Forget what an event of the ledger tells of now."""
        if self.untold():
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
        said = {name: [count.in_a_row, count.untold] for name, count in counts.items()}
        write_durably(self.path, canonical({"format": FORMAT, "tries": said}))

    def _read(self) -> dict[str, _Count] | None:
        try:
            raw = read_strict(read_bounded(self.path, _MAX_BYTES))
        except (OSError, FileTooLargeError, StrictJsonError):
            return None
        match raw:
            case {"format": 1, "tries": dict(tries), **rest} if not rest:
                counts = {str(name): _read_count(said) for name, said in tries.items()}
                known = {name: count for name, count in counts.items() if count is not None}
                return known if len(known) == len(counts) else None
        return None


def _read_count(raw: object) -> _Count | None:
    match raw:
        case [int(in_a_row), int(untold)] if 0 <= in_a_row <= _MOST and 0 <= untold <= _MOST:
            return _Count(in_a_row, untold)
    return None
