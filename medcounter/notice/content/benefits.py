"""Wait and cover as printed: the spans of the year and how they arise.

Turns an assessment's days into a strip of one benefit year; computes no wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from medcounter.assess.assessment import Assessment
from medcounter.dates import ONE_DAY, year_end, year_start
from medcounter.notice.content.clauses import ClauseList
from medcounter.notice.content.notice import Benefits, BenefitSpan
from medcounter.wording.wait_words import wait_reason

_WAIT_QUESTIONS = (
    "fixed-wait",
    "variable-wait",
    "repair",
    "wait-start",
    "after-wait",
    "carry-over",
)
_COVER_QUESTIONS = ("window", "exemption", "cover-start", "cover-floor")


def benefits(assessment: Assessment, paid: date, clauses: ClauseList) -> Benefits:
    """Gather wait, cover and timeline of one assessment.

    Args:
        assessment: Of a payable day.
        paid: The payment day it assumes.
        clauses: The numbered clauses of the same assessment.
    """
    wait = (
        BenefitSpan("wait", assessment.wait.start, assessment.wait.end) if assessment.wait else None
    )
    cover = (
        BenefitSpan("cover", assessment.coverage.start, assessment.coverage.end)
        if assessment.coverage
        else None
    )
    return Benefits(
        wait=wait,
        cover=cover,
        reason=wait_reason(assessment),
        marks=clauses.marks_of(_WAIT_QUESTIONS if wait else _COVER_QUESTIONS),
        year=year_spans(assessment.benefit_year, (span for span in (wait, cover) if span)),
        payment_date=paid,
    )


def year_spans(year: int, spans: Iterable[BenefitSpan]) -> tuple[BenefitSpan, ...]:
    """Lay spans on one year and fill what is between them with ``none``.

    Args:
        year: The benefit year.
        spans: In order, not overlapping; what lies outside the year is cut.

    Returns:
        Spans from 1 January to 31 December without gap or overlap.
    """
    first, last = year_start(year), year_end(year)
    laid: list[BenefitSpan] = []
    free = first
    for span in spans:
        start, end = max(span.start, first), min(span.end, last)
        if start > end:
            continue
        if start > free:
            laid.append(BenefitSpan("none", free, start - ONE_DAY))
        laid.append(BenefitSpan(span.kind, start, end))
        free = end + ONE_DAY
    if free <= last:
        laid.append(BenefitSpan("none", free, last))
    return tuple(laid)
