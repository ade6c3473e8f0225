"""The long form of the answer as HTML: every step, doubt and option.

Contains what an outcome holds, computes nothing; ``templates/why.html`` is its
template. Colours come as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from medcounter.notice.sheet.templates import write_from
from medcounter.wording.doubt_words import doubt_lines
from medcounter.wording.wait_words import wait_parts

from ...look.tones import ink_of, kind_tone
from .result_text import BADGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcounter.assess.assessment import Advice, Assessment, Citation, Step
    from medcounter.desk.evaluate.outcome import Outcome

    from ...look.theme import Palette

_STATUS = {"confirmed": "已确认", "assumed": "推定", "unsettled": "未定"}
_GRADE = {"A": "A 主管部门原文", "B": "B 报道引用主管部门", "C": "C 转载或汇编"}
_ADVICE = {
    "channel": "怎么缴",
    "document": "带什么材料",
    "effect": "断保的影响",
    "payer": "谁的账户可以代缴",
    "enrolment": "在哪里登记",
}
_write = partial(write_from, "ui.views.counter", "why")


@dataclass(frozen=True, slots=True)
class _StepLine:
    """A step with how it stands, the colour of that, and where it is from."""

    step: Step
    status: str
    tone: str
    cited: str


def steps_html(outcome: Outcome, palette: Palette) -> str:
    """Write the derivation: each question, its answer, source and losers."""
    shown = outcome.on_screen
    if shown is None:
        return _write("paragraph", "还没有结果，先填写参保人。", palette.muted)
    cited = {citation.id: citation for citation in shown.citations}
    lines = [_line(step, cited.get(step.source), palette) for step in shown.steps]
    return _write("steps", lines, palette)


def around_html(outcome: Outcome, palette: Palette, names: Mapping[str, str]) -> str:
    """Write what stands around the steps: sums, doubts, hints, advice.

    Args:
        outcome: What is explained.
        palette: Colours to write in.
        names: Labels of the codes a doubt may hold.
    """
    shown = outcome.on_screen
    if shown is None:
        return ""
    parts = [_write("sum", shown.fee, wait_parts(shown.wait), palette)] if shown.fee else []
    if shown.hints:
        parts.append(_write("listed", "怎样会不同", [one.text for one in shown.hints], palette))
    if shown.doubts:
        doubts = [
            (BADGE[line.status], ink_of(palette, kind_tone(line.status)), line)
            for line in doubt_lines(shown, names)
        ]
        parts.append(_write("doubts", doubts, palette))
    if shown.remarks:
        remarks = [remark.text for remark in shown.remarks]
        parts.append(_write("listed", "要告诉居民的", remarks, palette))
    for kind, title in _ADVICE.items():
        if given := [_advice(advice) for advice in shown.advice if advice.kind == kind]:
            parts.append(_write("listed", title, given, palette))
    parts.append(_write("paragraph", _stamp(shown), palette.muted))
    return "".join(parts)


def _line(step: Step, citation: Citation | None, palette: Palette) -> _StepLine:
    tone = {"assumed": palette.doubt, "unsettled": palette.wait}.get(step.status, palette.cover)
    return _StepLine(step, _STATUS.get(step.status, step.status), tone, _cited(step, citation))


def _cited(step: Step, citation: Citation | None) -> str:
    grade = _GRADE.get(step.grade, step.grade)
    if citation is None:
        return f"{step.source} {step.clause} · {grade}"
    when = f"，{citation.published.isoformat()}" if citation.published else ""
    clause = f" {step.clause}" if step.clause else ""
    return f"{citation.publisher}《{citation.title}》{when}{clause} · {grade}"


def _advice(advice: Advice) -> str:
    return f"{advice.label}：{advice.text}" if advice.text else advice.label


def _stamp(shown: Assessment) -> str:
    stamp = shown.stamp
    return f"规则 {stamp.bundle} 第 {stamp.revision} 版，指纹 {stamp.sha256[:12]}"
