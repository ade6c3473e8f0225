"""Describe a case that a proof found: who, when, and every answer the rules ask.

Codes stand beside their labels: the author looks for the code, the reviewer reads
the label.
"""

from __future__ import annotations

from collections.abc import Iterable

from medcounter.assess.engine.compiled import Compiled
from medcounter.rules.case import AnswerValue, Case
from medcounter.rules.code_labels import LABELS

_TRUTH = {True: "是", False: "否"}


def describe(case: Case, compiled: Compiled, question: str) -> str:
    """Say a case in Chinese, so that no rule can be looked for in vain.

    Args:
        case: The case.
        compiled: The programme.
        question: The question asked: all answers that its rules read are said,
            those that say no as well.
    """
    parts = [f"缴费日 {case.paid}"]
    if case.identities:
        parts.append("人员类别 " + "、".join(_labelled(sorted(case.identities))))
    if case.birth:
        parts.append(f"出生 {case.birth}")
    parts += [f"情形 {kind} {day}{_label(kind)}" for kind, day in case.events.items()]
    if case.lapsed:
        parts.append(f"断保 {case.lapsed} 年")
    asked = frozenset[str]().union(*(entry.needs for entry in compiled.rules(question)))
    parts += [
        f"{code}={_answer(code, value, compiled)}"
        for code, value in case.answers.items()
        if value or f"answers.{code}" in asked
    ]
    return "，".join(parts)


def _labelled(codes: Iterable[str]) -> list[str]:
    return [f"{code}{_label(code)}" for code in codes]


def _label(code: str) -> str:
    return f"（{LABELS[code]}）" if code in LABELS else ""


def _answer(code: str, value: AnswerValue, compiled: Compiled) -> str:
    if isinstance(value, bool):
        return f"{_TRUTH[value]}{_label(code)}"
    asks = {asked.code: asked.choices for asked in compiled.resolved.asks}
    label = next((one.label for one in asks.get(code, ()) if one.value == value), None)
    return f"{value}（{label}）" if label else f"{value}{_label(code)}"
