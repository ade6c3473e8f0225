"""The sheet of a day: what stands on it, and its HTML piece by piece.

Looks like a notice and never like a voucher. Computes no figure; names no
resident: a line of the list has the notice's number and no person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from medcounter.money import show_money
from medcounter.notice.figures_html import PRACTICE
from medcounter.notice.manuscript import Manuscript, Piece
from medcounter.notice.paper import Paper
from medcounter.notice.typeset import GAP, markup

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
    """All that is printed of a day.

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
    return Manuscript(
        name=f"窗口日结 {sheet.number or sheet.day}",
        title=TITLE if sheet.number else DRAFT_TITLE,
        pieces=tuple(_pieces(sheet, paper)),
        running_head=(
            '<table class="ruled" width="100%"><tr>'
            f'<td class="number">{_number(sheet)}</td>'
            f'<td class="meta" align="right">{_day(sheet)}（续页）</td></tr></table>'
        ),
        foot=(
            f"台账末条 {markup(sheet.head)}{GAP}打印于 {sheet.printed_at:%Y-%m-%d %H:%M}{GAP}"
            "本单汇总窗口测算台账，不是收款或完税凭据"
        ),
        across=_across(sheet),
    )


def _across(sheet: DaySheet) -> tuple[str, ...]:
    words = (PRACTICE if sheet.practice else "", "" if sheet.number else "未日结")
    return tuple(word for word in words if word)


def _pieces(sheet: DaySheet, paper: Paper) -> Iterator[Piece]:
    air = paper.air
    yield Piece("head", _head(sheet))
    yield Piece("facts", _facts(sheet), gap_mm=1.5 * air)
    yield Piece("total", _total(sheet), gap_mm=air)
    place = 3
    for table in sheet.tables:
        heading = f'<p class="note head">{markup(table.heading)}</p>'
        yield Piece("heading", heading, gap_mm=2 * air, with_next=True)
        head = _rows(table, (table.names,), "label")
        yield Piece("row-head", head, gap_mm=0.5, with_next=True)
        together = _FEW if len(table.rows) > _MANY else 1
        cut = [table.rows[n : n + together] for n in range(0, len(table.rows), together)]
        for rows in cut:
            yield Piece("row", _rows(table, rows, "note"), heading=place + 1)
        place += 2 + len(cut)
    if sheet.left_out:
        left_out = f'<p class="note">{markup(sheet.left_out)}</p>'
        yield Piece("left-out", left_out, gap_mm=2 * air)
    if sheet.unconfirmed:
        listed = "、".join(map(markup, sheet.unconfirmed))
        text = f"打印待核对 {len(sheet.unconfirmed)} 次：{listed}"
        yield Piece("unconfirmed", f'<p class="note">{text}</p>', gap_mm=2 * air)
    yield Piece("sign", _sign(sheet), gap_mm=4 * air)


def _head(sheet: DaySheet) -> str:
    meta = [_day(sheet), f"{markup(sheet.desk)} 号窗口", f"经办 {markup(sheet.clerk)}"]
    if sheet.further:
        meta.append("补充日结")
    return (
        f'<p class="hall">{markup(sheet.hall)}</p>\n'
        f'<p class="title">{TITLE if sheet.number else DRAFT_TITLE}</p>\n'
        '<table class="ruled" width="100%"><tr>'
        f'<td class="number">{_number(sheet)}</td>'
        f'<td class="meta" align="right">{GAP.join(meta)}</td></tr></table>'
    )


def _facts(sheet: DaySheet) -> str:
    width = 100 // max(len(sheet.facts), 1)
    labels = "".join(
        f'<td width="{width}%"><span class="label">{markup(label)}</span></td>'
        for label, _ in sheet.facts
    )
    values = "".join(f'<td class="value">{markup(value)}</td>' for _, value in sheet.facts)
    return f'<table class="person" width="100%"><tr>{labels}</tr><tr>{values}</tr></table>'


def _total(sheet: DaySheet) -> str:
    return (
        '<table class="total" width="100%"><tr>'
        f'<td class="words" valign="middle">有效通知单合计 人民币{markup(sheet.words)}</td>'
        f'<td class="sum" align="right" valign="middle">{show_money(sheet.total)}</td></tr></table>'
    )


def _rows(table: DayTable, rows: Sequence[tuple[str, ...]], kind: str) -> str:
    lines = "".join(f"<tr>{_cells(table, cells, kind)}</tr>" for cells in rows)
    return f'<table class="rows" width="100%">{lines}</table>'


def _cells(table: DayTable, cells: tuple[str, ...], kind: str) -> str:
    return "".join(
        f'<td width="{width}%" align="{"left" if place < table.left else "right"}">'
        f'<span class="{kind}">{markup(cell)}</span></td>'
        for place, ((_, width), cell) in enumerate(zip(table.columns, cells, strict=True))
    )


def _sign(sheet: DaySheet) -> str:
    closed = f"日结时间 {sheet.closed_at:%Y-%m-%d %H:%M}" if sheet.closed_at else "尚未日结"
    return (
        '<table width="100%"><tr>'
        f'<td class="sign" width="40%">{closed}</td>'
        '<td class="sign" width="30%">经办人签字：</td>'
        '<td class="sign" width="30%">复核人签字：</td></tr></table>'
    )


def _number(sheet: DaySheet) -> str:
    practice = f"{PRACTICE}-" if sheet.practice else ""
    return f"编号 {practice}{markup(sheet.number)}" if sheet.number else "没有编号"


def _day(sheet: DaySheet) -> str:
    return f"{sheet.day.year}年{sheet.day.month}月{sheet.day.day}日"
