"""The notice as records: everything on the paper, and nothing else.

A composed notice is stored and later drawn exactly as it was; nothing here is
recomputed. Money is whole fen, None where no source gives the figure. Every
span includes both its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from medcounter.assess.assessment import Stamp
from medcounter.notice.content.number import shown_number

SpanKind = Literal["none", "wait", "cover"]
FigureKind = Literal["fee", "wait", "coverage"]


@dataclass(frozen=True, slots=True)
class Party:
    """Who the notice is for.

    Attributes:
        name: The resident's name.
        id_number: As read; empty for a newborn without a number.
        agent: Who came for the resident; empty when nobody.
        relation: What the agent is to the resident.
        household: The household the resident is insured in; may be empty.
        whole_id: Whether this place needs the number unmasked.
    """

    name: str
    id_number: str = ""
    agent: str = ""
    relation: str = ""
    household: str = ""
    whole_id: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues it: hall, two-digit desk, clerk's name."""

    hall: str
    desk: str
    clerk: str


@dataclass(frozen=True, slots=True)
class Issue:
    """When it is issued and under which number; None for a specimen."""

    issued_at: datetime
    number: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedPerson:
    """The party as printed; the number is masked unless asked otherwise."""

    name: str
    id_shown: str
    agent: str
    relation: str
    household: str

    @property
    def agent_shown(self) -> str:
        """Who came, with what they are to the resident; empty when nobody."""
        return f"{self.agent}（{self.relation}）" if self.agent and self.relation else self.agent


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One line of the fee: a year and an item.

    Attributes:
        item: What is paid for.
        standard: What is asked of everybody.
        aid: What others pay of it, not negative.
        due: What is left to pay.
        reason: One sentence.
        marks: Numbers of its clauses, such as ``①②``.
    """

    item: str
    standard: int | None
    aid: int | None
    due: int | None
    reason: str
    marks: str


@dataclass(frozen=True, slots=True)
class BenefitSpan:
    """Days of one kind: without benefits, waiting, or covered."""

    kind: SpanKind
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Benefits:
    """From when to when: the thing the resident must take home.

    Attributes:
        wait: The days withheld; None when there is no wait.
        cover: The days covered; None when the year brings no cover.
        reason: How the wait comes about, or why there is none.
        marks: Numbers of the clauses it rests on.
        year: The benefit year's spans in order, without gap or overlap.
        payment_date: The day of payment that all of this assumes.
    """

    wait: BenefitSpan | None
    cover: BenefitSpan | None
    reason: str
    marks: str
    year: tuple[BenefitSpan, ...]
    payment_date: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One channel, document or effect: its name and its steps."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Entries of one kind under their heading.

    Attributes:
        kind: ``channel``, ``payer``, ``document``, ``enrolment`` or
            ``effect``.
        doubtful: Whether any of it rests on a source of grade C.
    """

    kind: str
    heading: str
    entries: tuple[Entry, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a figure comes from; ``grade`` is A, B or C."""

    mark: str
    title: str
    clause: str
    grade: str


@dataclass(frozen=True, slots=True)
class PrintedDoubt:
    """A sentence on what is not certain; not assumed means unsettled."""

    text: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything printed on a notice.

    Attributes:
        title: The line under the issuer.
        number: None for a specimen.
        issued_at: Printed to the minute.
        place: The region's name.
        benefit_year: The year insured.
        identity: The identity the fee is counted by.
        pay_by: Last day of payment on which all this still holds, inclusive.
        rows: Their ``due`` add up to ``total``.
        words: The total in financial capitals.
        subsidy: What the public purse adds; None where there is none.
        benefits: Wait, cover and timeline.
        doubtful: Figures that rest on an assumed or unsettled rule.
        later: What paying later would change.
        choices: What else the resident may choose now, such as repair.
        remarks: What must be told, warnings first.
        check_code: None for a specimen.
        stamp: Which rules gave the figures.
        made_by: Whose rules they are where a hall made them; else empty.
        clerk_words: What the clerk added in own words; else empty.
    """

    title: str
    number: str | None
    issued_at: datetime
    office: Office
    person: PrintedPerson
    place: str
    benefit_year: int
    identity: str
    pay_by: date
    rows: tuple[FeeRow, ...]
    total: int | None
    words: str
    subsidy: int | None
    benefits: Benefits
    doubtful: tuple[FigureKind, ...]
    later: tuple[str, ...]
    choices: tuple[str, ...]
    remarks: tuple[str, ...]
    guides: tuple[Guide, ...]
    doubts: tuple[PrintedDoubt, ...]
    clauses: tuple[Clause, ...]
    check_code: str | None
    stamp: Stamp
    made_by: str = ""
    clerk_words: str = ""

    @property
    def aid(self) -> int | None:
        """Sum of all aid; None where no source gives one of them."""
        aids = [row.aid for row in self.rows]
        known = [aid for aid in aids if aid is not None]
        return sum(known) if len(known) == len(aids) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A notice about to be drawn.

    Attributes:
        print_no: 1 for the first print; from 2 on the paper says 补打.
        voided: Whether the paper is marked 作废.
        practice: Whether it is an exercise: marked 练习, the number too.
    """

    notice: Notice
    print_no: int = 1
    voided: bool = False
    practice: bool = False

    @property
    def shown_number(self) -> str:
        """The number as it stands on paper; empty for a specimen."""
        number = self.notice.number
        return "" if number is None else shown_number(number, practice=self.practice)
