"""The records of a day's acts in the ledger; computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from medcounter.trust.chain import Head

ISSUE = "issue"
REPRINT = "reprint"
VOIDED = "void"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A day as the counter's zone has it.

    Attributes:
        day: The date.
        start: Its first moment, inclusive.
        end: The first moment of the next day, exclusive.
    """

    day: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class DayAct:
    """One notice issued, printed again or voided.

    Attributes:
        position: Number of the event.
        kind: ``issue``, ``reprint`` or ``void``.
        at: When, with its zone.
        clerk: Who did it.
        number: Of the notice it was done to.
        issued: Number of the event that issued this notice.
        category: Identity code the fee was counted by.
        category_label: Its name.
        benefit_year: The year insured.
        total: Fen to pay; None where no source gives the fee.
        hall_rules: Whether the notice rests on rules that the hall made.
    """

    position: int
    kind: str
    at: datetime
    clerk: str
    number: str
    issued: int
    category: str
    category_label: str
    benefit_year: int
    total: int | None
    hall_rules: bool = False


@dataclass(frozen=True, slots=True)
class DayActs:
    """All that was done in a stretch of the ledger.

    Attributes:
        ranges: First and last event of each stretch, both inclusive.
        acts: In order.
        unconfirmed: Number and print of each print counted there of which
            nobody has said whether it came out.
    """

    ranges: tuple[tuple[int, int], ...]
    acts: tuple[DayAct, ...]
    unconfirmed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """The notices issued in one hour of one day, of one place, year and identity.

    Attributes:
        day: The day they were issued, as the counter's clock had it.
        hour: From 0 to 23, as well.
        region: Six-digit code of the place.
        benefit_year: The year insured.
        category_label: Name of the identity the fee was counted by.
        issued: How many, the void ones among them.
        voided: How many of them are void by now.
        unpriced: How many of the valid ones have no fee by any source.
        total: Fen on the valid ones.
    """

    day: date
    hour: int
    region: str
    benefit_year: int
    category_label: str
    issued: int
    voided: int
    unpriced: int
    total: int


@dataclass(frozen=True, slots=True)
class StoredClose:
    """A day that was closed; stays as it is.

    Attributes:
        number: ``2026-03-D0012``.
        day: The day closed.
        desk: Two digits.
        sequence: From 1, without a gap within year and desk.
        at: When it was closed.
        clerk: Who closed it.
        ranges: The stretches of the ledger it covers.
        figures: What it came to, in types JSON has.
        head: The ledger's head right after it.
    """

    number: str
    day: date
    desk: str
    sequence: int
    at: datetime
    clerk: str
    ranges: tuple[tuple[int, int], ...]
    figures: Mapping[str, object]
    head: Head
