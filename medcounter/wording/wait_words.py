"""Wording for the length of a wait and how it adds up, the same everywhere.

Computes nothing; the wait comes from the assessment.
"""

from __future__ import annotations

from medcounter.assess.assessment import Assessment, Wait
from medcounter.wording.terms import UNITS


def wait_length(wait: Wait | None) -> str:
    """Say the length of a wait: 3 个月, 90 天, 无."""
    return _counted(wait.total, wait) if wait else "无"


def wait_reason(assessment: Assessment) -> str:
    """Say how the wait comes about, or why there is none."""
    if assessment.wait is not None:
        return wait_sum(assessment.wait)
    if assessment.exemption is None:
        return f"缴费时段为“{assessment.window.label}”，没有等待期"
    texts = [step.text for step in assessment.steps if step.question == "exemption"]
    return texts[-1] if texts else "属于免除等待期的情形，没有等待期"


def wait_sum(wait: Wait) -> str:
    """Describe what a wait consists of, were it the fixed wait alone: 固定等待期 3 个月."""
    return wait_parts(wait) or f"固定等待期 {_counted(wait.fixed, wait)}"


def wait_parts(wait: Wait | None) -> str:
    """Describe how a wait adds up: 固定 3 个月 ＋ 断保变动 1 个月 ＝ 4 个月.

    Returns:
        The sum; empty where there is nothing to add to the fixed wait.
    """
    if wait is None or not (wait.variable or wait.repaired):
        return ""
    repaired = f" － 补缴减少 {_counted(wait.repaired, wait)}" if wait.repaired else ""
    return (
        f"固定 {_counted(wait.fixed, wait)} ＋ 断保变动 {_counted(wait.variable, wait)}{repaired}"
        f" ＝ {wait_length(wait)}"
    )


def _counted(count: int, wait: Wait) -> str:
    return f"{count} {UNITS[wait.unit]}"
