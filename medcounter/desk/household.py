"""Who stands at the counter together: their drafts, and what they come to.

Pure records; each member has a draft and an outcome of their own. Opens no
ledger and reads no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from medcounter.desk.draft import Draft
from medcounter.identity.id_number import IdNumber, read_id

if TYPE_CHECKING:
    from medcounter.desk.outcome import Outcome

_PLACE = ("region", "scheme", "benefit_year")
_ENDS = 4


@dataclass(frozen=True, slots=True)
class Household:
    """The members at the counter, at least one, and who is worked on.

    Attributes:
        members: Their drafts, in the order they were added.
        at: Place of the one being edited, from 0.
    """

    members: tuple[Draft, ...]
    at: int = 0

    @property
    def current(self) -> Draft:
        """The draft being edited."""
        return self.members[self.at]

    @property
    def is_taken(self) -> bool:
        """Whether the place being edited has somebody's number or name."""
        return bool(whole_number(self.current) or self.current.name.strip())

    def with_current(self, draft: Draft) -> Household:
        """Give the household with the edited member changed."""
        members = (*self.members[: self.at], draft, *self.members[self.at + 1 :])
        return replace(self, members=members)

    def added(self, draft: Draft) -> Household:
        """Give the household with one member more, who is edited next."""
        return Household((*self.members, draft), len(self.members))

    def removed(self) -> Household:
        """Give the household without the edited member; one always stays."""
        if len(self.members) == 1:
            return self
        members = (*self.members[: self.at], *self.members[self.at + 1 :])
        return Household(members, min(self.at, len(members) - 1))

    def turned_to(self, place: int) -> Household:
        """Give the household with another member edited, round the end."""
        return replace(self, at=place % len(self.members))

    def place_of(self, id_number: str) -> int | None:
        """Find the member with an ID number; None when there is none."""
        for place, member in enumerate(self.members):
            if whole_number(member) == id_number:
                return place
        return None


def whole_number(draft: Draft) -> str:
    """Give a draft's ID number as it would be stored; empty until it is whole."""
    read = read_id(draft.id_number)
    return read.text if isinstance(read, IdNumber) else ""


def placed_like(fresh: Draft, draft: Draft) -> Draft:
    """Give a fresh draft for the place, scheme and year of another."""
    for name in _PLACE:
        fresh = fresh.with_(name, getattr(draft, name))
    return fresh


def is_blank(draft: Draft) -> bool:
    """Tell whether nothing but place and year stands in a draft."""
    return placed_like(Draft(), draft) == draft


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member, as the strip shows them.

    Attributes:
        name: The name, the number's end, or 新成员.
        amount: Fen to pay; None while unknown.
        ready: Whether a notice may be issued.
        trouble: Why not, one sentence; empty when it may.
    """

    name: str
    amount: int | None
    ready: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """A household as the strip shows it.

    Attributes:
        rows: Each member.
        at: Place of the one being edited, from 0.
        total: Fen all members pay that can be issued.
    """

    rows: tuple[MemberRow, ...]
    at: int
    total: int

    @property
    def blocked(self) -> tuple[MemberRow, ...]:
        """The members that cannot be issued yet."""
        return tuple(row for row in self.rows if not row.ready)


def gathering(outcomes: Sequence[Outcome], at: int) -> Gathering:
    """Put the outcomes of a household side by side.

    Args:
        outcomes: One for each member, in order.
        at: Place of the one being edited, from 0.
    """
    rows = tuple(_row(outcome) for outcome in outcomes)
    return Gathering(rows, at, sum(row.amount or 0 for row in rows if row.ready))


def _row(outcome: Outcome) -> MemberRow:
    shown, person = outcome.shown, outcome.person
    fee = shown.fee if shown else None
    named = person.name or (f"…{person.id_number[-_ENDS:]}" if person.id_number else "新成员")
    # Nobody has an amount before it is known who they are.
    known = bool(person.name or person.id_number or person.birth_date)
    amount = fee.total if fee and known else None
    return MemberRow(named, amount, outcome.can_issue, outcome.blocked_by)
