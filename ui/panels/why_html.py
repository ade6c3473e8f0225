"""The long form of the answer as HTML: every step, every doubt, every way on.

Writes what an outcome holds; computes nothing. Colours come as arguments.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from medcounter.desk.doubt_words import doubt_lines
from medcounter.money import show_money

from ..tones import ink_of, kind_tone
from .result_text import BADGE, wait_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from medcounter.assess.assessment import Advice, Assessment, Citation, Step
    from medcounter.desk.doubt_words import DoubtLine
    from medcounter.desk.outcome import Outcome

    from ..theme import Palette

_STATUS = {"confirmed": "已确认", "assumed": "推定", "unsettled": "未定"}
_GRADE = {"A": "A 主管部门原文", "B": "B 报道引用主管部门", "C": "C 转载或汇编"}
_ADVICE = {
    "channel": "怎么缴",
    "document": "带什么材料",
    "effect": "断保的影响",
    "payer": "谁的账户可以代缴",
    "enrolment": "在哪里登记",
}


def steps_html(outcome: Outcome, palette: Palette) -> str:
    """Write the derivation: each question, its answer, source and losers."""
    shown = outcome.shown
    if shown is None:
        return _paragraph("还没有结果，先填写参保人。", palette.muted)
    cited = {citation.id: citation for citation in shown.citations}
    rows = "".join(
        _step(number, step, cited.get(step.source), palette)
        for number, step in enumerate(shown.steps, start=1)
    )
    return f"{_heading('依据，逐条', palette)}<table width='100%' cellspacing='0'>{rows}</table>"


def around_html(outcome: Outcome, palette: Palette, names: Mapping[str, str]) -> str:
    """Write what stands around the steps: sums, doubts, hints, advice.

    Args:
        outcome: What is explained.
        palette: Colours to write in.
        names: Labels of the codes a doubt may hold.
    """
    shown = outcome.shown
    if shown is None:
        return ""
    parts = [_sum(shown, palette)]
    if shown.hints:
        parts.append(_listed("怎样会不同", (hint.text for hint in shown.hints), palette))
    if shown.doubts:
        parts.append(_heading("没有把握的地方", palette))
        parts.extend(_doubt(line, palette) for line in doubt_lines(shown, names))
    if shown.remarks:
        parts.append(_listed("要告诉居民的", (remark.text for remark in shown.remarks), palette))
    for kind, title in _ADVICE.items():
        told = [advice for advice in shown.advice if advice.kind == kind]
        if told:
            parts.append(_listed(title, map(_advice, told), palette))
    parts.append(_stamp(shown, palette))
    return "".join(parts)


def _step(number: int, step: Step, citation: Citation | None, palette: Palette) -> str:
    rejected = "".join(
        f"<div style='color:{palette.muted}'>未采用　{escape(loser.text)}</div>"
        for loser in step.rejected
    )
    tone = {"assumed": palette.doubt, "unsettled": palette.wait}.get(step.status, palette.cover)
    return (
        f"<tr><td width='28' valign='top' style='padding:6px 4px;color:{palette.accent}'>"
        f"<b>{number}</b></td><td style='padding:6px 4px 9px 4px;'>"
        f"<span style='color:{palette.muted}'>{escape(step.label)}</span>　"
        f"<span style='color:{tone}'><b>{_STATUS.get(step.status, step.status)}</b></span>"
        f"<div><b>{escape(step.text)}</b></div>"
        f"<div style='color:{palette.accent}'>{_cited(step, citation)}</div>{rejected}</td></tr>"
    )


def _cited(step: Step, citation: Citation | None) -> str:
    grade = _GRADE.get(step.grade, step.grade)
    if citation is None:
        return escape(f"{step.source} {step.clause} · {grade}")
    when = f"，{citation.published.isoformat()}" if citation.published else ""
    clause = f" {step.clause}" if step.clause else ""
    return escape(f"{citation.publisher}《{citation.title}》{when}{clause} · {grade}")


def _sum(shown: Assessment, palette: Palette) -> str:
    if shown.fee is None:
        return ""
    rows = "".join(
        f"<tr><td style='padding:2px 0'>{escape(line.label)}</td>"
        f"<td align='right' style='padding:2px 0'>{show_money(line.amount)}</td></tr>"
        for line in shown.fee.lines
    )
    total = (
        f"<tr><td style='padding:2px 0'><b>应缴</b></td><td align='right' style='padding:2px 0'>"
        f"<b>{show_money(shown.fee.total)}</b></td></tr>"
    )
    parts = wait_parts(shown.wait)
    wait = f"<p style='margin:4px 0'>等待期：{escape(parts)}</p>" if parts else ""
    heading = _heading("怎么算的", palette)
    return f"{heading}<table width='100%' cellspacing='0'>{rows}{total}</table>{wait}"


def _doubt(line: DoubtLine, palette: Palette) -> str:
    ink = ink_of(palette, kind_tone(line.status))
    below = "".join(f"<br>{escape(reading)}" for reading in line.readings)
    return (
        f"<p style='margin:3px 0 6px 0'><b style='color:{ink}'>{BADGE[line.status]}</b>　"
        f"{escape(line.text)}<span style='color:{palette.muted}'>{below}</span></p>"
    )


def _advice(advice: Advice) -> str:
    return f"{advice.label}：{advice.text}" if advice.text else advice.label


def _listed(title: str, texts: Iterable[str], palette: Palette) -> str:
    items = "".join(f"<p style='margin:2px 0 5px 0'>· {escape(text)}</p>" for text in texts)
    return f"{_heading(title, palette)}{items}"


def _stamp(shown: Assessment, palette: Palette) -> str:
    stamp = shown.stamp
    text = f"规则 {stamp.bundle} 第 {stamp.revision} 版，指纹 {stamp.sha256[:12]}"
    return _paragraph(text, palette.muted)


def _heading(text: str, palette: Palette) -> str:
    return f"<p style='margin:10px 0 4px 0;color:{palette.text}'><b>{escape(text)}</b></p>"


def _paragraph(text: str, color: str) -> str:
    return f"<p style='margin:8px 0;color:{color}'>{escape(text)}</p>"
