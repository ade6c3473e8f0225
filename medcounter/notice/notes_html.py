"""The lower half of the sheet: what to know, where to pay, where it stands.

Writes markup; sizes and weights are in notice.css.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from medcounter.assess.assessment import Stamp
from medcounter.notice.figures_html import DOUBT_MARK, TENTHS
from medcounter.notice.merging import ASSUMED, UNSETTLED
from medcounter.notice.notice import Clause, Entry, Guide, Notice, Sheet
from medcounter.notice.paper import Paper
from medcounter.notice.typeset import GAP, HARD_SPACE, markup, prose

_LOWEST_GRADE = "C"
# Fields 14 and 15 of the notice; the rest goes where there is room.
_ON_EVERY_PAPER = ("channel", "document")
# One paragraph saves lines; many in one could not go on over a page's end.
_REMARKS_TOGETHER = 4
_HASH_SHOWN = 8
_STAMP_SHARE = 0.29
_NAME_SHARE = 0.6
# What the words 签名 and 日期 and the space around the lines take.
_SIGN_WORDS_MM = 26.0
_NO_PROOF = "本单仅为缴费测算和告知，不是收据，也不证明已经缴费；手工涂改无效。"
_WHO_DECIDES = "实际应缴金额和待遇以税务、医保系统为准。"


def notes(notice: Notice, paper: Paper) -> Iterator[tuple[str, str]]:
    """Write the notes under the figures, each with its kind."""
    yield from advice_notes(notice.later, () if paper.brief else notice.choices, notice.remarks)
    yield from guide_notes(notice.guides, paper)
    for doubt in notice.doubts:
        yield doubt_note(doubt.text, ASSUMED if doubt.assumed else UNSETTLED)
    yield from clause_notes(notice.clauses)


def advice_notes(
    later: Sequence[str], choices: Sequence[str], remarks: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Write what paying later changes, what can be chosen, what to mind."""
    if later:
        yield "later", f'<p class="later">推迟缴费的影响：{_joined(later)}</p>'
    if choices:
        yield "choices", f'<p class="note">{_head("可以选择")}{_joined(choices)}</p>'
    for start in range(0, len(remarks), _REMARKS_TOGETHER):
        some = remarks[start : start + _REMARKS_TOGETHER]
        yield "remarks", f'<p class="note">{_head("请注意")}{_joined(some)}</p>'


def guide_notes(guides: Sequence[Guide], paper: Paper) -> Iterator[tuple[str, str]]:
    """Write where to pay and what to bring, as much as the paper takes."""
    for guide in guides:
        if paper.full or guide.kind in _ON_EVERY_PAPER:
            yield from _guide(guide, paper)


def doubt_note(text: str, status: str) -> tuple[str, str]:
    """Write a doubt and how it stands."""
    heading = _head(f"{DOUBT_MARK} 存疑（{status}）")
    return "doubt", f'<p class="note">{heading}{prose(text)}</p>'


def clause_notes(clauses: Sequence[Clause]) -> Iterator[tuple[str, str]]:
    """Write the clauses with their numbers; nothing when there are none."""
    if clauses:
        yield "clauses", f'<p class="clauses">依据{GAP}{_clauses(clauses)}</p>'


def tail(paper: Paper) -> str:
    """Write the box for the office's stamp and the line to sign."""
    stamp = paper.narrow_mm * _STAMP_SHARE
    lines = paper.narrow_mm - stamp - _SIGN_WORDS_MM
    name, day = (round(lines * share * TENTHS) for share in (_NAME_SHARE, 1 - _NAME_SHARE))
    return (
        f'<table width="100%"><tr><td width="{round(_STAMP_SHARE * 100) + 3}%" valign="bottom">'
        f'<p class="picture"><img src="notice:stamp" width="{round(stamp * TENTHS)}" height="128">'
        '</p></td><td valign="bottom">'
        '<p class="told">已告知等待期，本人知悉等待期和享受待遇的起止日期。</p>'
        f'<p class="sign">签名 <img src="notice:line" width="{name}" height="65">'
        f'{GAP}日期 <img src="notice:line" width="{day}" height="65"></p></td>'
        "</tr></table>"
    )


def side(code: str | None) -> str:
    """Write the QR picture with the check code under it; None for a specimen."""
    return (
        '<p class="picture" align="right"><img src="notice:qr" width="200" height="200"></p>\n'
        f'<p class="check">{check_line(code)}</p>'
    )


def check_line(code: str | None) -> str:
    """Write the check code; None for a specimen."""
    return f"校验码 {code}" if code else "样张无校验码"


def foot(sheet: Sheet) -> str:
    """Write what the paper is not, and which rules it rests on."""
    marks = [clause.mark for clause in sheet.notice.clauses]
    return foot_text((sheet.notice.stamp,), marks)


def foot_text(stamps: Sequence[Stamp], marks: Sequence[str]) -> str:
    """Write the foot for the rules of a sheet and its clauses' numbers."""
    clauses = "至".join(dict.fromkeys((*marks[:1], *marks[-1:])))
    rules = GAP.join(_unbroken(f"{_rules(stamp)} {clauses}") for stamp in stamps)
    return f"{_NO_PROOF}{_WHO_DECIDES}{GAP}{rules}"


def _rules(stamp: Stamp) -> str:
    signed = "" if stamp.signed else "（未签名）"
    return f"规则 {stamp.bundle} 第 {stamp.revision} 版 {stamp.sha256[:_HASH_SHOWN]}{signed}"


def _unbroken(text: str) -> str:
    return markup(text).replace(" ", HARD_SPACE)


def _joined(sentences: Sequence[str]) -> str:
    return "".join(prose(sentence) for sentence in sentences)


def _head(text: str) -> str:
    return f'<span class="head">{text}</span>{GAP}'


def _guide(guide: Guide, paper: Paper) -> Iterator[tuple[str, str]]:
    source = "（部分来自网络转载，以当地答复为准）" if guide.doubtful else ""
    if paper.full and any(entry.text for entry in guide.entries):
        first, *rest = (_step(entry) for entry in guide.entries)
        yield guide.kind, f'<p class="note">{_head(guide.heading)}{source}</p>\n{first}'
        for step in rest:
            yield guide.kind, step
        return
    labels = " · ".join(prose(entry.label) for entry in guide.entries)
    yield guide.kind, f'<p class="note">{_head(guide.heading)}{labels}{source}</p>'


def _step(entry: Entry) -> str:
    steps = f"：{prose(entry.text)}" if entry.text else ""
    return f'<p class="step">· {prose(entry.label)}{steps}</p>'


def _clauses(clauses: Sequence[Clause]) -> str:
    parts = []
    for title, same in groupby(clauses, key=lambda clause: clause.title):
        group = tuple(same)
        places = " ".join(f"{clause.mark} {prose(clause.clause)}" for clause in group)
        weak = any(clause.grade == _LOWEST_GRADE for clause in group)
        note = "（C 级来源，不是官方原文）" if weak else ""
        parts.append(f"{prose(title)}{note} {places}")
    return "；".join(parts)
