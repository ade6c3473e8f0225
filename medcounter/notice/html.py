"""The notice as HTML, piece by piece, for the sheet's one way of drawing.

Uses only what Qt's rich text knows; sizes and weights are in notice.css.
Names the pictures that the painter draws; draws nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from medcounter.notice import figures_html, notes_html, slim_html
from medcounter.notice.manuscript import Manuscript, Piece, foot_line, page_line, spaced
from medcounter.notice.notice import Notice, Row, Sheet
from medcounter.notice.paper import A5_LANDSCAPE, Paper
from medcounter.notice.qr import qr_text
from medcounter.notice.typeset import markup

_ROW_HEAD = "row-head"
_ROW = "row"
_WIDE = ("later", "choices", "remarks")


def notice_manuscript(sheet: Sheet, paper: Paper) -> Manuscript:
    """Write a notice for a paper."""
    notice = sheet.notice
    number = notice.number and figures_html.shown_number(notice.number, practice=sheet.practice)
    return Manuscript(
        name=f"缴费通知单 {number or figures_html.SPECIMEN}",
        title=notice.title,
        pieces=pieces(sheet, paper),
        running_head=figures_html.running_head(sheet),
        foot=notes_html.foot(sheet),
        side="" if paper.slim else notes_html.side(notice.check_code),
        across=figures_html.across(sheet),
        benefits=notice.benefits,
        qr=qr_text(sheet),
    )


def pieces(sheet: Sheet, paper: Paper) -> tuple[Piece, ...]:
    """Cut a sheet's content into its pieces, from top to bottom."""
    made = list(_slim_pieces(sheet, paper) if paper.slim else _wide_pieces(sheet, paper))
    return spaced(made, paper, heading=_ROW_HEAD, rows=_ROW)


def notice_html(notice: Notice, print_no: int, *, voided: bool = False) -> str:
    """Write a whole notice as one HTML document, as on A5.

    Args:
        notice: What stands on the paper.
        print_no: Which print this is, from 1.
        voided: Whether the notice is void.
    """
    return manuscript_html(
        notice_manuscript(Sheet(notice, print_no, voided=voided), A5_LANDSCAPE), A5_LANDSCAPE
    )


def manuscript_html(written: Manuscript, paper: Paper) -> str:
    """Write a manuscript as one HTML document without pages."""
    parts = [f'<div class="{p.kind}">\n{p.html}\n</div>' for p in written.pieces]
    if written.side:
        parts.append(f'<div class="side">\n{written.side}\n</div>')
    foot = foot_line(written.foot, paper, page_line(1, 1))
    parts.append(f'<div class="foot">\n{foot}\n</div>')
    body = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>{markup(written.title)}</title></head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _wide_pieces(sheet: Sheet, paper: Paper) -> Iterator[Piece]:
    notice = sheet.notice
    yield Piece("head", figures_html.head(sheet))
    yield Piece("person", figures_html.person(notice), gap_mm=1.2)
    yield Piece(_ROW_HEAD, figures_html.row_head(), gap_mm=1.2, with_next=True)
    yield from _rows(notice, figures_html.row)
    yield Piece("total", figures_html.total(notice))
    yield Piece("benefits", figures_html.benefits(notice, paper), gap_mm=1.8)
    for kind, html in notes_html.notes(notice, paper):
        yield Piece(kind, html, gap_mm=0.5, narrow=kind not in _WIDE)
    yield Piece("tail", notes_html.tail(paper), gap_mm=1.5, at_bottom=True, narrow=True)


def _slim_pieces(sheet: Sheet, paper: Paper) -> Iterator[Piece]:
    notice = sheet.notice
    yield Piece("head", slim_html.head(sheet))
    yield Piece("person", slim_html.person(notice), gap_mm=1.2)
    yield from _rows(notice, slim_html.row, slim_html.ROW_GAP_MM)
    yield Piece("total", slim_html.total(notice), gap_mm=0.8)
    yield Piece("benefits", figures_html.benefits(notice, paper), gap_mm=1.8)
    for kind, html in notes_html.notes(notice, paper):
        yield Piece(kind, html, gap_mm=0.5)
    yield Piece("tail", slim_html.tail(paper, notice.check_code), gap_mm=1.5)


def _rows(notice: Notice, write: Callable[[Row], str], gap_mm: float = 0.0) -> Iterator[Piece]:
    last = len(notice.rows)
    for place, row in enumerate(notice.rows, start=1):
        html = write(row)
        yield Piece(_ROW, html, gap_mm=gap_mm, with_next=place == last, amounts=(row.due,))
