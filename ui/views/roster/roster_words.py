"""The sentences of the roster view: its question, its progress, its result.

Composes sentences from counts; decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.money import show_money

from ...shortcuts import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcounter.desk.counter.register import Run
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.desk.roster.roster_question import RosterQuestion

_AGAIN = "已出的不会重出"
ASKED_AGAIN = (
    f"还没有出单：确定出单按 {key_of('roster_confirm')}，先不出按 {key_of('roster_decline')}"
)


def question_title(question: RosterQuestion) -> str:
    """Ask in one sentence."""
    return f"给列出的人出单 {question.new} 张，应缴合计 {show_money(question.total)}，确定吗？"


def question_lines(question: RosterQuestion) -> tuple[str, ...]:
    """Say what the question counts, the gravest first; a line for each that is there."""
    lines = [
        f"⚠ {label}：{count} 人" if count else f"⚠ {label}" for label, count in question.doubts
    ]
    if not question.uncovered:
        lines.append("缴了也没有待遇：0 人")
    if question.unknown:
        lines.append(f"{question.unknown} 人没有应缴金额，未计入合计")
    if question.already:
        lines.append(f"{question.already} 人本年度已出过同样金额的单，这次不出")
    if question.changed:
        lines.append(f"{question.changed} 人本年度出过别的金额的单，这次不出，请到办理页逐人核对")
    if question.refused:
        lines.append(f"{question.refused} 人不能出单，这次不出")
    lines.append("编号用掉就不能收回；确定前请核对名单、年度和缴费日期。")
    return tuple(lines)


def span_of(issued: Sequence[IssuedNotice]) -> str:
    """Name the first and the last number of what was issued; at least one."""
    numbers = sorted(one.notice.number or "" for one in issued)
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"


def stopped_text(issued: Sequence[IssuedNotice], left: int) -> str:
    """Say after a stop what exists and what does not."""
    again = f"还有 {left} 人没有出。接着出再按 {key_of('roster_issue')}，{_AGAIN}"
    if not issued:
        return f"已停下，还没有用掉编号，{again}"
    return (
        f"已停下：出了 {len(issued)} 张，{span_of(issued)}，{again}；"
        f"要整批作废，到台账选其中一张按 {key_of('ledger_void_run')}"
    )


def nothing_new_text(question: RosterQuestion) -> str:
    """Explain why nobody of a list gets a notice."""
    clauses = []
    if question.already:
        clauses.append(f"{question.already} 人本年度已出过单，没有重出")
    if question.changed:
        clauses.append(f"{question.changed} 人出过别的金额的单，请到办理页逐人核对")
    if question.refused:
        clauses.append(f"{question.refused} 人不能出单")
    return f"没有新的可出，没有用掉编号：{'；'.join(clauses)}"


def run_voided_text(run: Run) -> str:
    """Describe what was voided, and what is to be done outside the program."""
    entered = f"；{run.entered} 张已录入正式系统，请在那里也撤销" if run.entered else ""
    return f"整批 {len(run.valid)} 张已作废，仍留在台账中；发出的纸质单请收回{entered}"
