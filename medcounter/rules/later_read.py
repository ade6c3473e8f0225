"""Records read only when somebody asks for one of them.

For bytes that were read whole before: the rules of all places are there, and a
counter asks for those of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R")


class LaterRead(Sequence[R], Generic[R]):
    """A list of records as JSON, each read when first asked for and then kept.

    Attributes:
        written: The records as JSON.
    """

    def __init__(self, written: Sequence[dict[str, Any]], read: Callable[[object], R]) -> None:
        """Keep the JSON.

        Args:
            written: One object a record, known to be readable.
            read: Makes a record of one.
        """
        self.written = written
        self._read = read
        self._records: dict[int, R] = {}

    @property
    def read(self) -> int:
        """How many records have been read."""
        return len(self._records)

    def __len__(self) -> int:
        """Count the records, read or not."""
        return len(self.written)

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...

    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        """Return a record, or several, reading what was not read before."""
        if isinstance(index, slice):
            return tuple(self[number] for number in range(len(self))[index])
        number = range(len(self))[index]
        if number not in self._records:
            self._records[number] = self._read(self.written[number])
        return self._records[number]
