"""The input of drawing: pieces of markup and how they belong together.

The notice, the household's sheet and everything else on paper is written as a
manuscript; layout, page breaking and drawing know nothing else. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from medcounter.notice.content.notice import Benefits, BenefitSpan
from medcounter.notice.content.number import PRACTICE
from medcounter.notice.sheet.paper import Paper
from medcounter.notice.sheet.templates import write

SPECIMEN = "样张"
VOID = "作废"
# Kinds of the pieces that make a table; the heading is repeated on a further page.
ROW_HEAD, ROW = "row-head", "row"
# Keeps the line above a row of one column off the words above it.
SLIM_ROW_GAP_MM = 0.8


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
        amounts: What it adds to the page's subtotal in fen, None for an
            amount that no source gives; empty when it adds nothing.
    """

    kind: str
    html: str
    gap_mm: float = 0.0
    with_next: bool = False
    heading: int | None = None
    at_bottom: bool = False
    narrow: bool = False
    amounts: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything on a sheet.

    Attributes:
        name: What a file or a print job is called; names nobody.
        title: What it is, for who cannot see it.
        pieces: From top to bottom.
        running_head: Markup above every page but the first.
        foot: Markup at the foot of every page, left of the page's number.
        side: Markup at the right of the last piece; empty for none.
        across: Words drawn large across every page, such as 作废.
        counted: What an amount is counted by in subtotals, such as 项.
        benefits: Drawn where the markup names ``notice:timeline``.
        years: Names and their benefit years, drawn below each other where it
            names ``notice:years``.
        qr: What the QR picture says; empty draws the place of one.
    """

    name: str
    title: str
    pieces: tuple[Piece, ...]
    running_head: str
    foot: Markup
    side: str = ""
    across: tuple[str, ...] = ()
    counted: str = "项"
    benefits: Benefits | None = None
    years: tuple[tuple[str, tuple[BenefitSpan, ...]], ...] = ()
    qr: str = ""


def spaced(pieces: Sequence[Piece], paper: Paper) -> tuple[Piece, ...]:
    """Give pieces their paper's spacing, and rows their repeated heading.

    Args:
        pieces: From top to bottom.
        paper: What they are laid out for.
    """
    head = next((index for index, piece in enumerate(pieces) if piece.kind == ROW_HEAD), None)
    return tuple(
        replace(
            piece,
            gap_mm=piece.gap_mm * paper.air,
            heading=head if piece.kind == ROW else None,
        )
        for piece in pieces
    )


def across(*, practice: bool, specimen: bool, void: bool) -> tuple[str, ...]:
    """Return the words drawn large across the paper."""
    marks = ((practice, PRACTICE), (specimen, SPECIMEN), (void, VOID))
    return tuple(text for wanted, text in marks if wanted)


def foot_line(written: Markup, paper: Paper, page: str, copy: str = "") -> Markup:
    """Write what stands at the foot of one page.

    Args:
        written: The manuscript's own markup.
        paper: A slim one has the page's number on a line of its own.
        page: Such as 第 1/2 页.
        copy: Whose copy it is; empty where there is one only.
    """
    return write("shared", "foot", written, paper, page, copy)


def page_line(page: int, pages: int) -> str:
    """Write which page this is: 第 1/2 页."""
    return f"第 {page}/{pages} 页"


def carried_line(here: Sequence[int | None], so_far: Sequence[int | None], counted: str) -> Markup:
    """Write a page's subtotal and what it carries on.

    Args:
        here: The amounts on this page in fen.
        so_far: Those on this page and all before it.
        counted: What an amount is counted by, such as 项 or 人.
    """
    return write("shared", "carried", here, so_far, counted)
