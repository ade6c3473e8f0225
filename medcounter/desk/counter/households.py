"""Households at one desk: saved while typed, issued together.

One transaction issues all members or none. Composes no paper itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from medcounter.desk.counter import issuing
from medcounter.desk.counter.issue_reasons import (
    Around,
    DoubtfulError,
    Printed,
    Reason,
    no_office,
    reasons,
    unseen,
)
from medcounter.desk.counter.served_before import served_before
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import IssuedNotice
from medcounter.desk.draft.draft_codec import dump_draft, load_draft
from medcounter.desk.evaluate.household import Household, doubled
from medcounter.errors import MedCounterError
from medcounter.store.store_errors import FateUnknownError
from medcounter.strict_json import canonical, read_strict

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome

__all__ = ["FateUnknownError", "Households", "MemberTwiceError"]

_log = logging.getLogger(__name__)


class MemberTwiceError(MedCounterError):
    """本户有两位是同一个人，没有出单，也没有编号；请核对证件号码，移出多出来的一位后再出单。"""


class Households:
    """The households of one desk.

    Attributes:
        undrawable: Gives the characters of a text that cannot be printed;
            whoever draws says which.
    """

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store
        self._access = context.access
        self.undrawable: Callable[[str], str] = lambda _: ""

    def doubts(self, outcomes: Sequence[Outcome], at: datetime) -> tuple[Reason, ...]:
        """Return the reasons to acknowledge before these are issued; empty for none.

        Args:
            outcomes: Member by member; one that may not be issued is passed over.
            at: Now, with its zone.
        """
        settings, book = self._context.settings, self._context.rule_book
        around = Around(at.date(), book, settings.region, self.undrawable)
        found = []
        for place, outcome in enumerate(outcomes):
            chosen, person, draft = outcome.chosen, outcome.person, outcome.draft
            if chosen is None or not outcome.can_issue:
                continue
            who = Printed(
                f"{person.name} {draft.agent} {draft.agent_relation} {draft.clerk_words}",
                person.age,
                served_before(self._store.people, person, chosen.facts),
            )
            named = f"{person.name}：" if len(outcomes) > 1 else ""
            found += [
                replace(one, place=place, text=f"{named}{one.text}")
                for one in reasons(chosen, who, around)
            ]
        if settings.hall.strip() and settings.clerk.strip():
            return tuple(found)
        last = self._store.ledger.last()
        begun = last is not None and last.issued_at.astimezone(at.tzinfo).date() == at.date()
        return tuple(found) if begun else (*no_office(settings.hall, settings.clerk), *found)

    def issue(
        self,
        outcomes: Sequence[Outcome],
        at: datetime,
        requests: Sequence[str],
        acknowledged: Collection[str] = (),
        *,
        run: str = "",
    ) -> tuple[IssuedNotice, ...]:
        """Number and keep the notices of one or more in one transaction.

        The draft kept of who is at the counter is forgotten in the same one.

        Args:
            outcomes: What the clerk sees, member by member.
            at: Time of issue, with its zone.
            requests: One for each member, unique to this click; the same
                again give the same notices again.
            acknowledged: Codes of the reasons to doubt that somebody saw;
                what is there of them is kept with each notice.
            run: Names the run of a list, whose people are not at the counter
                and no household; empty for those who are.

        Raises:
            NotIssuableError: A member may not be issued; nobody was.
            DoubtfulError: There is a reason that nobody acknowledged; nobody
                was issued.
            MemberTwiceError: Two members are one person; nobody was issued.
            AnswerOutdatedError: A member was computed on another day.
            RulesChangedError: The rules are others than those computed by.
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: Nothing was stored; one subclass per cause.
        """
        self._access.require_clerk()
        if doubled(outcomes):
            raise MemberTwiceError
        # The same click again, across midnight too, is no new act.
        before = tuple(map(self._store.ledger.by_request, requests))
        known = tuple(issuing.from_ledger(each) for each in before if each is not None)
        if len(known) == len(requests):
            return known
        settings, book = self._context.settings, self._context.rule_book
        members = tuple(
            issuing.to_ledger(outcome, book, settings, at, request)
            for outcome, request in zip(outcomes, requests, strict=True)
        )
        seen = self._seen(outcomes, at, acknowledged)
        stored = self._store.ledger.issue_household(
            tuple(
                (replace(new, acknowledged=codes, run=run), compose)
                for (new, compose), codes in zip(members, seen, strict=True)
            ),
            linked=not run,
            forget_draft=not run,
        )
        issued = tuple(issuing.from_ledger(each) for each in stored)
        for notice, outcome in zip(issued, outcomes, strict=True):
            insisted = ", with a number that fails its check" if outcome.person.insisted else ""
            _log.info("notice %s issued%s", notice.notice.number, insisted)
        return issued

    def _seen(
        self, outcomes: Sequence[Outcome], at: datetime, acknowledged: Collection[str]
    ) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Return what was doubtful and seen, member by member; refuse where some was not."""
        doubts = self.doubts(outcomes, at)
        if open_ones := unseen(doubts, acknowledged):
            # Nobody is asked for what could not be done anyway.
            self._store.require_writable()
            raise DoubtfulError(open_ones)
        return tuple(
            tuple((doubt.code, doubt.about) for doubt in doubts if doubt.place == place)
            for place in range(len(outcomes))
        )

    def together_with(self, number: str) -> tuple[str, ...]:
        """List the numbers issued together with a notice; empty when alone.

        Raises:
            NoticeUnknownError: No notice has the number.
        """
        return self._store.ledger.household(number)

    def look_up(self, request: str) -> IssuedNotice | None:
        """Ask the disk, after a fault, what became of a notice.

        Returns:
            The notice as it was stored; None when it was not.

        Raises:
            StoreError: The ledger cannot be opened yet, so nobody knows.
        """
        self._store.reopen()
        stored = self._store.ledger.by_request(request)
        return None if stored is None else issuing.from_ledger(stored)

    def save(self, household: Household, at: datetime) -> None:
        """Keep what is typed, so that a crash loses nothing; nothing of an auditor's."""
        if not self._access.only_looks:
            self._store.counter_drafts.save(dump_household(household, at.date()), at)

    def last(self) -> Household | None:
        """Return what was kept last; None when there is nobody, or an auditor asks."""
        body = None if self._access.only_looks else self._store.counter_drafts.last()
        kept = None if body is None else load_household(body)
        return None if kept is None or kept.is_blank else kept

    def park(self, household: Household, at: datetime) -> int:
        """Put a household aside until its papers are there; give how many lie so.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: It was not put aside.
        """
        self._access.require_clerk()
        return self._store.counter_drafts.park(dump_household(household, at.date()), at)

    def unpark(self, at: datetime) -> Household | None:
        """Take back the household that has lain aside longest; None without one.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: It still lies aside.
        """
        self._access.require_clerk()
        body = self._store.counter_drafts.unpark(at)
        return None if body is None else load_household(body)

    def waiting(self) -> int:
        """Return how many households lie aside."""
        return self._store.counter_drafts.aside()

    def clear(self) -> None:
        """Forget what was kept."""
        if not self._access.only_looks:
            self._store.counter_drafts.clear()


def dump_household(household: Household, on: date) -> bytes:
    """Write a household, kept on a day, in the one form ``load_household`` reads."""
    members = [read_strict(dump_draft(draft)) for draft in household.members]
    return canonical({"at": household.at, "kept_on": on.isoformat(), "members": members})


def load_household(body: bytes) -> Household | None:
    """Read a kept household, or the single draft older versions kept.

    None when it is neither; that never stops a desk from opening.
    """
    try:
        kept = _adapter().validate_json(body, strict=True)
    except ValidationError:
        draft = load_draft(body)
        return None if draft is None else Household((draft,))
    return kept if 0 <= kept.at < len(kept.members) else None


@cache
def _adapter() -> TypeAdapter[Household]:
    return TypeAdapter(Household)
