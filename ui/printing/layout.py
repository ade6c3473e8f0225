"""Lay out a sheet: every piece set as text and placed on a page.

The same layout is drawn on screen, on paper and into a PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtGui import QTextDocument

from medcounter.notice.content.household_sheet import HouseholdSheet
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.household_manuscript import household_manuscript
from medcounter.notice.sheet.manuscript import Manuscript, Piece, carried_line, foot_line, page_line
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.pages import Box, PlacedPieces, break_into_pages
from medcounter.notice.sheet.paper import ROLL_80, SIDE_MM, Paper

from .line_breaks import BREAK
from .text_shelf import TextShelf
from .units import PER_MM

# What stands for a picture in the text of a piece, and for a place to break a line.
_UNWRITTEN = str.maketrans("", "", f"\ufffc{BREAK}")
_LESS_AIR = (1.7, 1.0)
_SMALLER = 0.94
_LEADING = 0.08
FOOT_GAP_MM = 1.2
_RUNNING_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed; lengths in millimetres before the paper's scale.

    Attributes:
        paper: Of a roll, as long as the content is.
        documents: One for each piece.
        side: The QR picture at the bottom right of the last page; None where
            it stands among the pieces.
        pages: Where slices of the pieces stand, page by page.
        head: The running head of every page but the first; None where one page is all.
        feet: The foot of every page, copy by copy.
        carried: Subtotals above the foot of a page; None where rows fit one
            page or a page has none.
        body_top_mm: Where pieces begin on every page but the first.
    """

    manuscript: Manuscript
    paper: Paper
    documents: tuple[QTextDocument, ...]
    side: QTextDocument | None
    pages: tuple[PlacedPieces, ...]
    head: QTextDocument | None
    feet: tuple[QTextDocument, ...]
    carried: tuple[QTextDocument | None, ...]
    body_top_mm: float

    @property
    def text(self) -> str:
        """All that is written on the sheet, in no order, pictures left out."""
        documents = (*self.documents, self.side, self.head, *self.feet, *self.carried)
        written = "".join(one.toPlainText() for one in documents if one is not None)
        names = "".join(name for name, _spans in self.manuscript.years)
        return written.translate(_UNWRITTEN) + names + "".join(self.manuscript.across)

    def foot(self, page: int, copy: int = 0) -> QTextDocument:
        """Return the foot of a page of a copy, both from 0."""
        return self.feet[copy * len(self.pages) + page]


def lay_out(sheet: Sheet | HouseholdSheet, paper: Paper, shelf: TextShelf | None = None) -> Layout:
    """Set a notice or a household's sheet for a paper.

    A household's table of seven columns is never set larger than on A5, so
    that no amount and no date is broken.

    Args:
        sheet: What is set.
        paper: What it is set for.
        shelf: The texts of other sheets of the same stack.
    """
    usual = isinstance(sheet, Sheet) or paper.single_column
    fitting = paper if usual else replace(paper, scale=min(1.0, paper.scale))
    return lay_out_written(partial(manuscript, sheet), fitting, shelf)


def manuscript(sheet: Sheet | HouseholdSheet, paper: Paper) -> Manuscript:
    """Write a notice or a household's sheet for a paper."""
    if isinstance(sheet, HouseholdSheet):
        return household_manuscript(sheet, paper)
    return notice_manuscript(sheet, paper)


def lay_out_written(
    write: Callable[[Paper], Manuscript], paper: Paper, shelf: TextShelf | None = None
) -> Layout:
    """Set pieces as text and break them into pages.

    Notes are as wide as the sheet where they end above the QR picture, else
    they leave its side free. Less air, then a little smaller, where that saves
    a page, so that a few lines too many do not cost the resident a second sheet.

    Args:
        write: Gives what stands on the sheet for a paper.
        paper: What it is laid out for.
        shelf: The texts of other sheets of the same stack.
    """
    shelf = shelf or TextShelf()
    close = [replace(paper, air=min(paper.air, air)) for air in _LESS_AIR]
    small = replace(close[-1], scale=paper.scale * _SMALLER)
    layouts = []
    for candidate in dict.fromkeys((paper, *close, small)):
        written = write(candidate)
        for set_so in dict.fromkeys((_widened(written), written)):
            layouts.append(_lay_out(set_so, candidate, shelf))
            if len(layouts[-1].pages) == 1:
                return layouts[-1]
    return min(layouts, key=lambda layout: len(layout.pages))


def lay_out_again(written: Manuscript, paper: Paper, shelf: TextShelf) -> Layout:
    """Set a sheet as it was set before.

    Args:
        written: Of that layout.
        paper: Of that layout; a roll may be as short as the content was.
        shelf: The texts of other sheets.
    """
    whole = replace(paper, height_mm=ROLL_80.height_mm) if paper.roll else paper
    return _lay_out(written, whole, shelf)


def _widened(written: Manuscript) -> Manuscript:
    """Give every piece the sheet's whole width but the last, beside the QR picture."""
    pieces = (replace(piece, narrow=piece.narrow and piece.at_bottom) for piece in written.pieces)
    return replace(written, pieces=tuple(pieces))


def height_mm(document: QTextDocument) -> float:
    """Measure a piece."""
    return document.size().height() / PER_MM


def _lay_out(written: Manuscript, paper: Paper, shelf: TextShelf) -> Layout:
    def wide(html: str) -> QTextDocument:
        return shelf.text(html, written, paper.column_mm)

    documents = tuple(
        shelf.text(piece.html, written, paper.narrow_mm if piece.narrow else paper.column_mm)
        for piece in written.pieces
    )
    side = shelf.text(written.side, written, SIDE_MM) if written.side else None
    longest_copy = max(paper.copies, key=len, default="")
    foot_mm = height_mm(wide(foot_line(written.foot, paper, page_line(1, 1), longest_copy)))
    room = paper.room_mm - foot_mm - FOOT_GAP_MM
    side_mm = height_mm(side) if side else 0.0

    def boxes(room_mm: float) -> list[Box]:
        pairs = zip(written.pieces, documents, strict=True)
        return [_box(piece, document, side_mm, room_mm) for piece, document in pairs]

    head, body_top = None, 0.0
    pages = break_into_pages(boxes(room), room, room)
    if len(pages) > 1:
        head = wide(written.running_head)
        body_top = height_mm(head) + _RUNNING_GAP_MM
        pages = break_into_pages(boxes(room - body_top), room, room - body_top)
    carried: tuple[QTextDocument | None, ...] = (None,) * len(pages)
    if len(_pages_with_amounts(written.pieces, pages)) > 1:
        less = room - height_mm(wide(carried_line((), (), written.counted))) - FOOT_GAP_MM
        pages = break_into_pages(boxes(room - body_top), less, less - body_top)
        lines = _carried_lines(written, pages)
        carried = tuple(wide(line) if line else None for line in lines)
    feet = tuple(
        wide(foot_line(written.foot, paper, page_line(page, len(pages)), copy))
        for copy in paper.copies or ("",)
        for page in range(1, len(pages) + 1)
    )
    if paper.roll and len(pages) == 1:
        used = max(place.top_mm + place.height_mm for place in pages[0])
        length = (used + 2 * FOOT_GAP_MM + foot_mm) * paper.scale + 2 * paper.margin_mm
        paper = replace(paper, height_mm=length)
    return Layout(written, paper, documents, side, pages, head, feet, carried, body_top)


def _pages_with_amounts(pieces: Sequence[Piece], pages: Sequence[PlacedPieces]) -> tuple[int, ...]:
    return tuple(
        number
        for number, page in enumerate(pages)
        if any(pieces[place.box].amounts for place in page)
    )


def _carried_lines(written: Manuscript, pages: Sequence[PlacedPieces]) -> tuple[str, ...]:
    """Write the subtotals of each page; empty for a page without amounts."""
    so_far: list[int | None] = []
    lines = []
    for page in pages:
        here = [
            amount
            for place in page
            if place.from_mm == 0
            for amount in written.pieces[place.box].amounts
        ]
        so_far += here
        lines.append(carried_line(here, so_far, written.counted) if here else "")
    return tuple(lines)


def _box(piece: Piece, document: QTextDocument, side_mm: float, room_mm: float) -> Box:
    height = height_mm(document)
    return Box(
        height,
        piece.gap_mm,
        with_next=piece.with_next,
        heading=piece.heading,
        at_bottom=piece.at_bottom,
        overhang_mm=max(0.0, side_mm - height) if piece.at_bottom else 0.0,
        narrow=piece.narrow,
        cuts_mm=_cuts_mm(document) if height > room_mm else (),
    )


def _cuts_mm(document: QTextDocument) -> tuple[float, ...]:
    """Find the heights at which no line of a tall piece is cut through."""
    layout = document.documentLayout()
    spans = []
    block = document.begin()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        text = block.layout()
        for index in range(text.lineCount()):
            line = text.lineAt(index).naturalTextRect().translated(0, top)
            # Lines are set closer than the font asks, so their rectangles overlap a little.
            slack = line.height() * _LEADING
            spans.append((line.top() + slack, line.bottom() - slack))
        block = block.next()
    ends = sorted({bottom for _top, bottom in spans})
    return tuple(
        end / PER_MM for end in ends if not any(top < end < bottom for top, bottom in spans)
    )
