"""The sheet for the wet signature as pieces of markup, from top to bottom.

A card is one piece, so that no value is parted from its ground or its doubt; one
that is very long is cut between values, and both are said again. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from medcounter.authoring.sign_sheet.sign_sheet import SOURCES, SignedCard, SignedSection, SignSheet
from medcounter.notice.content.number import PRACTICE
from medcounter.notice.sheet.manuscript import ROW, ROW_HEAD, Manuscript, Piece
from medcounter.notice.sheet.paper import A4_PORTRAIT, Paper
from medcounter.notice.sheet.templates import write_from

_write = partial(write_from, "medcounter.authoring.sign_sheet", "sign")
TITLE = "参保缴费规则审签单"
# A list has no use for air, and less of it is not tried a second time.
SIGN_PAPER = replace(A4_PORTRAIT, scale=1.0, air=1.0)
# Values of one card on one piece; more would not fit beside others on a page.
_MOST_LINES = 18
# Residents are set a few at a time: each piece costs as much as a page.
_MANY, _FEW = 60, 3


def sign_manuscript(sheet: SignSheet, paper: Paper) -> Manuscript:
    """Write the sheet for a paper.

    Args:
        sheet: Everything on it.
        paper: A wide one; the table has no form for a roll.
    """
    return Manuscript(
        name=f"审签单 {sheet.title} {sheet.state.short}",
        title=f"{sheet.title}（{TITLE}）",
        pieces=tuple(_pieces(sheet, paper.air)),
        running_head=_write("running_head", sheet),
        foot=_write("foot", sheet),
        across=(PRACTICE,) if sheet.state.practice else (),
    )


def _pieces(sheet: SignSheet, air: float) -> Iterator[Piece]:
    yield Piece("head", _write("head", sheet, TITLE))
    yield Piece("state", _write("state", sheet), gap_mm=1.5 * air)
    yield Piece("heading", _write("heading", "来源", ""), gap_mm=2 * air, with_next=True)
    for number, source in enumerate(sheet.sources):
        more = number == 0 and len(sheet.sources) > 1
        yield Piece("source", _write("source", source), with_next=more)
    place = 3 + len(sheet.sources)
    for section in sheet.sections:
        if section.key != SOURCES:
            for piece in _section(section, place, air):
                yield piece
                place += 1
    for piece in _residents(sheet, place, air):
        yield piece
    yield Piece("sign", _write("sign", sheet), gap_mm=5 * air)


def _section(section: SignedSection, place: int, air: float) -> Iterator[Piece]:
    yield Piece(ROW_HEAD, _write("card_head", section.title), gap_mm=2.5 * air, with_next=True)
    for card in section.cards:
        for part in _parts(card):
            yield Piece(ROW, _write("card", part), heading=place)


def _parts(card: SignedCard) -> Iterator[SignedCard]:
    for start in range(0, len(card.lines), _MOST_LINES):
        title = f"{card.title}（续）" if start else card.title
        yield replace(card, title=title, lines=card.lines[start : start + _MOST_LINES])


def _residents(sheet: SignSheet, place: int, air: float) -> Iterator[Piece]:
    rows = sheet.residents.rows
    if not rows:
        return
    whole = sheet.residents.is_whole
    note = "按以上规则算出，请抽几行与公告对照。" if whole else "没有列全，只列出算好的。"
    heading = _write("heading", "参保人样本", note)
    yield Piece("heading", heading, gap_mm=3 * air, with_next=True)
    yield Piece(ROW_HEAD, _write("resident_head"), gap_mm=0.5, with_next=True)
    together = _FEW if len(rows) > _MANY else 1
    for start in range(0, len(rows), together):
        yield Piece(ROW, _write("residents", rows[start : start + together]), heading=place + 1)
