"""The lower half of the sheet: what to know, where to pay, where it stands.

Writes markup; sizes and weights are in notice.css.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from medcounter.notice.figures_html import DOUBT_MARK
from medcounter.notice.notice import Clause, Guide, Notice, Sheet
from medcounter.notice.paper import Paper
from medcounter.notice.typeset import GAP, markup, prose

_LOWEST_GRADE = "C"
_HASH_SHOWN = 8
_NO_PROOF = "本单仅为缴费测算和告知，不是收据，也不证明已经缴费；手工涂改无效。"
_WHO_DECIDES = "实际应缴金额和待遇以税务、医保系统为准。"


def notes(notice: Notice, paper: Paper) -> Iterator[tuple[str, str]]:
    """Write the notes under the figures, each with its kind."""
    for index, text in enumerate(notice.later):
        heading = "推迟缴费的影响：" if index == 0 else ""
        yield "later", f'<p class="later">{heading}{prose(text)}</p>'
    for text in notice.choices:
        yield "choice", f'<p class="note">{_head("可以选择")}{prose(text)}</p>'
    for text in notice.remarks:
        yield "remark", f'<p class="note">{_head("请注意")}{prose(text)}</p>'
    for guide in notice.guides:
        yield from _guide(guide, paper)
    for doubt in notice.doubts:
        status = "按较可能的理解" if doubt.assumed else "尚无定论"
        heading = _head(f"{DOUBT_MARK} 存疑（{status}）")
        yield "doubt", f'<p class="note">{heading}{prose(doubt.text)}</p>'
    if notice.clauses:
        yield "clauses", f'<p class="clauses">依据{GAP}{_clauses(notice.clauses)}</p>'


def tail() -> str:
    """Write the box for the office's stamp and the line to sign."""
    return (
        '<table width="100%"><tr>'
        '<td width="33%" valign="bottom"><p class="picture">'
        '<img src="notice:stamp" width="460" height="140"></p></td>'
        '<td width="67%" valign="bottom">'
        '<p class="told">已告知等待期，本人知悉等待期和享受待遇的起止日期。</p>'
        '<p class="sign">签名 <img src="notice:line" width="400" height="65">'
        f'{GAP}日期 <img src="notice:line" width="260" height="65"></p></td>'
        "</tr></table>"
    )


def side(sheet: Sheet) -> str:
    """Write the QR picture with the check code under it."""
    code = sheet.notice.check_code
    check = f"校验码 {code}" if code else "样张无校验码"
    return (
        '<p class="picture" align="right"><img src="notice:qr" width="200" height="200"></p>\n'
        f'<p class="check">{check}</p>'
    )


def foot(sheet: Sheet, page: int, pages: int) -> str:
    """Write what the paper is not, and which rules it rests on."""
    stamp = sheet.notice.stamp
    marks = [clause.mark for clause in sheet.notice.clauses]
    clauses = f"，依据条款 {'–'.join(dict.fromkeys((marks[0], marks[-1])))}" if marks else ""
    signed = "" if stamp.signed else "（未签名）"
    rules = f"规则 {markup(stamp.bundle)} 第 {stamp.revision} 版 {stamp.sha256[:_HASH_SHOWN]}"
    return (
        '<table class="foot" width="100%"><tr>'
        f'<td width="84%">{_NO_PROOF}{_WHO_DECIDES}<br>{rules}{signed}{clauses}</td>'
        f'<td width="16%" align="right" valign="bottom">第 {page} 页 共 {pages} 页</td>'
        "</tr></table>"
    )


def _head(text: str) -> str:
    return f'<span class="head">{text}</span>{GAP}'


def _guide(guide: Guide, paper: Paper) -> Iterator[tuple[str, str]]:
    source = "（部分为 C 级来源，以当地答复为准）" if guide.doubtful else ""
    if paper.steps and any(entry.text for entry in guide.entries):
        yield guide.kind, f'<p class="note">{_head(guide.heading)}{source}</p>'
        for entry in guide.entries:
            steps = f"：{prose(entry.text)}" if entry.text else ""
            yield guide.kind, f'<p class="step">{prose(entry.label)}{steps}</p>'
        return
    labels = " · ".join(prose(entry.label) for entry in guide.entries)
    yield guide.kind, f'<p class="note">{_head(guide.heading)}{labels}{source}</p>'


def _clauses(clauses: tuple[Clause, ...]) -> str:
    parts = []
    for title, same in groupby(clauses, key=lambda clause: clause.title):
        group = tuple(same)
        places = " ".join(f"{clause.mark} {prose(clause.clause)}" for clause in group)
        weak = any(clause.grade == _LOWEST_GRADE for clause in group)
        note = "（C 级来源：转载汇编，未见原文）" if weak else ""
        parts.append(f"{prose(title)}{note} {places}")
    return "；".join(parts)
