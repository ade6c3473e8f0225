"""A household at the counter: its drafts and their outcomes.

Pure records; each member has its own draft and outcome. Opens no ledger and
reads no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from medcounter.assess.facts import Problem
from medcounter.desk.draft.draft import PAY_NOW, Draft
from medcounter.identity.id_number import IdNumber, read_id
from medcounter.identity.names import read_name
from medcounter.identity.person_key import key_of, stored_key
from medcounter.typed.typed_text import quote

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome

_PLACE = ("region", "scheme", "benefit_year")
_ENDS = 4
TWICE = "twice-in-household"


@dataclass(frozen=True, slots=True)
class Household:
    """The members at the counter, at least one, and the one being edited.

    Attributes:
        members: Their drafts, in the order they were added.
        at: Place of the one being edited, from 0.
        kept_on: The day it was kept or put aside; None for one that was not.
    """

    members: tuple[Draft, ...]
    at: int = 0
    kept_on: date | None = field(default=None, compare=False)

    @property
    def current(self) -> Draft:
        """The draft being edited."""
        return self.members[self.at]

    @property
    def is_taken(self) -> bool:
        """Whether the place being edited has somebody's number or name."""
        return bool(whole_number(self.current) or self.current.name.strip())

    @property
    def is_blank(self) -> bool:
        """Whether nobody stands there yet: nothing but a place and a year."""
        return len(self.members) == 1 and is_blank(self.current)

    @property
    def blank_place(self) -> int | None:
        """Place of the first member of whom nothing stands there; None for none."""
        return next((n for n, draft in enumerate(self.members) if is_blank(draft)), None)

    def with_current(self, draft: Draft) -> Household:
        """Return the household with the edited member changed."""
        members = (*self.members[: self.at], draft, *self.members[self.at + 1 :])
        return replace(self, members=members)

    def added(self, draft: Draft) -> Household:
        """Return the household with one member more, who is edited next."""
        return Household((*self.members, draft), len(self.members))

    def removed(self) -> Household:
        """Return the household without the edited member; one always stays."""
        if len(self.members) == 1:
            return self
        members = (*self.members[: self.at], *self.members[self.at + 1 :])
        return Household(members, min(self.at, len(members) - 1))

    def turned_to(self, place: int) -> Household:
        """Return the household with another member edited, wrapping around."""
        return replace(self, at=place % len(self.members))

    def place_of(self, id_number: str) -> int | None:
        """Find the member with an ID number, however it is written; None for nobody."""
        key = key_of(id_number)
        keys = [key_of(member.id_number) for member in self.members]
        return keys.index(key) if key and key in keys else None

    def with_arrival(self, id_number: str, fill: Callable[[Draft], Draft]) -> Household:
        """Return the household with a new arrival: in an empty place or one more.

        One who stands there already is turned to.

        Args:
            id_number: Of the person; empty when they have none.
            fill: Puts what is known of them into a draft.
        """
        place = self.place_of(id_number)
        if place is not None:
            there = self.turned_to(place)
            return there.with_current(fill(there.current))
        if self.is_taken:
            return self.added(fill(placed_like(Draft(), self.current)))
        # What was chosen before somebody stood there was nobody's choice.
        return self.with_current(fill(self.current.with_("id_number", "").with_("option", PAY_NOW)))

    def met_again(self) -> Household | None:
        """Turn to the member whose number was typed again, instead of the edited one.

        Returns:
            None where nobody else has the number, or where the two are named
            differently: then one of the numbers is wrong.
        """
        here, key = self.current, key_of(self.current.id_number)
        for place, member in enumerate(self.members):
            if place == self.at or not key or key_of(member.id_number) != key:
                continue
            names = {read_name(one.name).text for one in (here, member)} - {""}
            if len(names) > 1:
                return None
            return self.removed().turned_to(place - (place > self.at))
        return None


def whole_number(draft: Draft) -> str:
    """Return a draft's ID number as it would be stored; empty until it is whole."""
    read = read_id(draft.id_number)
    return read.text if isinstance(read, IdNumber) else ""


def placed_like(fresh: Draft, draft: Draft) -> Draft:
    """Return a fresh draft for the place, scheme and year of another."""
    for name in _PLACE:
        fresh = fresh.with_(name, getattr(draft, name))
    return fresh


def is_blank(draft: Draft) -> bool:
    """Return whether nothing but place and year stands in a draft."""
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


def doubled(outcomes: Sequence[Outcome]) -> dict[int, int]:
    """Find who stands in a household twice: by number, else by name and birth.

    Returns:
        For each place of somebody who stood before, from 0, that first place.
    """
    first: dict[object, int] = {}
    again: dict[int, int] = {}
    for place, outcome in enumerate(outcomes):
        person = outcome.person
        key: object = stored_key(person.id_number) if person.id_number else None
        if key is None and person.name and person.birth_date is not None:
            key = (person.name, person.birth_date)
        if key is not None and first.setdefault(key, place) != place:
            again[place] = first[key]
    return again


def told_apart(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Let nobody be issued to who stands in a household twice, and say so."""
    apart = list(outcomes)
    for place, before in doubled(outcomes).items():
        name = outcomes[before].person.name
        what = "的证件号码" if outcomes[place].person.id_number else "，同名、同出生日期"
        text = (
            f"与本户第 {before + 1} 位{quote(name) if name else ''}是同一个人{what}，"
            "一人只出一份；请核对，多出来的移出本户。"
        )
        problem = Problem("id_number", TWICE, text)
        apart[place] = replace(
            outcomes[place],
            problems=(problem, *outcomes[place].problems),
            can_issue=False,
            blocked_by=text,
        )
    return tuple(apart)


def worked_out(
    members: Sequence[Draft],
    known: Mapping[Draft, Outcome],
    on: date,
    work: Callable[[Draft, date], Outcome],
) -> dict[Draft, Outcome]:
    """Return the outcomes of a household, each member by their draft.

    Args:
        members: Their drafts.
        known: What was worked out before, by the same rules.
        on: Today; what was worked out on another day is worked out anew.
        work: Works a draft out for a day.
    """
    alone = []
    for draft in members:
        before = known.get(draft)
        # Whether somebody stands there twice is asked of each household anew.
        stale = before is None or before.on != on or _is_twice(before)
        alone.append(work(draft, on) if stale or before is None else before)
    return dict(zip(members, told_apart(alone), strict=True))


def _is_twice(outcome: Outcome) -> bool:
    return any(problem.code == TWICE for problem in outcome.problems)


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
