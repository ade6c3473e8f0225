"""The upper half of the sheet: who, how much, and from when to when.

Writes markup; sizes and weights are in notice.css.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.money import show_money, show_yuan
from medcounter.notice.notice import Benefits, Figure, Notice, Person, Row, Sheet, Span
from medcounter.notice.typeset import GAP, markup, prose

if TYPE_CHECKING:
    from medcounter.notice.household import HouseholdSheet, Member
    from medcounter.notice.paper import Paper

UNKNOWN = "待核定"
NONE_GIVEN = "未登记"
DOUBT_MARK = "※"
SPECIMEN = "样张"
VOID = "作废"
PRACTICE = "练习"
NOT_TO_HAND_OUT = "不得交给参保人"
# Lengths of pictures are written in tenths of a millimetre.
TENTHS = 10
SHADE_PADDING_MM = 4.0
SLIM_PADDING_MM = 1.6
_TIMELINE_HEIGHT_MM = 11.5
_ALL_KEYS_MM = 180.0
_TWO_KEYS_MM = 150.0
_REASON_WIDTH = 34
_LONGEST_NAME = 9


def head(sheet: Sheet) -> str:
    """Write issuer, title, number, time, desk, clerk and print count."""
    notice = sheet.notice
    return heading(
        notice.office.hall, notice.title, number(sheet), GAP.join(meta(notice, sheet.print_no))
    )


def heading(hall: str, title: str, numbered: str, details: str) -> str:
    """Write issuer and title above a ruled line of two cells.

    Args:
        hall: The issuer.
        title: What the paper is.
        numbered: Markup at the left of the line.
        details: Markup at the right of it.
    """
    return (
        f'<p class="hall">{markup(hall)}</p>\n'
        f'<p class="title">{markup(title)}</p>\n'
        f"{ruled(numbered, details)}"
    )


def ruled(left: str, right: str) -> str:
    """Write two cells above a line; both are markup."""
    return (
        '<table class="ruled" width="100%"><tr>'
        f'<td class="number">{left}</td>'
        f'<td class="meta" align="right">{right}</td>'
        "</tr></table>"
    )


def running_head(sheet: Sheet) -> str:
    """Write the line that ties a further page to the first."""
    return ruled(number(sheet), f"{markup(sheet.notice.person.name)}（续页）")


def meta(record: Notice | HouseholdSheet, print_no: int) -> tuple[str, ...]:
    """Write time, desk, clerk and print count, each as markup."""
    office = record.office
    return (
        f"{record.issued_at:%Y-%m-%d %H:%M}",
        f"{markup(office.desk)} 号窗口",
        f"经办 {markup(office.clerk)}",
        _print(print_no),
    )


def person(notice: Notice) -> str:
    """Write who is insured, where, as what, and who came for them.

    A long name has a line of its own, labels before their values, so that it
    takes hardly more height and costs no second sheet.
    """
    someone = notice.person
    name = ("参保人", markup(someone.name))
    number = ("证件号码", markup(someone.id_shown or NONE_GIVEN))
    place = ("参保地", markup(notice.place))
    identity = ("人员类别", f"{prose(notice.identity)}{aided(notice)}")
    if len(someone.name) > _LONGEST_NAME:
        tables = [_in_line((*name, 100)), _in_line((*number, 37), (*place, 27), (*identity, 36))]
    else:
        cells = [(*name, 20), (*number, 30), (*place, 25), (*identity, 25)]
        tables = [_cells("person", "label", "value", cells)]
    if more := _more(someone):
        tables.append(f'<p class="more">{more}</p>')
    return "\n".join(tables)


def row_head() -> str:
    """Write the headings of the fee's columns."""
    heads = "".join(
        f'<td class="{kind}" width="{width}%" align="{align}">'
        f'<span class="label">{text}</span></td>'
        for kind, text, width, align in (
            ("item", "项目（单位：元）", 27, "left"),
            ("amount", "标准", 13, "right"),
            ("amount", "资助", 13, "right"),
            ("amount", "应缴", 13, "right"),
            ("why", "理由和依据", _REASON_WIDTH, "left"),
        )
    )
    return f'<table class="rows" width="100%"><tr>{heads}</tr></table>'


def row(line: Row) -> str:
    """Write one year and item of the fee."""
    amounts = "".join(
        f'<td class="amount" width="13%" align="right">{amount(fen)}</td>'
        for fen in (line.standard, line.aid, line.due)
    )
    return (
        '<table class="rows" width="100%"><tr>'
        f'<td class="item" width="27%">{prose(line.item)}</td>{amounts}'
        f'<td class="reason" width="{_REASON_WIDTH}%" valign="middle">'
        f"{prose(line.reason)} {line.marks}</td>"
        "</tr></table>"
    )


def total(notice: Notice) -> str:
    """Write the total in figures and in words."""
    return (
        '<table class="total" width="100%"><tr>'
        f'<td class="words" width="40%" valign="middle">{total_words(notice)}</td>'
        f'<td class="sum" width="26%" align="right" valign="middle">{show_money(notice.total)}</td>'
        f'<td class="subsidy" width="{_REASON_WIDTH}%" valign="middle">{subsidy(notice)}</td>'
        "</tr></table>"
    )


def total_words(notice: Notice) -> str:
    """Write the total in words, with its mark of doubt."""
    words = notice.words if notice.total is None else f"人民币{notice.words}"
    return f"合计{GAP}{words}{doubt_mark(notice, 'fee')}"


def subsidy(notice: Notice) -> str:
    """Write what the public purse adds; empty where there is nothing."""
    return f"财政另补 {show_money(notice.subsidy)}" if notice.subsidy else ""


def benefits(notice: Notice, paper: Paper) -> str:
    """Write pay-by day, wait and cover in large type above the timeline."""
    given = notice.benefits
    shade, padding = ("shade slim", SLIM_PADDING_MM) if paper.slim else ("shade", SHADE_PADDING_MM)
    width = round((paper.column_mm - 2 * padding) * TENTHS)
    height = round(_TIMELINE_HEIGHT_MM * TENTHS)
    first, *rest = _key_lines(notice, paper)
    keys = "\n".join(
        (_cells("keys", "key", "date", first), *(_cells("keys", "below", "date", r) for r in rest))
    )
    return (
        f'<table class="{shade}" width="100%"><tr><td bgcolor="#f0f0f0">\n{keys}\n'
        f'<p class="picture"><img src="notice:timeline" width="{width}" height="{height}"></p>\n'
        f'<p class="because">按 {given.payment_date} 缴费测算。'
        f"{prose(given.reason)} {given.marks}</p>\n</td></tr></table>"
    )


def _key_lines(notice: Notice, paper: Paper) -> list[list[tuple[str, str, int]]]:
    given = notice.benefits
    wait_note = "（期间不享受待遇）" if given.wait else ""
    pay = (_pay_by_label(notice), str(notice.pay_by), 20)
    wait = (f"待遇等待期{wait_note}{doubt_mark(notice, 'wait')}", wait_days(given), 41)
    cover = (
        f"享受待遇{doubt_mark(notice, 'coverage')}",
        cover_days(given.cover, notice.benefit_year),
        39,
    )
    if paper.column_mm >= _ALL_KEYS_MM:
        return [[pay, wait, cover]]
    if paper.column_mm >= _TWO_KEYS_MM:
        return [[pay], [(*wait[:2], 52), (*cover[:2], 48)]]
    return [[(*key[:2], 100)] for key in (pay, wait, cover)]


def _cells(table: str, upper: str, lower: str, cells: list[tuple[str, str, int]]) -> str:
    labels = "".join(f'<td class="{upper}" width="{w}%">{label}</td>' for label, _text, w in cells)
    values = "".join(f'<td class="{lower}" width="{w}%">{text}</td>' for _label, text, w in cells)
    return f'<table class="{table}" width="100%"><tr>{labels}</tr><tr>{values}</tr></table>'


def _in_line(*cells: tuple[str, str, int]) -> str:
    values = "".join(
        f'<td class="value" width="{width}%"><span class="aside">{label}</span>{GAP}{text}</td>'
        for label, text, width in cells
    )
    return f'<table class="person" width="100%"><tr>{values}</tr></table>'


def number(sheet: Sheet) -> str:
    """Write the number and what marks the paper, as markup."""
    if sheet.notice.number is None:
        return f'<span class="stamp">{SPECIMEN}</span>（未编号，{NOT_TO_HAND_OUT}）'
    shown = f"编号 {markup(shown_number(sheet.notice.number, practice=sheet.practice))}"
    return f"{shown}{stamps(voided=sheet.voided, practice=sheet.practice)}"


def shown_number(written: str, *, practice: bool) -> str:
    """Write a number as it stands on paper; an exercise's says so."""
    return f"{PRACTICE}-{written}" if practice else written


def stamps(*, voided: bool, practice: bool) -> str:
    """Write the marks behind a number, as markup."""
    void = f'{GAP}<span class="stamp">已{VOID}</span>' if voided else ""
    exercise = f'{GAP}<span class="stamp">{PRACTICE}</span>（{NOT_TO_HAND_OUT}）'
    return f"{void}{exercise if practice else ''}"


def across(sheet: Sheet) -> tuple[str, ...]:
    """Give the words drawn large across the paper."""
    marks = ((sheet.practice, PRACTICE), (sheet.notice.number is None, SPECIMEN))
    return tuple(text for wanted, text in (*marks, (sheet.voided, VOID)) if wanted)


def _print(print_no: int) -> str:
    count = f"第 {print_no} 次打印"
    return count if print_no == 1 else f'<span class="stamp">补打</span> {count}'


def aided(notice: Notice) -> str:
    """Write the sum of all aid as markup; empty when there is none."""
    aids = [line.aid for line in notice.rows]
    if None in aids:
        return f'<span class="aid">{GAP}资助{UNKNOWN}</span>'
    aided = sum(aid for aid in aids if aid)
    return f'<span class="aid">{GAP}资助 {show_money(aided)}</span>' if aided else ""


def amount(fen: int | None) -> str:
    """Write an amount in a column of yuan."""
    return UNKNOWN if fen is None else show_yuan(fen)


def _more(someone: Person) -> str:
    parts = []
    if someone.agent:
        relation = f"（{markup(someone.relation)}）" if someone.relation else ""
        parts.append(f'<span class="label">代办人</span> {markup(someone.agent)}{relation}')
    if someone.household:
        parts.append(f'<span class="label">所在户</span> {markup(someone.household)}')
    return (GAP * 2).join(parts)


def doubt_mark(record: Notice | Member, figure: Figure) -> str:
    """Give the sign behind a figure that is not certain."""
    return DOUBT_MARK if figure in record.doubtful else ""


def _pay_by_label(notice: Notice) -> str:
    open_longer = notice.pay_by > notice.benefits.payment_date
    return "请在此日前缴费（含当日）" if open_longer else "请于当日缴费"


def wait_days(given: Benefits | Member) -> str:
    """Write the days of the wait, or that there is none."""
    return days(given.wait) if given.wait else "无等待期"


def cover_days(cover: Span | None, benefit_year: int) -> str:
    """Write the days of cover, or that the year brings none."""
    return days(cover) if cover else f"{benefit_year} 年度不享受待遇"


def days(span: Span) -> str:
    """Write the first and the last day of a span."""
    return f"{span.start} — {span.end}"
