"""Issue notices for a list of people, one after another, never twice.

A person with a valid notice for the same year and amount gets no other one,
whenever and however it was issued. Requests are derived from the list, so a
click that arrives twice gives the same notice.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from string import ascii_lowercase
from typing import TYPE_CHECKING

from medcounter.assess.contract import facts_json
from medcounter.desk.counter import issuing
from medcounter.desk.counter.issue_reasons import ALREADY_ISSUED, DoubtfulError
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import IssuedNotice
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_from_facts import draft_from_facts
from medcounter.desk.evaluate import evaluation
from medcounter.desk.evaluate.basis import Basis
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.desk.roster.roster_question import Looked, RosterQuestion, Tally
from medcounter.errors import MedCounterError
from medcounter.identity.person_key import stored_key
from medcounter.strict_json import canonical
from medcounter.wording.terms import VOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from medcounter.desk.counter.households import Households
    from medcounter.desk.counter.register import Register
    from medcounter.roster.answering.results import Result
    from medcounter.roster.reading.findings import Listed

_NAME_LENGTH = 12
# So many people are counted before somebody else may go on.
_COUNTED_AT_ONCE = 10
# Notices of one transaction: few enough that the window does not stand still.
_ISSUED_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class RosterNotice:
    """The result for one person of a list.

    Attributes:
        issued: None where no notice could be issued.
        new: Whether it was issued for this request, now or before it was cut off.
        refused: Why there is none; empty where there is one.
    """

    person: Listed
    issued: IssuedNotice | None
    new: bool
    refused: str


@dataclass(frozen=True, slots=True)
class ListCount:
    """How far a list is counted.

    Attributes:
        done: People counted so far.
        question: What is to be asked before the first number; None until all
            are counted.
        unprinted: What was issued for a list before and never came out.
    """

    done: int
    question: RosterQuestion | None = None
    unprinted: tuple[IssuedNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far a list is issued.

    Attributes:
        done: People looked at so far.
        issued: What has a notice by now, from this list.
        refused: Rows without one, with why.
    """

    done: int
    issued: tuple[IssuedNotice, ...]
    refused: tuple[tuple[int, str], ...]


def _new_name() -> str:
    # Letters alone: a file for an auditor stars what looks like a long number.
    return "".join(secrets.choice(ascii_lowercase) for _ in range(_NAME_LENGTH))


@dataclass(frozen=True, slots=True)
class ListRun:
    """One list that was confirmed for issuing; its notices can be voided as one.

    Attributes:
        basis: What the list was reckoned with.
        agreed: Codes of what was doubtful and seen.
        name: Kept with each notice; another one for each time of agreeing.
    """

    basis: Basis
    agreed: frozenset[str] = frozenset()
    name: str = field(default_factory=_new_name)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A person whose notice is worked out and not numbered yet."""

    person: Listed
    outcome: Outcome
    request: str

    @property
    def who(self) -> object:
        """What tells this person from others."""
        return _who(self.person)


class _RunHeld:
    """What came of a list so far, and who waits for the next transaction.

    Attributes:
        batch: Those who wait.
        progress: What was told last; the same while nothing is new.
    """

    def __init__(self, issued: Iterable[IssuedNotice]) -> None:
        self._issued = {one.notice.number: one for one in issued}
        self._refused: list[tuple[int, str]] = []
        self.batch: list[_Ready] = []
        self.tell(0)

    def take(self, row: int, result: _Ready | RosterNotice) -> None:
        """Add what became of a row, or let its person wait."""
        if isinstance(result, _Ready):
            self.batch.append(result)
        elif result.refused:
            self._refused.append((row, result.refused))
        elif result.new and result.issued is not None:
            self._issued[result.issued.notice.number] = result.issued

    def tell(self, done: int) -> None:
        """Make the progress anew: these rows are done."""
        self.progress = ListProgress(done, tuple(self._issued.values()), tuple(self._refused))


class RosterIssue:
    """Issues notices for the people of a list."""

    def __init__(self, context: DeskContext, households: Households, register: Register) -> None:
        """Take the open counter, which may not be read-only when a notice is asked for.

        Args:
            context: The counter.
            households: Issues the notices.
            register: Knows which were issued for a list.
        """
        self._context = context
        self._households = households
        self._register = register

    def draft(self, person: Listed, at: datetime) -> Draft:
        """Give the draft somebody would have typed for a person of a list."""
        return draft_from_facts(person.facts, person.name, person.id_number, at.date())

    def basis(self, at: datetime) -> Basis:
        """Give what a list would be reckoned with now."""
        return Basis(at.date(), self._context.rule_book.identity)

    def outcome(self, person: Listed, at: datetime) -> Outcome:
        """Compute what a person comes to, as if typed at the counter."""
        return self._evaluate(person, at)

    def look(self, person: Listed, at: datetime) -> Looked:
        """Say what a person would come to, so that a list can be asked about.

        Args:
            person: As the list has them.
            at: Now, with its zone.

        Raises:
            AuditorLooksOnlyError: An auditor only looks.
            StoreError: The ledger cannot be read.
        """
        self._context.access.require_clerk()
        # Nothing is printed yet, so that no other choice than paying now is worked out.
        return self._look(self._evaluate(person, at, only_now=True), at)

    def count_each(self, people: Iterable[Result], at: datetime) -> Iterator[ListCount]:
        """Count what a list would come to; nothing is numbered.

        Args:
            people: The rows to issue.
            at: Now, with its zone.

        Yields:
            The count after a few people each; last the one with the question.

        Raises:
            MedCounterError: As :meth:`look`.
        """
        tally, unprinted, done = Tally(), list[IssuedNotice](), 0
        for done, one in enumerate(people, 1):
            if one.person is None:
                continue
            looked = self.look(one.person, at)
            tally.add(looked)
            if looked.before is not None and looked.unprinted:
                unprinted.append(looked.before)
            if done % _COUNTED_AT_ONCE == 0:
                yield ListCount(done)
        yield ListCount(done, tally.question(), tuple(unprinted))

    def issue_each(
        self,
        people: Iterable[Result],
        clock: Callable[[], datetime],
        run: ListRun,
        before: Iterable[IssuedNotice] = (),
    ) -> Iterator[ListProgress]:
        """Issue for the people of a list, one after another.

        Args:
            people: The rows to issue.
            clock: Gives the present time with its zone.
            run: The list that somebody agreed to.
            before: What was issued from this list before it was stopped.

        Yields:
            The progress after each person; also where it breaks off, so that
            what exists is known. Several are numbered in one transaction, and
            nobody counts as done before it is on the disk.

        Raises:
            MedCounterError: As :meth:`issue`.
        """
        held = _RunHeld(self._still_valid(tuple(before)))
        yield held.progress
        place = 0
        try:
            for place, one in enumerate(people, 1):
                if one.person is not None:
                    if any(_who(one.person) == ready.who for ready in held.batch):
                        self._flush(held, clock(), run)
                    held.take(one.row, self._ready(one.person, clock(), run))
                if len(held.batch) >= _ISSUED_AT_ONCE:
                    self._flush(held, clock(), run)
                if not held.batch:
                    held.tell(place)
                yield held.progress
            self._flush(held, clock(), run)
            held.tell(place)
        except MedCounterError:
            held.tell(held.progress.done)
            yield held.progress
            raise
        yield held.progress

    def issue(self, person: Listed, at: datetime, run: ListRun) -> RosterNotice:
        """Issue a person's notice, or give the one of the same year and amount.

        Args:
            person: As the list has them.
            at: Now, with its zone.
            run: The list that somebody agreed to.

        Raises:
            AnswerOutdatedError: The list was worked out on another day.
            RulesChangedError: It was worked out by other rules.
            StoreError: It was not stored; one subclass per cause.
        """
        ready = self._ready(person, at, run)
        if isinstance(ready, RosterNotice):
            return ready
        [issued] = self._issue_batch((ready,), at, run)
        return _notice(person, issued)

    def _ready(self, person: Listed, at: datetime, run: ListRun) -> _Ready | RosterNotice:
        """Work out a person's notice; or say why none is issued now."""
        run.basis.require(self.basis(at))
        outcome = self.outcome(person, at)
        looked = self._look(outcome, at)
        if looked.before is not None or looked.refused:
            return RosterNotice(person, looked.before, new=False, refused=looked.refused)
        request = self._request(person)
        while (known := self._context.store.ledger.by_request(request)) is not None:
            if known.state != VOID:
                return RosterNotice(person, issuing.from_ledger(known), new=True, refused="")
            request = _hash(f"{request} after {known.number}".encode())
        return _Ready(person, outcome, request)

    def _flush(self, held: _RunHeld, at: datetime, run: ListRun) -> None:
        """Issue for those who wait."""
        for ready, result in zip(held.batch, self._issue_batch(held.batch, at, run), strict=True):
            held.take(ready.person.row, _notice(ready.person, result))
        held.batch.clear()

    def _issue_batch(
        self, batch: Sequence[_Ready], at: datetime, run: ListRun
    ) -> tuple[IssuedNotice | str, ...]:
        """Issue for several in one transaction; say of each that is refused why."""
        if not batch:
            return ()
        outcomes, requests = [one.outcome for one in batch], [one.request for one in batch]
        try:
            return self._households.issue(outcomes, at, requests, run.agreed, run=run.name)
        except DoubtfulError as err:  # came up after the list was asked about
            if len(batch) == 1:
                return (err.text,)
            return tuple(result for one in batch for result in self._issue_batch((one,), at, run))

    def _still_valid(self, issued: tuple[IssuedNotice, ...]) -> tuple[IssuedNotice, ...]:
        """Leave out what was voided since the list was stopped."""
        if not issued:
            return ()
        valid = set(self._register.run_of(issued[0].notice.number or "").valid)
        return tuple(one for one in issued if one.notice.number in valid)

    def _evaluate(self, person: Listed, at: datetime, *, only_now: bool = False) -> Outcome:
        draft, book = self.draft(person, at), self._context.rule_book
        return evaluation.evaluate_listed(draft, person.facts, book, at.date(), only_now=only_now)

    def _look(self, outcome: Outcome, at: datetime) -> Looked:
        if outcome.chosen is None or not outcome.can_issue:
            return Looked(refused=outcome.blocked_by)
        fee = outcome.chosen.assessment.fee
        total = fee.total if fee else None
        doubts = self._households.doubts((outcome,), at)
        served = [doubt.about for doubt in doubts if doubt.code == ALREADY_ISSUED]
        if not served:
            return Looked(total, reasons=doubts)
        before = issuing.from_ledger(self._context.store.ledger.find(served[0]))
        year, number = before.notice.benefit_year, served[0]
        if before.notice.total == total:
            listed = before.standing.unconfirmed and self._register.is_listed(number)
            return Looked(total, before, unprinted=listed)
        refused = f"{year} 年度已出过 {number}，金额不同，没有再出；请到办理页核对，要改请更正原单"
        return Looked(total, refused=refused, changed=True)

    def _request(self, person: Listed) -> str:
        asked = {
            "facts": facts_json(person.facts),
            "id": person.id_number,
            "name": person.name,
            "rules": self._context.rule_book.identity,
        }
        return _hash(canonical(asked))


def _notice(person: Listed, result: IssuedNotice | str) -> RosterNotice:
    if isinstance(result, IssuedNotice):
        return RosterNotice(person, result, new=True, refused="")
    return RosterNotice(person, None, new=False, refused=result)


def _who(person: Listed) -> object:
    number, facts = person.id_number, person.facts
    return stored_key(number) if number else (person.name, facts.birth_date)


def _hash(data: bytes) -> str:
    return f"roster-{hashlib.sha256(data).hexdigest()}"
