"""The assessment as records: what to pay, when covered, why, and how sure.

Mirrors the JSON contract one to one (``from``/``to`` there are ``start`` and
``end`` here, both inclusive). Money is whole fen; None means that no source
gives the figure. Computes nothing. What an answer has many of is a tuple: a frozen
dataclass takes four times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from medcounter.assess.facts import Facts
from medcounter.assess.local_rules import LocalRules, NamedBundle
from medcounter.dates import year_end, year_start

CLOSED = "closed"
# Code of the remark that says whose rules a place without rules of its own goes by.
INHERITED = "rules-inherited"
# Where no rules are known, the period is not either.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Region:
    """The place asked for: six-digit code and name, None when unknown."""

    code: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """The payment period the day lies in; both ends inclusive.

    Attributes:
        kind: ``main``, ``extended``, ``late``, ``closed``, or ``unknown``
            where rules are missing.
        start: First day of the whole named period; None when closed or not
            given by any source.
        end: Last day of it.
        label: The period's Chinese name.
    """

    kind: str
    start: date | None
    end: date | None
    label: str


class FeeLine(NamedTuple):
    """One line of the fee; aid is negative; fen, None when unknown."""

    code: str
    label: str
    amount: int | None


class Fee(NamedTuple):
    """What is paid, in fen; None where no source gives the figure.

    ``contribution`` = ``standard`` − ``aid``; ``total`` = ``contribution`` +
    ``repair`` + what is paid with it for other years = the sum of ``lines``.
    ``subsidy`` is information only.
    """

    total: int | None
    standard: int | None
    aid: int | None
    contribution: int | None
    repair: int | None
    subsidy: int | None
    lines: tuple[FeeLine, ...]

    @property
    def other_years(self) -> int | None:
        """Say what is paid with this year for other years, beside repair."""
        if self.total is None or self.contribution is None or self.repair is None:
            return None
        return self.total - self.contribution - self.repair


class Wait(NamedTuple):
    """Days without benefits, both ends inclusive.

    ``total`` = ``fixed`` + ``variable`` − ``repaired``, all in ``unit``
    (``month``, ``day`` or ``whole-month``).
    """

    start: date
    end: date
    fixed: int
    variable: int
    repaired: int
    total: int
    unit: str


class Coverage(NamedTuple):
    """The days with benefits, both ends inclusive.

    Attributes:
        year: The benefit year, where cover may begin before or end after it;
            None leaves the days of other years in the count.
    """

    start: date
    end: date
    year: int | None = None

    @property
    def days(self) -> int:
        """Count the covered days of the benefit year, first and last included."""
        start, end = self.start, self.end
        if self.year is not None:
            start, end = max(start, year_start(self.year)), min(end, year_end(self.year))
        return max(0, (end - start).days + 1)

    @property
    def leaves_year(self) -> bool:
        """Whether some covered days lie in other years."""
        return self.year is not None and self.days <= (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Incentive:
    """Change of the 大病保险 ceiling, in fen; None where no source says.

    Attributes:
        rate: Change of the reimbursement rate: 0.03 is 3 points; None where
            the place has no such steps.
    """

    continuous_years: int
    continuous: int | None
    zero_claim: int | None
    penalty: int
    change: int | None
    cap: int | None
    rate: Decimal | None = None


class Remark(NamedTuple):
    """What the resident must be told; level ``info`` or ``warning``."""

    code: str
    level: str
    text: str


class Doubt(NamedTuple):
    """A field that rests on an assumed or unsettled figure.

    Attributes:
        field: Dotted name in the contract, for example ``wait.from``.
        status: ``assumed`` or ``unsettled``.
        text: One Chinese sentence: what is in doubt and which reading is used.
        value: The value used, as in the contract; None when there is none.
        other: The other reading's value; None when there is none.
        rule: Id of the rule it comes from (groups doubts for the eye).
    """

    field: str
    status: str
    text: str
    value: str | None
    other: str | None
    rule: str


class Rejection(NamedTuple):
    """A rule that did not stand, and why, with the values compared.

    Attributes:
        rule: Its id.
        text: One Chinese sentence.
        defeated_by: Id of the exception that displaced it, else None.
    """

    rule: str
    text: str
    defeated_by: str | None


class Step(NamedTuple):
    """One question of the derivation and the rule that answered it."""

    question: str
    label: str
    rule: str
    text: str
    source: str
    clause: str
    grade: str
    status: str
    rejected: tuple[Rejection, ...]


class Hint(NamedTuple):
    """The nearest fact or date that would change the answer.

    Attributes:
        field: The facts key that would differ, e.g. ``payment_date``.
        value: The day from or until which it would.
        text: One Chinese sentence: "2025-02-28 前缴费:没有等待期。"
    """

    field: str
    value: date
    text: str


class Advice(NamedTuple):
    """A channel, a document to bring, or an effect to tell; with its source.

    Attributes:
        kind: ``channel``, ``document``, ``effect`` or ``payer``.
        code: Stable code within the bundle.
        label: Short name for one line on paper.
        text: The steps or details in one or two sentences; may be empty.
        source: Id of the source document.
        grade: Grade of that source: A, B or C.
    """

    kind: str
    code: str
    label: str
    text: str
    source: str
    grade: str


class Citation(NamedTuple):
    """A source document named by the steps: what it is and how good."""

    id: str
    title: str
    publisher: str
    grade: str
    published: date | None
    checked: date | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which rules, engine and facts gave this answer; hashes are hex.

    Attributes:
        bundles: By rules that a hall made, all they rest on, the office's
            first; else empty.
    """

    bundle: str
    revision: int
    sha256: str
    signed: bool
    engine: str
    facts_sha256: str
    bundles: tuple[NamedBundle, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer for one resident, one year and one payment day.

    Attributes:
        payable: Whether this person may pay on this day; None where rules
            are missing, so that it can never be issued.
        facts: What it answers, so that a stored answer can be replayed.
        rules_of: The nearest place with rules of its own, whose rules these
            are; None where rules are missing.
        hall_rules: The hall's own rules that gave it; None for an office's.
    """

    region: Region
    scheme: str
    benefit_year: int
    payable: bool | None
    window: Window
    next_window: date | None
    category: str
    category_label: str
    exemption: str | None
    lapsed_years: int
    fee: Fee | None
    wait: Wait | None
    coverage: Coverage | None
    incentive: Incentive | None
    remarks: tuple[Remark, ...]
    doubts: tuple[Doubt, ...]
    steps: tuple[Step, ...]
    hints: tuple[Hint, ...]
    advice: tuple[Advice, ...]
    citations: tuple[Citation, ...]
    stamp: Stamp
    facts: Facts | None = None
    rules_of: Region | None = None
    hall_rules: LocalRules | None = None
