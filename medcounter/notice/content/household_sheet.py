"""One sheet for a household, built from its members' notices.

Pure: the same notices give the same sheet, so only the members' notices are
stored. Computes nothing but the one total; a fee no source gives is mentioned
and never added.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from medcounter.assess.assessment import Stamp
from medcounter.assess.engine.amounts import total_of
from medcounter.errors import MedCounterError
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.notice.content.check_code import check_code
from medcounter.notice.content.merging import (
    SharedSentence,
    merged,
    merged_clauses,
    merged_doubts,
    merged_guides,
    once,
    renumbered,
)
from medcounter.notice.content.notice import BenefitSpan, Clause, FigureKind, Guide, Notice, Office
from medcounter.notice.content.number import number_span, shown_number

NUMBERS_JOINED = "+"


class HouseholdEmptyError(MedCounterError):
    """这一户还没有通知单，排不出全户通知单；请先为成员出单后重试。"""


@dataclass(frozen=True, slots=True)
class Member:
    """One member's row.

    Attributes:
        number: Of the member's own notice; None for a specimen.
        items: What is paid for, as in the notice's rows.
        standard: What is asked of everybody, in fen.
        aid: What others pay of it, in fen.
        due: What is left to pay, in fen; None where no source gives it.
        year: The benefit year's spans in order, without gap or overlap.
        doubtful: Figures that rest on an assumed or unsettled rule.
        voided: Whether the member's notice is void: named, never counted.
    """

    number: str | None
    name: str
    id_shown: str
    place: str
    benefit_year: int
    identity: str
    items: tuple[str, ...]
    standard: int | None
    aid: int | None
    due: int | None
    wait: BenefitSpan | None
    cover: BenefitSpan | None
    year: tuple[BenefitSpan, ...]
    pay_by: date
    doubtful: tuple[FigureKind, ...]
    voided: bool


@dataclass(frozen=True, slots=True)
class HouseholdSheet:
    """Everything printed for a household.

    Attributes:
        agents: Who came for them, with the relation.
        places: Where they are insured, each once.
        total: Sum of what is known of all that is not void, in fen.
        unsettled: How many members' fees no source gives.
        words: The total in financial capitals.
        pay_by: The first of the members' days, inclusive.
        payment_dates: The days of payment assumed, each once.
        grounds: How each fee and each wait comes about.
        check_code: None for a specimen.
        stamps: Which rules gave the figures, each once.
        made_by: Whose rules they are where a hall made them, each once.
        clerk_words: What the clerk added in own words, and for whom.
        print_no: 1 for the first print; from 2 on the paper says 补打.
        practice: Whether it is an exercise and marked 练习.
    """

    title: str
    members: tuple[Member, ...]
    issued_at: datetime
    office: Office
    household: str
    agents: tuple[str, ...]
    places: tuple[str, ...]
    total: int
    unsettled: int
    words: str
    pay_by: date
    payment_dates: tuple[date, ...]
    grounds: tuple[SharedSentence, ...]
    later: tuple[SharedSentence, ...]
    choices: tuple[SharedSentence, ...]
    remarks: tuple[SharedSentence, ...]
    guides: tuple[Guide, ...]
    doubts: tuple[SharedSentence, ...]
    clauses: tuple[Clause, ...]
    check_code: str | None
    stamps: tuple[Stamp, ...]
    made_by: tuple[str, ...] = ()
    clerk_words: tuple[SharedSentence, ...] = ()
    print_no: int = 1
    practice: bool = False

    @property
    def counted(self) -> tuple[Member, ...]:
        """The members whose notices are not void."""
        return tuple(member for member in self.members if not member.voided)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers of the notices that are not void; none for a specimen."""
        return tuple(member.number for member in self.counted if member.number is not None)

    @property
    def shown_numbers(self) -> str:
        """The numbers as they stand on paper; empty where there is none."""
        span = number_span(self.numbers)
        return shown_number(span, practice=self.practice) if span else ""

    @property
    def doubtful(self) -> bool:
        """Whether the total rests on a fee that is not certain."""
        return any("fee" in member.doubtful for member in self.counted)


def household_sheet(
    notices: Sequence[Notice],
    *,
    print_no: int = 1,
    voided: Collection[str] = (),
    practice: bool = False,
) -> HouseholdSheet:
    """Put the notices of one household together.

    Args:
        notices: The members' notices in the order of the rows.
        print_no: Which print of the sheet this is, from 1.
        voided: Numbers of those notices that are void by now.
        practice: Whether the sheet is an exercise.

    Raises:
        HouseholdEmptyError: There is no notice.
        AmountNotWritableError: The total has no words.
    """
    if not notices:
        raise HouseholdEmptyError
    live = [notice for notice in notices if notice.number not in voided]
    shown = live or notices
    clauses = merged_clauses(live)
    total = sum(notice.total for notice in live if notice.total is not None)
    return HouseholdSheet(
        title=shown[0].title,
        members=tuple(_member(notice, voided) for notice in notices),
        issued_at=max(notice.issued_at for notice in notices),
        office=shown[0].office,
        household=next((n.person.household for n in shown if n.person.household), ""),
        agents=once(n.person.agent_shown for n in live if n.person.agent),
        places=once(notice.place for notice in shown),
        total=total,
        unsettled=sum(notice.total is None for notice in live),
        words=amount_in_words(total),
        pay_by=min(notice.pay_by for notice in shown),
        payment_dates=once(notice.benefits.payment_date for notice in shown),
        grounds=merged(live, lambda notice: _grounds(notice, clauses)),
        later=merged(live, lambda notice: notice.later),
        choices=merged(live, lambda notice: notice.choices),
        remarks=merged(live, lambda notice: notice.remarks),
        guides=merged_guides(live),
        doubts=merged_doubts(live),
        clauses=clauses,
        check_code=_check_code(live, total),
        # The hash of the facts is each member's own; the rules are what the sheet names.
        stamps=once(replace(notice.stamp, facts_sha256="") for notice in shown),
        made_by=once(notice.made_by for notice in shown if notice.made_by),
        clerk_words=merged(live, lambda notice: filter(None, (notice.clerk_words,))),
        print_no=print_no,
        practice=practice,
    )


def _member(notice: Notice, voided: Collection[str]) -> Member:
    return Member(
        number=notice.number,
        name=notice.person.name,
        id_shown=notice.person.id_shown,
        place=notice.place,
        benefit_year=notice.benefit_year,
        identity=notice.identity,
        items=tuple(row.item for row in notice.rows),
        standard=total_of([row.standard for row in notice.rows]),
        aid=total_of([row.aid for row in notice.rows]),
        due=notice.total,
        wait=notice.benefits.wait,
        cover=notice.benefits.cover,
        year=notice.benefits.year,
        pay_by=notice.pay_by,
        doubtful=notice.doubtful,
        voided=notice.number in voided,
    )


def _grounds(notice: Notice, clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    given = [(row.reason, row.marks) for row in notice.rows if row.reason]
    given.append((notice.benefits.reason, notice.benefits.marks))
    return [(text, renumbered(marks, notice.clauses, clauses)) for text, marks in given]


def _check_code(live: Sequence[Notice], total: int) -> str | None:
    """Compute a code over the numbers, the total and the members' own codes."""
    codes = [f"{notice.number}/{notice.check_code}" for notice in live if notice.check_code]
    if not codes or len(codes) < len(live):
        return None
    days = [max(notice.issued_at for notice in live).date()]
    days.append(min(notice.pay_by for notice in live))
    return check_code(NUMBERS_JOINED.join(codes), total, days)
