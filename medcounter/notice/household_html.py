"""The household's sheet as pieces of markup: a row for each, one total.

Uses only what Qt's rich text knows; sizes and weights are in notice.css. Sums
nothing: what it writes stands in the HouseholdSheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medcounter.money import show_money
from medcounter.notice import figures_html, notes_html, slim_html
from medcounter.notice.figures_html import (
    DOUBT_MARK,
    NONE_GIVEN,
    PRACTICE,
    SPECIMEN,
    amount,
    cover_days,
    doubt_mark,
    wait_days,
)
from medcounter.notice.household import HouseholdSheet, Member
from medcounter.notice.manuscript import Manuscript, Piece, spaced
from medcounter.notice.merging import Told
from medcounter.notice.notice import Span
from medcounter.notice.paper import Paper
from medcounter.notice.qr import qr_line
from medcounter.notice.typeset import GAP, HARD_SPACE, markup, prose

_ROW_HEAD = "row-head"
_ROW = "row"
_WIDE = ("later", "choices", "remarks")
# Heights of a member's year and of the months' names below all of them.
_YEAR_MM = 3.6
_MONTHS_MM = 3.4
# Shares of the columns in percent.
_COLUMNS = (
    ("item", "成员、证件号码和编号", 27, "left"),
    ("item", "人员类别", 12, "left"),
    ("amount", "标准（元）", 9, "right"),
    ("amount", "资助（元）", 9, "right"),
    ("amount", "应缴（元）", 10, "right"),
    ("span", "待遇等待期", 16, "left"),
    ("span", "享受待遇", 17, "left"),
)


def household_manuscript(sheet: HouseholdSheet, paper: Paper) -> Manuscript:
    """Write a household's sheet for a paper."""
    made = list(_slim_pieces(sheet, paper) if paper.slim else _wide_pieces(sheet, paper))
    settled = None if sheet.unsettled else sheet.total
    return Manuscript(
        name=f"全户缴费通知单 {_file_number(sheet)}",
        title=f"{sheet.title}，全户 {len(sheet.members)} 人",
        pieces=spaced(made, paper, heading=_ROW_HEAD, rows=_ROW),
        running_head=figures_html.ruled(_numbered(sheet), "全户（续页）"),
        foot=notes_html.foot_text(sheet.stamps, [clause.mark for clause in sheet.clauses]),
        side="" if paper.slim else notes_html.side(sheet.check_code),
        across=_across(sheet),
        counted="人",
        years=tuple(
            (f"{place} {member.name}", member.year)
            for place, member in enumerate(sheet.members, start=1)
            if not member.voided
        ),
        qr=qr_line(sheet.numbers, settled, sheet.pay_by, sheet.check_code, practice=sheet.practice),
    )


def number_span(numbers: Sequence[str]) -> str:
    """Write several numbers: those in sequence as 2025-03-000127 至 000129."""
    heads = {number.rpartition("-")[0] for number in numbers}
    places = [int(number.rpartition("-")[2]) for number in numbers]
    in_sequence = places == list(range(places[0], places[0] + len(places)))
    if len(numbers) > 1 and len(heads) == 1 and in_sequence:
        return f"{numbers[0]} 至 {numbers[-1].rpartition('-')[2]}"
    return "、".join(numbers)


def _wide_pieces(sheet: HouseholdSheet, paper: Paper) -> Iterator[Piece]:
    details = GAP.join(figures_html.meta(sheet, sheet.print_no))
    head = figures_html.heading(sheet.office.hall, sheet.title, _numbered(sheet), details)
    yield Piece("head", head)
    yield Piece("household", _household(sheet), gap_mm=1.2)
    yield Piece(_ROW_HEAD, _row_head(), gap_mm=1.2, with_next=True)
    yield from _rows(sheet, paper)
    yield Piece("total", _total(sheet))
    yield Piece("pay-by", _pay_by(sheet, paper), gap_mm=1.8)
    for kind, html in _notes(sheet, paper):
        yield Piece(kind, html, gap_mm=0.5, narrow=kind not in _WIDE)
    yield Piece("tail", notes_html.tail(paper), gap_mm=1.5, at_bottom=True, narrow=True)


def _slim_pieces(sheet: HouseholdSheet, paper: Paper) -> Iterator[Piece]:
    details = figures_html.meta(sheet, sheet.print_no)
    head = slim_html.heading(sheet.office.hall, sheet.title, _numbered(sheet), details)
    yield Piece("head", head)
    yield Piece("household", slim_html.fields(_fields(sheet)), gap_mm=1.2)
    yield from _rows(sheet, paper)
    figures = show_money(sheet.total)
    total = slim_html.total_lines(_words(sheet), figures, _unsettled(sheet))
    yield Piece("total", total, gap_mm=0.8)
    yield Piece("pay-by", _pay_by(sheet, paper), gap_mm=1.8)
    for kind, html in _notes(sheet, paper):
        yield Piece(kind, html, gap_mm=0.5)
    yield Piece("tail", slim_html.tail(paper, sheet.check_code), gap_mm=1.5)


def _rows(sheet: HouseholdSheet, paper: Paper) -> Iterator[Piece]:
    write = _slim_row if paper.slim else _row
    last = len(sheet.members)
    for place, member in enumerate(sheet.members, start=1):
        amounts = () if member.voided else (member.due,)
        html = write(sheet, place, member)
        gap = slim_html.ROW_GAP_MM if paper.slim else 0.0
        yield Piece(_ROW, html, gap_mm=gap, with_next=place == last, amounts=amounts)


def _numbered(sheet: HouseholdSheet) -> str:
    if not sheet.numbers:
        shown = f'<span class="stamp">{SPECIMEN}</span>（未编号，{figures_html.NOT_TO_HAND_OUT}）'
        shown = shown if sheet.counted else "各成员通知单均已作废"
    else:
        span = figures_html.shown_number(number_span(sheet.numbers), practice=sheet.practice)
        shown = f"编号 {markup(span)}"
    return f"{shown}{figures_html.stamps(voided=False, practice=sheet.practice)}"


def _file_number(sheet: HouseholdSheet) -> str:
    first = sheet.numbers[0] if sheet.numbers else SPECIMEN
    return figures_html.shown_number(first, practice=sheet.practice)


def _across(sheet: HouseholdSheet) -> tuple[str, ...]:
    void = not sheet.counted
    marks = (
        (sheet.practice, PRACTICE),
        (not void and not sheet.numbers, SPECIMEN),
        (void, figures_html.VOID),
    )
    return tuple(text for wanted, text in marks if wanted)


def _fields(sheet: HouseholdSheet) -> list[tuple[str, str]]:
    lines = [
        ("全户人数", f"{len(sheet.counted)} 人"),
        ("参保地", markup("、".join(sheet.places))),
        ("所在户", markup(sheet.household)),
        ("代办人", markup("、".join(sheet.agents))),
    ]
    return [(label, value) for label, value in lines if value]


def _household(sheet: HouseholdSheet) -> str:
    parts = [f'<span class="label">{label}</span> {value}' for label, value in _fields(sheet)]
    return f'<p class="more">{(GAP * 2).join(parts)}</p>'


def _row_head() -> str:
    names = [f'<span class="label">{name}</span>' for _kind, name, _width, _align in _COLUMNS]
    return _line(names)


def _row(sheet: HouseholdSheet, place: int, member: Member) -> str:
    struck = (
        _identity(sheet, member),
        amount(member.standard),
        amount(member.aid),
        f"<b>{amount(member.due)}{doubt_mark(member, 'fee')}</b>",
        _span(member.wait, wait_days(member)) + doubt_mark(member, "wait"),
        _span(member.cover, f"{member.benefit_year} 年度<br>不享受待遇")
        + doubt_mark(member, "coverage"),
    )
    who = f"{_who(place, member)}<br>{_papers(sheet, member)}"
    return _line([who, *(_struck(text, member) for text in struck)])


def _line(texts: Sequence[str]) -> str:
    cells = "".join(
        f'<td class="{kind}" width="{width}%" align="{align}">{text}</td>'
        for (kind, _name, width, align), text in zip(_COLUMNS, texts, strict=True)
    )
    return f'<table class="rows" width="100%"><tr>{cells}</tr></table>'


def _slim_row(sheet: HouseholdSheet, place: int, member: Member) -> str:
    mark = doubt_mark(member, "fee")
    amounts = slim_html.amounts(member.standard, member.aid, member.due, mark)
    wait = f"待遇等待期{doubt_mark(member, 'wait')}{GAP}{wait_days(member)}"
    cover = f"享受待遇{doubt_mark(member, 'coverage')}{GAP}"
    cover += cover_days(member.cover, member.benefit_year)
    lines = (
        slim_html.row_line(_who(place, member)),
        f"<p>{_papers(sheet, member)}</p>",
        f'<p class="papers">{_struck(_identity(sheet, member), member)}</p>',
        "" if member.voided else amounts,
        f'<p class="span">{_struck(wait, member)}</p>',
        f'<p class="span">{_struck(cover, member)}</p>',
    )
    return "\n".join(line for line in lines if line)


def _who(place: int, member: Member) -> str:
    void = f'{GAP}<span class="stamp">已作废，不计入</span>' if member.voided else ""
    return f"<b>{place}{HARD_SPACE}{_struck(markup(member.name), member)}</b>{void}"


def _papers(sheet: HouseholdSheet, member: Member) -> str:
    number = SPECIMEN if member.number is None else member.number
    shown = figures_html.shown_number(number, practice=sheet.practice)
    # The longer number of an exercise would be broken within it.
    between = "<br>" if sheet.practice else " · "
    both = f"{markup(member.id_shown or NONE_GIVEN)}{between}{markup(shown)}"
    return f'<span class="papers">{_struck(both, member)}</span>'


def _identity(sheet: HouseholdSheet, member: Member) -> str:
    parts = [prose(member.identity)]
    if len(sheet.places) > 1:
        parts.append(markup(member.place))
    if len(member.items) > 1:
        parts.append("、".join(prose(item) for item in member.items))
    if member.pay_by != sheet.pay_by:
        parts.append(f'<span class="papers">{member.pay_by}{HARD_SPACE}前缴费</span>')
    return "<br>".join(parts)


def _span(span: Span | None, otherwise: str) -> str:
    if span is None:
        return otherwise
    return f"{span.start}<br>至{HARD_SPACE}{span.end}"


def _struck(html: str, member: Member) -> str:
    return f"<s>{html}</s>" if member.voided else html


def _words(sheet: HouseholdSheet) -> str:
    doubtful = any("fee" in member.doubtful for member in sheet.counted)
    return f"合计{GAP}人民币{sheet.words}{DOUBT_MARK if doubtful else ''}"


def _unsettled(sheet: HouseholdSheet) -> str:
    return f"不含待核定的 {sheet.unsettled} 人" if sheet.unsettled else ""


def _total(sheet: HouseholdSheet) -> str:
    return (
        '<table class="total" width="100%"><tr>'
        f'<td class="words" width="42%" valign="middle">{_words(sheet)}</td>'
        f'<td class="sum" width="25%" align="right" valign="middle">{show_money(sheet.total)}</td>'
        f'<td class="subsidy" width="33%" valign="middle">{_unsettled(sheet)}</td>'
        "</tr></table>"
    )


def _pay_by(sheet: HouseholdSheet, paper: Paper) -> str:
    shade = "shade slim" if paper.slim else "shade"
    label = "请于当日缴费" if sheet.pay_by in sheet.payment_dates else "请在此日前缴费（含当日）"
    paid = "、".join(day.isoformat() for day in sheet.payment_dates)
    grounds = "".join(f"{prose(_for(told) + told.text)}{told.marks} " for told in sheet.grounds)
    return (
        f'<table class="{shade}" width="100%"><tr><td bgcolor="#f0f0f0">'
        f'<p class="key">{label}</p>'
        f'<p class="date">{sheet.pay_by}</p>'
        f"{_years(sheet, paper)}"
        f'<p class="because">按 {paid} 缴费测算。{grounds}</p></td></tr></table>'
    )


def _years(sheet: HouseholdSheet, paper: Paper) -> str:
    """Name the picture of the members' years, where the paper has room for it."""
    if not sheet.counted or not (paper.full or paper.slim):
        return ""
    padding = figures_html.SLIM_PADDING_MM if paper.slim else figures_html.SHADE_PADDING_MM
    width = round((paper.column_mm - 2 * padding) * figures_html.TENTHS)
    lines = len(sheet.counted) * _YEAR_MM + _MONTHS_MM
    height = round(lines * figures_html.TENTHS)
    return f'<p class="picture"><img src="notice:years" width="{width}" height="{height}"></p>'


def _notes(sheet: HouseholdSheet, paper: Paper) -> Iterator[tuple[str, str]]:
    choices = () if paper.brief else sheet.choices
    yield from notes_html.advice_notes(
        *(_told(one) for one in (sheet.later, choices, sheet.remarks))
    )
    yield from notes_html.guide_notes(sheet.guides, paper)
    for doubt in sheet.doubts:
        yield notes_html.doubt_note(f"{_for(doubt)}{doubt.text}", doubt.marks)
    yield from notes_html.clause_notes(sheet.clauses)


def _told(sentences: Sequence[Told]) -> tuple[str, ...]:
    return tuple(f"{_for(told)}{told.text}" for told in sentences)


def _for(told: Told) -> str:
    return f"【{'、'.join(told.names)}】" if told.names else ""
