"""Parts of the window that hold something, and end with the desk."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Ending(Protocol):
    """A part of the window that is asked before the desk is left, and ended with it.

    Closing, locking, reopening and building a window anew all ask the same two things.
    """

    @property
    def held(self) -> str:
        """What would be lost by closing now, in one clause; empty for nothing."""

    def stop(self) -> None:
        """End what goes on, and wait for what is done beside the window."""


def end_all(endings: Iterable[Callable[[], object]]) -> None:
    """End one thing after the other, each though another failed.

    Args:
        endings: End one each, in this order.
    """
    with ExitStack() as left:
        for ending in reversed(tuple(endings)):
            left.callback(ending)
