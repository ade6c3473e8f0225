"""The records a desk returns, except outcomes; computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from medcounter.store.ledger_records import Page, Standing
from medcounter.wording.terms import CORRECTED, ISSUED, UNCONFIRMED, VOID

if TYPE_CHECKING:
    from medcounter.bundle.difference import DifferenceLine
    from medcounter.bundle.hall.hall_bundle import HallBundle
    from medcounter.notice.content.notice import Notice
    from medcounter.samples.answer_changes import OutcomeChange


def mark_of(state: str, standing: Standing) -> str:
    """Name how a notice stands: issued, unconfirmed, void or corrected."""
    if state == VOID:
        return CORRECTED if standing.replaced_by else VOID
    return UNCONFIRMED if standing.unconfirmed else ISSUED


@dataclass(frozen=True, slots=True)
class IssuedNotice:
    """A notice as it may be drawn now.

    Attributes:
        notice: What is on the paper, as stored.
        print_no: Which print this is; from 2 on the paper says 补打.
        state: ``issued`` or ``void``.
        prints: How many prints were counted so far, this one included.
        void_reason: Empty unless void.
        standing: How it stands beside that.
    """

    notice: Notice
    print_no: int
    state: str
    prints: int
    void_reason: str
    standing: Standing

    @property
    def mark(self) -> str:
        """How it stands, in one of the ledger's four words."""
        return mark_of(self.state, self.standing)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One notice in the ledger view.

    Attributes:
        number: ``2025-03-000127``.
        issued_at: With its time zone.
        name: The resident's name.
        id_masked: The masked number; empty for a newborn without one.
        category_label: The identity the fee was counted by.
        total: Fen; None where no source gives the fee.
        coverage_start: First day with benefits; None when there is none.
        coverage_end: Last day with benefits, inclusive.
        state: ``issued`` or ``void``.
        prints: How many prints were counted.
        clerk: Who issued it.
        standing: How it stands beside that.
    """

    number: str
    issued_at: datetime
    name: str
    id_masked: str
    category_label: str
    total: int | None
    coverage_start: date | None
    coverage_end: date | None
    state: str
    prints: int
    clerk: str
    standing: Standing

    @property
    def mark(self) -> str:
        """How it stands, in one of the ledger's four words."""
        return mark_of(self.state, self.standing)


LedgerPage = Page[LedgerRow]


@dataclass(frozen=True, slots=True)
class BundleState:
    """Which rules the desk works from.

    Attributes:
        id: The bundle's id.
        revision: Its number; only rises.
        review_by: After this day the rules should be looked at again.
        signed: Whether its signatures were verified, or it is the one the
            program was built with.
        sha256: Hex hash of its bytes.
        origin: ``shipped`` with the program or ``synced``.
    """

    id: str
    revision: int
    review_by: date
    signed: bool
    sha256: str
    origin: str


@dataclass(frozen=True, slots=True)
class RetiringRules:
    """Rules of the hall that an office's bundle ends.

    Attributes:
        bundle: The rules.
        covered: Whether the office has its own; else they do not fit it.
        text: Why, in one Chinese sentence.
        changes: Which answers change, where the office has its own.
    """

    bundle: HallBundle
    covered: bool
    text: str
    changes: tuple[OutcomeChange, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """A verified bundle that may be taken in; nothing has changed yet.

    Attributes:
        old: The rules in use.
        new: The rules offered.
        difference: What changes, line by line; empty when nothing does.
        package: The verified bytes.
        roots: Updates of the roots that it needs, to be taken in before it.
        ends: Rules of the hall that are retired with it, and why.
    """

    old: BundleState
    new: BundleState
    difference: tuple[DifferenceLine, ...]
    package: bytes
    roots: tuple[bytes, ...] = ()
    ends: tuple[RetiringRules, ...] = ()


@dataclass(frozen=True, slots=True)
class UnconfirmedPrint:
    """A notice of which it is unknown whether its print came out.

    Attributes:
        number: ``2025-03-000127``.
        issued_at: With its time zone.
        print_no: Which print.
    """

    number: str
    issued_at: datetime
    print_no: int
