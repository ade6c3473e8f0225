"""A sheet laid out: every piece set as text and given its place on a page.

The same layout is drawn on screen, on paper and into a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QTextDocument, QTextFormat, QTextOption

from medcounter.notice.html import Piece, foot, pieces, running_head, side
from medcounter.notice.notice import Notice, Sheet
from medcounter.notice.pages import Box, Page, break_into_pages
from medcounter.notice.paper import SIDE_MM, Paper
from medcounter.paths import resource

from ..fonts import sheet_font
from .pictures import Pictures
from .units import PER_MM, ruler

_BODY_POINTS = 8.5
_LESS_AIR = (1.7, 1.0)
_SMALLER = 0.94
_LEADING = 0.08
FOOT_GAP_MM = 1.2
_RUNNING_GAP_MM = 2.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed; lengths in millimetres before the paper's scale.

    Attributes:
        documents: One for each piece.
        side: The QR picture at the bottom right of the last page.
        pages: Where slices of the pieces stand, page by page.
        head: The running head of every page but the first.
        feet: The foot of every page.
        body_top_mm: Where pieces begin on every page but the first.
    """

    sheet: Sheet
    paper: Paper
    documents: tuple[QTextDocument, ...]
    side: QTextDocument
    pages: tuple[Page, ...]
    head: QTextDocument
    feet: tuple[QTextDocument, ...]
    body_top_mm: float


def lay_out(sheet: Sheet, paper: Paper) -> Layout:
    """Set a sheet's pieces as text and break them into pages.

    Less air, then a little smaller, where that saves a page, so that a few
    lines too many do not cost the resident a second sheet.
    """
    close = [replace(paper, air=min(paper.air, air)) for air in _LESS_AIR]
    small = replace(close[-1], scale=paper.scale * _SMALLER)
    layouts = []
    for candidate in dict.fromkeys((paper, *close, small)):
        layouts.append(_lay_out(sheet, candidate))
        if len(layouts[-1].pages) == 1:
            break
    return min(layouts, key=lambda layout: len(layout.pages))


def height_mm(document: QTextDocument) -> float:
    """Measure a piece."""
    return document.size().height() / PER_MM


def _lay_out(sheet: Sheet, paper: Paper) -> Layout:
    made = pieces(sheet, paper)

    def wide(html: str) -> QTextDocument:
        return _document(html, sheet.notice, paper.column_mm)

    documents = tuple(
        _document(piece.html, sheet.notice, paper.narrow_mm if piece.narrow else paper.column_mm)
        for piece in made
    )
    beside = _document(side(sheet), sheet.notice, SIDE_MM)
    head = wide(running_head(sheet))
    body_top = height_mm(head) + _RUNNING_GAP_MM
    room = paper.room_mm - height_mm(wide(foot(sheet, 1, 1))) - FOOT_GAP_MM
    boxes = [
        _box(piece, document, height_mm(beside), room - body_top)
        for piece, document in zip(made, documents, strict=True)
    ]
    pages = break_into_pages(boxes, room, room - body_top)
    feet = tuple(wide(foot(sheet, page, len(pages))) for page in range(1, len(pages) + 1))
    return Layout(sheet, paper, documents, beside, pages, head, feet, body_top)


@cache
def _style_sheet() -> str:
    return resource("notice.css").read_text(encoding="utf-8")


def _document(html: str, notice: Notice, width_mm: float) -> QTextDocument:
    document = QTextDocument()
    layout = document.documentLayout()
    layout.setPaintDevice(ruler())
    layout.registerHandler(QTextFormat.ObjectTypes.ImageObject, Pictures(notice, document))
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setUndoRedoEnabled(False)
    body = sheet_font()
    body.setPointSizeF(_BODY_POINTS)
    document.setDefaultFont(body)
    document.setDefaultTextOption(_wrapping())
    document.setDefaultStyleSheet(_style_sheet())
    document.setHtml(html)
    document.setTextWidth(width_mm * PER_MM)
    return document


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


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
