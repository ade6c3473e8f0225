"""Break pieces into pages: which page, how far down.

Turns heights in millimetres into positions in millimetres; knows neither text
nor fonts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One piece; it is cut only where it is taller than a whole page.

    Attributes:
        height_mm: Its height.
        gap_mm: Free space above it, left out at the top of a page.
        with_next: It stays on one page with the box after it.
        heading: Index of an earlier box that is repeated above it when it
            begins a page.
        at_bottom: It stands at the foot of its page.
        overhang_mm: How far what stands at the right of it rises above it;
            only narrow boxes may lie beside that.
        narrow: It leaves the right side of the page free.
        cuts_mm: Heights at which it may be cut, rising.
    """

    height_mm: float
    gap_mm: float = 0.0
    with_next: bool = False
    heading: int | None = None
    at_bottom: bool = False
    overhang_mm: float = 0.0
    narrow: bool = False
    cuts_mm: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PiecePlace:
    """A box, or a slice of a very tall one, on its page.

    Attributes:
        box: Index of the box.
        top_mm: How far below the page's top the slice begins.
        from_mm: Where in the box the slice begins.
        height_mm: Height of the slice.
    """

    box: int
    top_mm: float
    from_mm: float
    height_mm: float


PlacedPieces = tuple[PiecePlace, ...]


def break_into_pages(
    boxes: Sequence[Box], first_room_mm: float, next_room_mm: float
) -> tuple[PlacedPieces, ...]:
    """Stack boxes in order, going on to a new page where one does not fit.

    Args:
        boxes: The pieces from top to bottom.
        first_room_mm: Height for pieces on the first page.
        next_room_mm: Height on each further page.

    Returns:
        One page at least; every box on exactly one page but for repeated
        headings and for boxes taller than a page.
    """
    stack = _Stack(boxes, first_room_mm, next_room_mm)
    for group in _kept_together(boxes):
        stack.begin(group)
        for index in group:
            stack.put(index)
    return tuple(tuple(page) for page in stack.pages)


def _kept_together(boxes: Sequence[Box]) -> Iterator[list[int]]:
    group: list[int] = []
    for index, box in enumerate(boxes):
        group.append(index)
        if not box.with_next:
            yield group
            group = []
    if group:
        yield group


class _Stack:
    """The pages filled so far and how far the last one is used."""

    def __init__(self, boxes: Sequence[Box], first_room_mm: float, next_room_mm: float) -> None:
        self.pages: list[list[PiecePlace]] = [[]]
        self._boxes = boxes
        self._room = first_room_mm
        self._next_room = next_room_mm
        self._used = 0.0
        self._used_at_right = 0.0

    def begin(self, group: Sequence[int]) -> None:
        """Turn the page when a group does not fit what is left of this one."""
        boxes = [self._boxes[index] for index in group]
        height = sum(box.gap_mm + box.height_mm for box in boxes)
        if self.pages[-1] and not self._fits(height, boxes[-1]):
            self._turn(boxes[0])

    def put(self, index: int) -> None:
        """Place one box, cutting it only when it is taller than a page."""
        box = self._boxes[index]
        if self.pages[-1] and not self._fits(box.gap_mm + box.height_mm, box):
            self._turn(box)
        start = 0.0
        while box.height_mm - start > (left := self._room - self._used - self._gap(box)):
            end = _cut(box, start, left)
            self._place(index, start, end)
            self._turn(box)
            start = end
        if box.at_bottom:
            self._used = self._room - (box.height_mm - start) - self._gap(box)
        self._place(index, start, box.height_mm)

    def _fits(self, height: float, last: Box) -> bool:
        beside = self._used_at_right + last.overhang_mm + last.height_mm
        return self._used + height <= self._room and beside <= self._room

    def _place(self, index: int, start: float, end: float) -> None:
        box = self._boxes[index]
        top = self._used + self._gap(box)
        self.pages[-1].append(PiecePlace(index, top, start, end - start))
        self._used = top + end - start
        if not box.narrow:
            self._used_at_right = self._used

    def _gap(self, box: Box) -> float:
        return box.gap_mm if self.pages[-1] else 0.0

    def _turn(self, box: Box) -> None:
        self.pages.append([])
        self._used = self._used_at_right = 0.0
        self._room = self._next_room
        if box.heading is not None:
            self._place(box.heading, 0.0, self._boxes[box.heading].height_mm)


def _cut(box: Box, start: float, left: float) -> float:
    fitting = [cut for cut in box.cuts_mm if start < cut <= start + left]
    return fitting[-1] if fitting else start + left
