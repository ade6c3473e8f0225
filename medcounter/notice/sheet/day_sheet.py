"""The day's sheet: its content, and its pieces from top to bottom.

Looks like a notice but never like a receipt. Computes no figure and names no
resident: a line of the list has the notice's number and no person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from medcounter.notice.content.number import PRACTICE
from medcounter.notice.sheet.manuscript import ROW, ROW_HEAD, Manuscript, Piece
from medcounter.notice.sheet.paper import Paper
from medcounter.notice.sheet.templates import write

_write = partial(write, "day")
TITLE = "窗口日结单"
DRAFT_TITLE = "窗口日清单（未日结）"
# A long list is set a few rows at a time: each piece costs as much as a page.
_MANY, _FEW = 40, 5


@dataclass(frozen=True, slots=True)
class DayTable:
    """A table of the sheet.

    Attributes:
        heading: What it lists.
        columns: Heading and width of each column in percent; those after
            the first ``left`` ones stand at the right.
        left: How many columns hold words.
        rows: The cells, as printed.
    """

    heading: str
    columns: tuple[tuple[str, int], ...]
    left: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' headings."""
        return tuple(name for name, _ in self.columns)


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything printed on a day's sheet.

    Attributes:
        hall: Name of the hall.
        desk: Two digits.
        clerk: Who closed the day, or looks at it.
        number: ``2026-03-D0012``; None while the day is not closed.
        day: The day.
        closed_at: When it was closed; None while it is not.
        further: Whether it covers only what was done after an earlier close.
        facts: Label and value of each count.
        total: Fen on the notices issued and not void.
        words: The same in financial capitals.
        tables: By clerk, identity and year, and the list of acts.
        unconfirmed: Prints of which nobody said whether they came out.
        left_out: Where the list is, where it is too long for paper; else
            empty.
        head: The ledger's head: number and 8 hex digits.
        printed_at: When this paper is drawn.
        practice: Whether it is a day of practice.
    """

    hall: str
    desk: str
    clerk: str
    number: str | None
    day: date
    closed_at: datetime | None
    further: bool
    facts: tuple[tuple[str, str], ...]
    total: int
    words: str
    tables: tuple[DayTable, ...]
    unconfirmed: tuple[str, ...]
    left_out: str
    head: str
    printed_at: datetime
    practice: bool = False


def day_manuscript(sheet: DaySheet, paper: Paper) -> Manuscript:
    """Write a day's sheet for a paper."""
    title = TITLE if sheet.number else DRAFT_TITLE
    marks = ((sheet.practice, PRACTICE), (not sheet.number, "未日结"))
    return Manuscript(
        name=f"窗口日结 {sheet.number or sheet.day}",
        title=title,
        pieces=tuple(_pieces(sheet, title, paper.air)),
        running_head=_write("running_head", sheet),
        foot=_write("foot", sheet),
        across=tuple(text for wanted, text in marks if wanted),
    )


def _pieces(sheet: DaySheet, title: str, air: float) -> Iterator[Piece]:
    yield Piece("head", _write("head", sheet, title))
    yield Piece("facts", _write("facts", sheet), gap_mm=1.5 * air)
    yield Piece("total", _write("total", sheet), gap_mm=air)
    place = 3
    for table in sheet.tables:
        yield Piece("heading", _write("heading", table.heading), gap_mm=2 * air, with_next=True)
        head = _write("rows", table, (table.names,), "label")
        yield Piece(ROW_HEAD, head, gap_mm=0.5, with_next=True)
        together = _FEW if len(table.rows) > _MANY else 1
        cut = [table.rows[n : n + together] for n in range(0, len(table.rows), together)]
        for rows in cut:
            yield Piece(ROW, _write("rows", table, rows, "note"), heading=place + 1)
        place += 2 + len(cut)
    if sheet.left_out:
        yield Piece("left-out", _write("note", sheet.left_out), gap_mm=2 * air)
    if sheet.unconfirmed:
        yield Piece("unconfirmed", _write("unconfirmed", sheet.unconfirmed), gap_mm=2 * air)
    yield Piece("sign", _write("sign", sheet), gap_mm=4 * air)
