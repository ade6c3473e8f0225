"""The upper half of the sheet: who, how much, and from when to when.

Writes markup; sizes and weights are in notice.css.
"""

from __future__ import annotations

from medcounter.money import show_money, show_yuan
from medcounter.notice.notice import Benefits, Figure, Notice, Person, Row, Sheet, Span
from medcounter.notice.paper import Paper
from medcounter.notice.typeset import GAP, markup, prose

UNKNOWN = "待核定"
NONE_GIVEN = "未登记"
DOUBT_MARK = "※"
SPECIMEN = "样张"
VOID = "作废"
# Lengths of pictures are written in tenths of a millimetre.
TENTHS = 10
_SHADE_PADDING_MM = 4.0
_TIMELINE_HEIGHT_MM = 11.5
_ALL_KEYS_MM = 180.0
_TWO_KEYS_MM = 150.0
_REASON_WIDTH = 34
_LONGEST_NAME = 9


def head(sheet: Sheet) -> str:
    """Write issuer, title, number, time, desk, clerk and print count."""
    notice = sheet.notice
    office = notice.office
    meta = [
        f"{notice.issued_at:%Y-%m-%d %H:%M}",
        f"{markup(office.desk)} 号窗口",
        f"经办 {markup(office.clerk)}",
    ]
    return (
        f'<p class="hall">{markup(office.hall)}</p>\n'
        f'<p class="title">{markup(notice.title)}</p>\n'
        '<table class="ruled" width="100%"><tr>'
        f'<td class="number">{_number(sheet)}</td>'
        f'<td class="meta" align="right">{GAP.join((*meta, _print(sheet)))}</td>'
        "</tr></table>"
    )


def running_head(sheet: Sheet) -> str:
    """Write the line that ties a further page to the first."""
    return (
        '<table class="ruled" width="100%"><tr>'
        f'<td class="number">{_number(sheet)}</td>'
        f'<td class="meta" align="right">{markup(sheet.notice.person.name)}（续页）</td>'
        "</tr></table>"
    )


def person(notice: Notice) -> str:
    """Write who is insured, where, as what, and who came for them."""
    someone = notice.person
    name = ("参保人", markup(someone.name), 20)
    number = ("证件号码", markup(someone.id_shown or NONE_GIVEN), 30)
    place = ("参保地", markup(notice.place), 25)
    identity = ("人员类别", f"{prose(notice.identity)}{_aid(notice)}", 25)
    lines = [[name, number, place, identity]]
    if len(someone.name) > _LONGEST_NAME:
        lines = [[(*name[:2], 60), (*number[:2], 40)], [(*place[:2], 60), (*identity[:2], 40)]]
    tables = [_cells("person", "label", "value", line) for line in lines]
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
        f'<td class="amount" width="13%" align="right">{_amount(amount)}</td>'
        for amount in (line.standard, line.aid, line.due)
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
    words = notice.words if notice.total is None else f"人民币{notice.words}"
    subsidy = f"财政另补 {show_money(notice.subsidy)}" if notice.subsidy else ""
    return (
        '<table class="total" width="100%"><tr>'
        f'<td class="words" width="40%" valign="middle">合计{GAP}{words}{_mark(notice, "fee")}</td>'
        f'<td class="sum" width="26%" align="right" valign="middle">{show_money(notice.total)}</td>'
        f'<td class="subsidy" width="{_REASON_WIDTH}%" valign="middle">{subsidy}</td>'
        "</tr></table>"
    )


def benefits(notice: Notice, paper: Paper) -> str:
    """Write pay-by day, wait and cover in large type above the timeline."""
    given = notice.benefits
    width = round((paper.column_mm - 2 * _SHADE_PADDING_MM) * TENTHS)
    height = round(_TIMELINE_HEIGHT_MM * TENTHS)
    first, *rest = _key_lines(notice, paper)
    keys = "\n".join(
        (_cells("keys", "key", "date", first), *(_cells("keys", "below", "date", r) for r in rest))
    )
    return (
        f'<table class="shade" width="100%"><tr><td bgcolor="#f0f0f0">\n{keys}\n'
        f'<p class="picture"><img src="notice:timeline" width="{width}" height="{height}"></p>\n'
        f'<p class="because">按 {given.payment_date} 缴费测算。'
        f"{prose(given.reason)} {given.marks}</p>\n</td></tr></table>"
    )


def _key_lines(notice: Notice, paper: Paper) -> list[list[tuple[str, str, int]]]:
    given = notice.benefits
    wait_note = "（期间不享受待遇）" if given.wait else ""
    pay = (_pay_by_label(notice), str(notice.pay_by), 20)
    wait = (f"待遇等待期{wait_note}{_mark(notice, 'wait')}", _wait(given), 41)
    cover = (f"享受待遇{_mark(notice, 'coverage')}", _cover(notice), 39)
    if paper.column_mm >= _ALL_KEYS_MM:
        return [[pay, wait, cover]]
    if paper.column_mm >= _TWO_KEYS_MM:
        return [[pay], [(*wait[:2], 52), (*cover[:2], 48)]]
    return [[pay], [wait], [cover]]


def _cells(table: str, upper: str, lower: str, cells: list[tuple[str, str, int]]) -> str:
    labels = "".join(f'<td class="{upper}" width="{w}%">{label}</td>' for label, _text, w in cells)
    values = "".join(f'<td class="{lower}" width="{w}%">{text}</td>' for _label, text, w in cells)
    return f'<table class="{table}" width="100%"><tr>{labels}</tr><tr>{values}</tr></table>'


def _number(sheet: Sheet) -> str:
    if sheet.notice.number is None:
        return f'<span class="stamp">{SPECIMEN}</span>（未编号，不得交给参保人）'
    voided = f'{GAP}<span class="stamp">已{VOID}</span>' if sheet.voided else ""
    return f"编号 {markup(sheet.notice.number)}{voided}"


def _print(sheet: Sheet) -> str:
    count = f"第 {sheet.print_no} 次打印"
    return count if sheet.print_no == 1 else f'<span class="stamp">补打</span> {count}'


def _aid(notice: Notice) -> str:
    aids = [line.aid for line in notice.rows]
    if None in aids:
        return f'<span class="aid">{GAP}资助{UNKNOWN}</span>'
    aided = sum(aid for aid in aids if aid)
    return f'<span class="aid">{GAP}资助 {show_money(aided)}</span>' if aided else ""


def _amount(fen: int | None) -> str:
    return UNKNOWN if fen is None else show_yuan(fen)


def _more(someone: Person) -> str:
    parts = []
    if someone.agent:
        relation = f"（{markup(someone.relation)}）" if someone.relation else ""
        parts.append(f'<span class="label">代办人</span> {markup(someone.agent)}{relation}')
    if someone.household:
        parts.append(f'<span class="label">所在户</span> {markup(someone.household)}')
    return (GAP * 2).join(parts)


def _mark(notice: Notice, figure: Figure) -> str:
    return DOUBT_MARK if figure in notice.doubtful else ""


def _pay_by_label(notice: Notice) -> str:
    open_longer = notice.pay_by > notice.benefits.payment_date
    return "请在此日前缴费（含当日）" if open_longer else "请于当日缴费"


def _wait(given: Benefits) -> str:
    return _days(given.wait) if given.wait else "无等待期"


def _cover(notice: Notice) -> str:
    cover = notice.benefits.cover
    return _days(cover) if cover else f"{notice.benefit_year} 年度不享受待遇"


def _days(span: Span) -> str:
    return f"{span.start} — {span.end}"
