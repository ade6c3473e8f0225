"""Work done bit by bit, done once: who asks the same again gets the same bits without the work."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEPT = 64


class Replayed:
    """A generator function whose last runs are kept, those that came to their end.

    A run is replayed with as many bits as it had, so that who counts or cuts off sees no
    difference.
    """

    def __init__(
        self, work: Callable[..., Iterator[Any]], key: Callable[..., tuple[object, ...]]
    ) -> None:
        """Keep nothing yet.

        Args:
            work: What is done, a pure function of its key.
            key: All that its bits follow from, of its arguments.
        """
        self._work = work
        self._key = key
        self._kept: deque[tuple[tuple[object, ...], tuple[Any, ...]]] = deque(maxlen=_KEPT)

    def __call__(self, *asked: Any) -> Iterator[Any]:  # noqa: ANN401 - of any function
        """Do the work, or give its bits again."""
        key = self._key(*asked)
        for kept, bits in tuple(self._kept):
            if kept == key:
                yield from bits
                return
        given: list[Any] = []
        for bit in self._work(*asked):
            given.append(bit)
            yield bit
        self._kept.append((key, tuple(given)))
