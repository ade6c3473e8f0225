"""The notice as HTML, piece by piece, for the sheet's one way of drawing.

Uses only what Qt's rich text knows; sizes and weights are in notice.css.
Names the pictures that the painter draws; draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from medcounter.notice import figures_html, notes_html
from medcounter.notice.notice import Notice, Sheet
from medcounter.notice.paper import A5_LANDSCAPE, Paper
from medcounter.notice.typeset import markup

_ROW_HEAD = "row-head"
_ROW = "row"
_WIDE = ("later", "choices", "remarks")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the sheet that stays together.

    Attributes:
        kind: What it is.
        html: Its markup.
        gap_mm: Free space above it.
        with_next: It stays on one page with the piece after it.
        heading: Index of the piece repeated above it at a page's top.
        at_bottom: It stands at the foot of its page.
        narrow: It leaves the right side free for the QR picture.
    """

    kind: str
    html: str
    gap_mm: float = 0.0
    with_next: bool = False
    heading: int | None = None
    at_bottom: bool = False
    narrow: bool = False


def pieces(sheet: Sheet, paper: Paper) -> tuple[Piece, ...]:
    """Cut a sheet's content into its pieces, from top to bottom."""
    made = [replace(p, gap_mm=p.gap_mm * paper.air) for p in _pieces(sheet, paper)]
    head = next(index for index, piece in enumerate(made) if piece.kind == _ROW_HEAD)
    return tuple(replace(piece, heading=head) if piece.kind == _ROW else piece for piece in made)


def side(sheet: Sheet) -> str:
    """Write the QR picture that stands at the right of the last piece."""
    return notes_html.side(sheet)


def running_head(sheet: Sheet) -> str:
    """Write the line above every page but the first."""
    return figures_html.running_head(sheet)


def foot(sheet: Sheet, page: int, pages: int) -> str:
    """Write what stands at the foot of every page.

    Args:
        sheet: What is drawn.
        page: This page, from 1.
        pages: How many there are.
    """
    return notes_html.foot(sheet, page, pages)


def notice_html(notice: Notice, print_no: int, *, voided: bool = False) -> str:
    """Write a whole notice as one HTML document, as on A5.

    Args:
        notice: What stands on the paper.
        print_no: Which print this is, from 1.
        voided: Whether the notice is void.
    """
    sheet = Sheet(notice, print_no, voided=voided)
    parts = [f'<div class="{p.kind}">\n{p.html}\n</div>' for p in pieces(sheet, A5_LANDSCAPE)]
    parts.append(f'<div class="side">\n{side(sheet)}\n</div>')
    parts.append(f'<div class="foot">\n{foot(sheet, 1, 1)}\n</div>')
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>{markup(notice.title)}</title></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _pieces(sheet: Sheet, paper: Paper) -> Iterator[Piece]:
    notice = sheet.notice
    yield Piece("head", figures_html.head(sheet))
    yield Piece("person", figures_html.person(notice), gap_mm=1.2)
    yield Piece(_ROW_HEAD, figures_html.row_head(), gap_mm=1.2, with_next=True)
    for row in notice.rows[:-1]:
        yield Piece(_ROW, figures_html.row(row))
    for row in notice.rows[-1:]:
        yield Piece(_ROW, figures_html.row(row), with_next=True)
    yield Piece("total", figures_html.total(notice))
    yield Piece("benefits", figures_html.benefits(notice, paper), gap_mm=1.8)
    for kind, html in notes_html.notes(notice, paper):
        yield Piece(kind, html, gap_mm=0.5, narrow=kind not in _WIDE)
    yield Piece("tail", notes_html.tail(paper), gap_mm=1.5, at_bottom=True, narrow=True)
