"""The notice as pieces of markup, from top to bottom.

Decides which pieces there are and how they belong together; the templates
decide how each is written. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from medcounter.notice.content.merging import ASSUMED, UNSETTLED
from medcounter.notice.content.notice import Notice, Sheet
from medcounter.notice.sheet import lower_half
from medcounter.notice.sheet.manuscript import (
    ROW,
    ROW_HEAD,
    SLIM_ROW_GAP_MM,
    SPECIMEN,
    Manuscript,
    Piece,
    across,
    spaced,
)
from medcounter.notice.sheet.paper import Paper
from medcounter.notice.sheet.qr import qr_text
from medcounter.notice.sheet.templates import write


def notice_manuscript(sheet: Sheet, paper: Paper) -> Manuscript:
    """Write a notice for a paper."""
    notice = sheet.notice
    return Manuscript(
        name=f"缴费通知单 {sheet.shown_number or SPECIMEN}",
        title=notice.title,
        pieces=spaced(tuple(_pieces(sheet, paper)), paper),
        running_head=write("notice", "running_head", sheet),
        foot=lower_half.foot((notice.stamp,), notice.clauses),
        side=lower_half.side(paper, notice.check_code),
        across=across(practice=sheet.practice, specimen=notice.number is None, void=sheet.voided),
        benefits=notice.benefits,
        qr=qr_text(sheet),
    )


def _pieces(sheet: Sheet, paper: Paper) -> Iterator[Piece]:
    notice, slim = sheet.notice, paper.single_column
    part = partial(write, "notice_slim" if slim else "notice")
    yield Piece("head", part("head", sheet))
    yield Piece("person", part("person", notice), gap_mm=1.2)
    if not slim:
        yield Piece(ROW_HEAD, part("row_head"), gap_mm=1.2, with_next=True)
    for place, row in enumerate(notice.rows, start=1):
        yield Piece(
            ROW,
            part("row", row),
            gap_mm=SLIM_ROW_GAP_MM if slim else 0.0,
            with_next=place == len(notice.rows),
            amounts=(row.due,),
        )
    yield Piece("total", part("total", notice), gap_mm=0.8 if slim else 0.0)
    yield Piece("benefits", write("notice", "benefits", notice, paper), gap_mm=1.8)
    yield from _notes(notice, paper)
    yield lower_half.tail(paper, notice.check_code)


def _notes(notice: Notice, paper: Paper) -> Iterator[Piece]:
    yield from lower_half.advice(
        notice.later, () if paper.brief else notice.choices, notice.remarks
    )
    yield from lower_half.clerk_words(filter(None, (notice.clerk_words,)))
    yield from lower_half.guides(notice.guides, paper)
    for doubt in notice.doubts:
        yield lower_half.doubt(doubt.text, ASSUMED if doubt.assumed else UNSETTLED, paper)
    yield from lower_half.clauses(notice.clauses, paper)
    yield from lower_half.made_by((notice.made_by,) if notice.made_by else (), paper)
