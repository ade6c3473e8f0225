"""The rows of the fee: one for each year and item, adding up to the total.

Each aid stands beside the amount it reduces. Nothing is recomputed; where rows
and total differ it raises, so that no wrong sum is ever printed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from medcounter.assess.assessment import Assessment, Fee, FeeLine
from medcounter.assess.engine.amounts import total_of
from medcounter.errors import MedCounterError
from medcounter.money import show_yuan
from medcounter.notice.content.clauses import ClauseList
from medcounter.notice.content.notice import FeeRow
from medcounter.rules.questions import CONTRIBUTION_QUESTIONS
from medcounter.wording.terms import UNSETTLED_AMOUNT

_AID = "aid-"
_REPAIR = "repair"
_REPAIRED = ("repair-price", "repair")
_OTHER_YEAR = "other-year"


class SumMismatchError(MedCounterError):
    """通知单各行相加与合计不一致，为防差错不能出单；请重新测算，仍不一致时联系技术支持。"""


def fee_rows(assessment: Assessment, fee: Fee, clauses: ClauseList) -> tuple[FeeRow, ...]:
    """Turn the lines of a fee into rows; an aid joins the row before it.

    Raises:
        SumMismatchError: The rows do not add up to the fee's total.
    """
    rows = _said_once([_row(assessment, fee, lines, clauses) for lines in _grouped(fee.lines)])
    due = total_of([row.due for row in rows])
    if due != fee.total:
        raise SumMismatchError(
            f"通知单各行相加为 {_shown(due)}，合计却是 {_shown(fee.total)}，为防差错不能出单；"
            "请重新测算，仍不一致时联系技术支持。"
        )
    return rows


def _said_once(rows: list[FeeRow]) -> tuple[FeeRow, ...]:
    reasons = [None, *(row.reason for row in rows)]
    pairs = zip(rows, reasons, strict=False)
    return tuple(replace(row, reason="") if row.reason == above else row for row, above in pairs)


def _grouped(lines: Sequence[FeeLine]) -> list[list[FeeLine]]:
    groups: list[list[FeeLine]] = []
    for line in lines:
        if groups and _is_aid(line) and _covers(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_aid(line: FeeLine) -> bool:
    return line.code.startswith(_AID)


def _covers(group: list[FeeLine], aid: FeeLine) -> bool:
    left = total_of([line.amount for line in (*group, aid)])
    return left is None or left >= 0


def _row(assessment: Assessment, fee: Fee, lines: list[FeeLine], clauses: ClauseList) -> FeeRow:
    first, *aids = (
        [FeeLine(lines[0].code, lines[0].label, 0), *lines] if _is_aid(lines[0]) else lines
    )
    questions = _questions(first, assessment)
    aid_unknown = first.amount is None and fee.aid is None
    taken_off = None if aid_unknown else total_of([line.amount for line in aids])
    reasons = [step.text for step in assessment.steps if step.question in questions]
    return FeeRow(
        item=first.label,
        standard=first.amount,
        aid=None if taken_off is None else -taken_off,
        due=total_of([line.amount for line in lines]),
        reason=reasons[-1] if reasons else "",
        marks=clauses.marks_of(questions),
    )


def _questions(line: FeeLine, assessment: Assessment) -> Collection[str]:
    """Name the questions whose rules say what a line is for."""
    if line.code.startswith(_REPAIR):
        return _REPAIRED
    year = line.code.rpartition("-")[2]
    asked = any(step.question == _OTHER_YEAR for step in assessment.steps)
    others = asked and year.isdecimal() and year != str(assessment.benefit_year)
    return (_OTHER_YEAR,) if others else CONTRIBUTION_QUESTIONS


def _shown(fen: int | None) -> str:
    return UNSETTLED_AMOUNT if fen is None else f"{show_yuan(fen)} 元"
