"""Compose a notice from an assessment: every sentence and figure on the paper.

Pure: the same arguments give the same notice. Assigns no number and reads no
clock; what no source gives is printed as 待核定, never as a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from medcounter.assess.assessment import INHERITED, Assessment, Fee
from medcounter.assess.facts import FLEXIBLE
from medcounter.errors import MedCounterError
from medcounter.identity.id_number import mask
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.notice.content.benefits import benefits
from medcounter.notice.content.check_code import check_code
from medcounter.notice.content.clauses import clause_list
from medcounter.notice.content.fee_rows import fee_rows
from medcounter.notice.content.later import choice_sentences, later_sentences, pay_by
from medcounter.notice.content.notice import (
    Benefits,
    Entry,
    FigureKind,
    Guide,
    Issue,
    Notice,
    Office,
    Party,
    PrintedDoubt,
    PrintedPerson,
)
from medcounter.wording.terms import UNSETTLED_AMOUNT

if TYPE_CHECKING:
    from medcounter.assess.options import Option

RESIDENT_TITLE = "城乡居民基本医疗保险缴费通知单（测算）"
FLEXIBLE_TITLE = "灵活就业人员基本医疗保险缴费通知单（测算）"
_HEADINGS = (
    ("channel", "缴费渠道"),
    ("payer", "可由家人职工医保个人账户代缴"),
    ("document", "请携带"),
    ("enrolment", "参保登记"),
    ("effect", "断保的影响"),
)
_FIGURES: tuple[FigureKind, ...] = ("fee", "wait", "coverage")
_WINDOW_LIMITS = frozenset({"window.from", "window.to"})
_WARNING = "warning"
_ASSUMED = "assumed"
_LOWEST_GRADE = "C"


class NothingToPayError(MedCounterError):
    """按这个缴费日期不能缴费，没有可出的通知单；请换一个缴费日期后重试。"""


class RulesMissingError(MedCounterError):
    """没有收录当地这一年度的规则，不能出单，没有编号；请先更新规则，或请主管编写当地规则。"""


def payable_fee(assessment: Assessment, payment_date: date) -> Fee:
    """Return what can be paid; every notice, stored or shown, asks here first.

    Raises:
        RulesMissingError: The answer is of the nation's mechanism only.
        NothingToPayError: Nothing can be paid on that day.
    """
    if assessment.payable is None:
        raise RulesMissingError
    if assessment.fee is None or not assessment.payable:
        raise NothingToPayError(_closed_text(assessment, payment_date.isoformat()))
    return assessment.fee


def compose(
    chosen: Option, options: Sequence[Option], party: Party, office: Office, issue: Issue
) -> Notice:
    """Compose the notice of a chosen option.

    Args:
        chosen: What the resident decided on.
        options: All that could be chosen, for what paying later changes.
        party: Who it is for.
        office: Who issues it.
        issue: When, and under which number.

    Raises:
        NothingToPayError: Nothing can be paid on that day.
        RulesMissingError: No rules of the place gave the answer.
        SumMismatchError: The fee's lines do not add up to its total.
        AmountNotWritableError: The total has no words.
    """
    assessment = chosen.assessment
    fee = payable_fee(assessment, chosen.facts.payment_date)
    clauses = clause_list(assessment)
    last_day = pay_by(chosen, options)
    given = benefits(assessment, chosen.facts.payment_date, clauses)
    return Notice(
        title=FLEXIBLE_TITLE if assessment.scheme == FLEXIBLE else RESIDENT_TITLE,
        number=issue.number,
        issued_at=issue.issued_at,
        office=office,
        person=_person(party, issue.issued_at.date()),
        place=assessment.region.name or assessment.region.code,
        benefit_year=assessment.benefit_year,
        identity=assessment.category_label,
        pay_by=last_day,
        rows=fee_rows(assessment, fee, clauses),
        total=fee.total,
        words=UNSETTLED_AMOUNT if fee.total is None else amount_in_words(fee.total),
        subsidy=fee.subsidy,
        benefits=given,
        doubtful=_doubtful(assessment),
        later=later_sentences(chosen, options),
        choices=choice_sentences(chosen, options),
        remarks=_remarks(assessment),
        guides=_guides(assessment),
        doubts=_doubts(assessment, last_day),
        clauses=clauses.clauses,
        check_code=_check_code(issue, fee, given),
        stamp=assessment.stamp,
        made_by=assessment.hall_rules.sentence if assessment.hall_rules else "",
    )


def _closed_text(assessment: Assessment, paid: str) -> str:
    if assessment.next_window is None:
        return f"{paid} 不能缴费，本年度之后也没有已知的缴费时段，没有可出的通知单；请换一个年度。"
    return (
        f"{paid} 不能缴费，没有可出的通知单；最早可在 {assessment.next_window} 缴费，"
        "请把缴费日期改到那天以后再测算。"
    )


def _person(party: Party, on: date) -> PrintedPerson:
    return PrintedPerson(
        name=party.name,
        id_shown=party.id_number if party.whole_id else mask(party.id_number, on),
        agent=party.agent,
        relation=party.relation,
        household=party.household,
    )


def _doubtful(assessment: Assessment) -> tuple[FigureKind, ...]:
    roots = {doubt.field.partition(".")[0] for doubt in assessment.doubts}
    return tuple(figure for figure in _FIGURES if figure in roots)


def _remarks(assessment: Assessment) -> tuple[str, ...]:
    """List what must be told; whose rules these are the clauses below it name."""
    remarks = [remark for remark in assessment.remarks if remark.code != INHERITED]
    ordered = sorted(remarks, key=lambda remark: remark.level != _WARNING)
    return tuple(dict.fromkeys(remark.text for remark in ordered))


def _guides(assessment: Assessment) -> tuple[Guide, ...]:
    guides = []
    for kind, heading in _HEADINGS:
        given = [advice for advice in assessment.advice if advice.kind == kind]
        if given:
            entries = tuple(Entry(advice.label, advice.text) for advice in given)
            doubtful = any(advice.grade == _LOWEST_GRADE for advice in given)
            guides.append(Guide(kind, heading, entries, doubtful))
    return tuple(guides)


def _doubts(assessment: Assessment, last_day: date) -> tuple[PrintedDoubt, ...]:
    """List the doubts about what stands on this paper.

    The window's own limits do not, unless its end is the day to pay by.
    """
    silent = {"window.from"} if last_day == assessment.window.end else _WINDOW_LIMITS
    doubts = [doubt for doubt in assessment.doubts if doubt.field not in silent]
    unsettled = {doubt.text for doubt in doubts if doubt.status != _ASSUMED}
    texts = dict.fromkeys(doubt.text for doubt in doubts)
    return tuple(PrintedDoubt(text, assumed=text not in unsettled) for text in texts)


def _check_code(issue: Issue, fee: Fee, given: Benefits) -> str | None:
    if issue.number is None:
        return None
    spans = [(span.start, span.end) if span else (None, None) for span in (given.wait, given.cover)]
    days = (issue.issued_at.date(), given.payment_date, *spans[0], *spans[1])
    return check_code(issue.number, fee.total, days)
