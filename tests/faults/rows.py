"""The table of faults: what each row does, and what must hold of it."""

from collections.abc import Callable
from typing import NamedTuple

Figures = dict[str, int]


class Part(NamedTuple):
    """A share of a row that is run in one go; its figures add up with the others'."""

    name: str
    run: Callable[[], Figures]


class Row(NamedTuple):
    """One row of the table of faults.

    Attributes:
        number: As in the table.
        fault: What is done to the program.
        holds: What must be so afterwards.
        how: By which means.
        parts: What a full run does.
        quick: What a quick run does instead.
        bad: Names of the figures that must be 0.
        tools: Programs of the system that it needs.
    """

    number: int
    fault: str
    holds: str
    how: str
    parts: tuple[Part, ...]
    quick: tuple[Part, ...]
    bad: tuple[str, ...]
    tools: tuple[str, ...] = ()


def repeated(total: int, share: int, run: Callable[[int], Figures]) -> tuple[Part, ...]:
    """Cut a number of runs into parts of a size."""
    ends = range(share, total + share, share)
    return tuple(
        Part(f"{end - share + 1} to {min(end, total)}", lambda: run(share)) for end in ends
    )


def added(one: Figures, other: Figures) -> Figures:
    """Add figures up, name by name."""
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def note(text: str) -> None:
    """Name something that is found, for the page."""
    _notes.append(text)


def take_notes() -> list[str]:
    """Give what was named since the last time."""
    taken = list(_notes)
    _notes.clear()
    return taken


_notes: list[str] = []
