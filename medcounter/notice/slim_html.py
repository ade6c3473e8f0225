"""The figures of the sheet in one column, for rolls and for large type.

The same fields as the wide form, one below the other, so that no amount and
no date is ever broken. Sizes and weights are in notice.css.
"""

from __future__ import annotations

import re

from medcounter.money import show_money
from medcounter.notice.figures_html import (
    NONE_GIVEN,
    TENTHS,
    aided,
    amount,
    meta,
    number,
    subsidy,
    total_words,
)
from medcounter.notice.notes_html import check_line
from medcounter.notice.notice import Notice, Row, Sheet
from medcounter.notice.paper import Paper
from medcounter.notice.typeset import GAP, HARD_SPACE, markup, prose

# Where the title may go on in a second line.
_TITLE_BREAK = "缴费通知单"
_SPACE_OUTSIDE_TAGS = re.compile(r" (?![^<]*>)")
_LABEL_WIDTH = 22
_QR_TENTHS = 220
_QR_CELL_MM = 26.0
_LINE_TENTHS = 65
# Keeps the line above a row off the words above it.
ROW_GAP_MM = 0.8
# What the words 签名 and 日期 take beside their lines.
_SIGN_WORD_MM = 12.0


def head(sheet: Sheet) -> str:
    """Write issuer, title, number, time, desk, clerk and print count."""
    notice = sheet.notice
    return heading(notice.office.hall, notice.title, number(sheet), meta(notice, sheet.print_no))


def heading(hall: str, title: str, numbered: str, details: tuple[str, ...]) -> str:
    """Write issuer, title, number and details below each other.

    Args:
        hall: The issuer.
        title: What the paper is.
        numbered: Markup.
        details: Markup of each; two of them fill a line.
    """
    first, *rest = (_unbroken(one) for one in details)
    broken = markup(title).replace(_TITLE_BREAK, f"<br>{_TITLE_BREAK}")
    return (
        f'<p class="hall">{markup(hall)}</p>\n<p class="title">{broken}</p>\n'
        f'<p class="number">{numbered}</p>\n'
        f'<p class="meta">{first} {" ".join(rest)}</p>'
    )


def fields(lines: list[tuple[str, str]]) -> str:
    """Write labels and values in two columns; values are markup."""
    rows = "".join(
        f'<tr><td class="label" width="{_LABEL_WIDTH}%" valign="middle">{label}</td>'
        f'<td class="value" width="{100 - _LABEL_WIDTH}%">{value}</td></tr>'
        for label, value in lines
    )
    return f'<table class="person" width="100%">{rows}</table>'


def person(notice: Notice) -> str:
    """Write who is insured, where, as what, and who came for them."""
    someone = notice.person
    relation = f"（{markup(someone.relation)}）" if someone.relation else ""
    lines = [
        ("参保人", markup(someone.name)),
        ("证件号码", markup(someone.id_shown or NONE_GIVEN)),
        ("参保地", markup(notice.place)),
        ("人员类别", f"{prose(notice.identity)}{aided(notice)}"),
        ("代办人", f"{markup(someone.agent)}{relation}" if someone.agent else ""),
        ("所在户", markup(someone.household)),
    ]
    return fields([(label, value) for label, value in lines if value])


def row(line: Row) -> str:
    """Write one year and item of the fee with its three amounts."""
    reason = f"{prose(line.reason)} {line.marks}".strip()
    return (
        f"{row_line(prose(line.item))}\n"
        f"{amounts(line.standard, line.aid, line.due)}\n"
        f'<p class="reason">{reason}</p>'
    )


def row_line(html: str) -> str:
    """Write what begins a row, below a line."""
    return f'<table class="rows" width="100%"><tr><td class="item">{html}</td></tr></table>'


def amounts(standard: int | None, aid: int | None, due: int | None, mark: str = "") -> str:
    """Write three amounts under their names, a mark of doubt behind the last."""
    named = (("标准（元）", standard), ("资助（元）", aid), (f"应缴（元）{mark}", due))
    heads = "".join(f'<td class="label" width="33%" align="right">{name}</td>' for name, _ in named)
    values = "".join(
        f'<td class="amount" width="33%" align="right">{amount(fen)}</td>' for _, fen in named
    )
    return f'<table class="amounts" width="100%"><tr>{heads}</tr><tr>{values}</tr></table>'


def total(notice: Notice) -> str:
    """Write the total in words and, below, in figures."""
    return total_lines(total_words(notice), show_money(notice.total), subsidy(notice))


def total_lines(words: str, figures: str, beside: str) -> str:
    """Write words, then figures with something beside them; all markup."""
    return (
        f'<table class="ruled" width="100%"><tr><td class="words">{words}</td></tr></table>\n'
        '<table class="total" width="100%"><tr>'
        f'<td class="subsidy" width="40%" valign="middle">{beside}</td>'
        f'<td class="sum" width="60%" align="right" valign="middle">{figures}</td>'
        "</tr></table>"
    )


def tail(paper: Paper, check: str | None) -> str:
    """Write the stamp's box beside the QR picture, and the lines to sign.

    Args:
        paper: Gives the width.
        check: The check code under the picture; None for a specimen.
    """
    box = _picture("stamp", paper.column_mm - _QR_CELL_MM, _QR_TENTHS)
    line = _picture("line", paper.column_mm - _SIGN_WORD_MM, _LINE_TENTHS)
    qr = _picture("qr", _QR_TENTHS / TENTHS, _QR_TENTHS)
    share = round(_QR_CELL_MM / paper.column_mm * 100)
    return (
        f'<table width="100%"><tr><td width="{100 - share}%"><p class="picture">{box}</p></td>'
        f'<td width="{share}%" align="right"><p class="picture" align="right">{qr}</p></td></tr>'
        f'</table>\n<p class="code" align="right">{check_line(check)}</p>\n'
        '<p class="told">已告知等待期，本人知悉等待期和享受待遇的起止日期。</p>\n'
        f'<p class="sign">签名 {line}</p>\n<p class="sign">日期 {line}</p>'
    )


def _picture(name: str, width_mm: float, height: int) -> str:
    return f'<img src="notice:{name}" width="{round(width_mm * TENTHS)}" height="{height}">'


def _unbroken(html: str) -> str:
    """Keep a detail in one line; the spaces inside of tags stay."""
    return _SPACE_OUTSIDE_TAGS.sub(HARD_SPACE, html) + GAP
