"""Notices for a list of people: numbered one after another, never twice.

What a list asks for is asked for again by the same words after a kill: the
same person with the same facts by the same rules gets the same notice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from medcounter.assess.contract import facts_json
from medcounter.desk.basis import Basis
from medcounter.desk.draft import Draft
from medcounter.desk.outcome import Outcome
from medcounter.desk.recall import typed_again
from medcounter.desk.records import VOID, IssuedNotice
from medcounter.strict_json import canonical

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk
    from medcounter.roster.findings import Listed


@dataclass(frozen=True, slots=True)
class RosterNotice:
    """What became of one person of a list.

    Attributes:
        issued: None where no notice could be issued.
        new: Whether it was issued now and not at an earlier try.
        refused: Why there is none; empty where there is one.
    """

    person: Listed
    issued: IssuedNotice | None
    new: bool
    refused: str


class Rosters:
    """Issues notices for the people of a list."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that issues.

        Args:
            desk: Open, and not read-only when a notice is asked for.
        """
        self._desk = desk

    def draft(self, person: Listed, at: datetime) -> Draft:
        """Give the draft somebody would have typed for a person of a list."""
        return typed_again(facts_json(person.facts), person.name, person.id_number, at.date())

    def basis(self, at: datetime) -> Basis:
        """Give what a list would be reckoned with now."""
        return Basis(at.date(), self._desk.rule_book.sha256)

    def outcome(self, person: Listed, at: datetime) -> Outcome:
        """Compute what a person comes to, as if typed at the counter."""
        return self._desk.outcome(self.draft(person, at), at.date())

    def issue(self, person: Listed, at: datetime, basis: Basis) -> RosterNotice:
        """Issue a person's notice, or give the one issued before.

        Args:
            person: As the list has them.
            at: Now, with its zone.
            basis: What the list that somebody agreed to was reckoned with.

        Raises:
            AnswerOutdatedError: The list was worked out on another day.
            RulesChangedError: It was worked out by other rules.
            StoreError: It was not stored; one subclass per cause.
        """
        basis.require(self.basis(at))
        outcome = self.outcome(person, at)
        if not outcome.can_issue:
            return RosterNotice(person, None, new=False, refused=outcome.blocked_by)
        issued = self._issued(outcome, at, self._request(person))
        new = issued.notice.issued_at == at and issued.print_no == 1
        return RosterNotice(person, issued, new=new, refused="")

    def _issued(self, outcome: Outcome, at: datetime, request: str) -> IssuedNotice:
        """Issue; where the notice of this request was voided, issue the next one."""
        # What a list is asked about before its first number is asked with counts, not here.
        seen = {doubt.code for doubt in self._desk.households.doubts((outcome,), at)}
        issued = self._desk.issue(outcome, at, request, seen)
        while issued.state == VOID:
            request = _hash(f"{request} after {issued.notice.number}".encode())
            issued = self._desk.issue(outcome, at, request, seen)
        return issued

    def _request(self, person: Listed) -> str:
        asked = {
            "facts": facts_json(person.facts),
            "id": person.id_number,
            "name": person.name,
            "rules": self._desk.rule_book.sha256,
        }
        return _hash(canonical(asked))


def _hash(data: bytes) -> str:
    return f"roster-{hashlib.sha256(data).hexdigest()}"
