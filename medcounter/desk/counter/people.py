"""Find people this counter has served, and pre-fill the form for them.

Provides matches, a known person's draft and their past notices. A notice holds
what was computed, not what was paid: each value carried over stays marked
until the clerk touches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from medcounter.assess.stored_facts import stored_facts
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.draft.draft import PAY_NOW, Carried, Draft
from medcounter.desk.draft.draft_from_facts import draft_from_facts
from medcounter.identity.id_number import IdNumber, mask, read_id
from medcounter.typed.typed_text import plain

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import RuleBook
    from medcounter.store.ledger.known_people import KnownNotice

MOST_MATCHES = 9
_FEWEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A known person, as a list shows them.

    Attributes:
        number: Their newest valid notice.
        name: As issued.
        id_masked: All but the ends starred; empty without a number.
        category_label: Identity that notice was counted by.
        benefit_year: The year it insures.
        day: When it was issued.
    """

    number: str
    name: str
    id_masked: str
    category_label: str
    benefit_year: int
    day: date


class DeskPeople:
    """The people known at one desk."""

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._people = context.store.people

    def find(self, text: str) -> tuple[Match, ...]:
        """Find known people by what was typed into the one search box.

        An ID number, at least four of its first or last digits, a name or a
        part of it, initials or full pinyin, or a notice's number. At most
        nine, who were served last first; a text that can find nobody finds
        none.
        """
        word = "".join(plain(text).split())
        if not word or (word.isdigit() and len(word) < _FEWEST_DIGITS):
            return ()
        number = read_id(text)
        sought = number.text if isinstance(number, IdNumber) and not number.overridden else word
        return tuple(_match(known) for known in self._people.find(sought, MOST_MATCHES))

    def served(self, numbers: Sequence[str]) -> tuple[Match, ...]:
        """List the people of some notices, the last one first; at most nine."""
        found = (known for number in reversed(numbers) for known in self._people.find(number, 1))
        people = {match.number: match for match in map(_match, found)}
        return tuple(people.values())[:MOST_MATCHES]

    def begin(self, draft: Draft, number: str, at: datetime) -> Draft:
        """Return the draft that the person of a notice begins with.

        A number that was not typed comes onto the screen whole, so that it
        was shown is kept first.

        Args:
            draft: Whose place, scheme and benefit year stay.
            number: The person's notice, as a match names it.
            at: Now, with its zone.

        Raises:
            AuditorLooksOnlyError: An auditor sees masked numbers only.
            StoreError: It could not be kept, so nothing is shown.
        """
        found = [known for known in self._people.find(number, 1) if known.number == number]
        if not found:
            return draft
        if found[0].id_number and not draft.id_number.strip():
            self._context.access.reveal(number, at, self._context.settings.clerk)
        return self._begun(draft, found[0])

    def recognise(self, draft: Draft) -> Draft:
        """Fill in what is known once a draft's ID number is whole.

        Fields the clerk has filled stay as they are. A draft whose number is
        not known, or that has carried something already, comes back as it is.
        """
        number = read_id(draft.id_number)
        if draft.carried is not None or not isinstance(number, IdNumber):
            return draft
        known = self._people.newest(number.text)
        return draft if known is None else self._begun(draft, known)

    def history(self, id_number: str) -> tuple[Match, ...]:
        """List a person's valid notices, newest first."""
        return tuple(_match(known) for known in self._people.history(id_number))

    def _begun(self, draft: Draft, known: KnownNotice) -> Draft:
        facts, issued = stored_facts(known.facts), known.issued_at.date()
        typed = draft_from_facts(facts, known.name, known.id_number, issued)
        learnt = _learnt(typed, known.benefit_year, draft, self._context.rule_book)
        insured = learnt.pop("insured_years")
        empty = Draft()
        filled = {
            name: value
            for name, value in learnt.items()
            if value and getattr(draft, name) == getattr(empty, name)
        }
        # Insured in no year is knowledge too; only None is not.
        if insured is not None and draft.insured_years is None:
            filled["insured_years"] = insured
        named = [name for name in filled if name != "answers"]
        answered = [f"answers.{code}" for code, _ in filled.get("answers", ())]
        past = self._people.history(known.id_number) or (known,)
        carried = Carried(
            number=known.number,
            day=known.issued_at.date().isoformat(),
            benefit_year=known.benefit_year,
            fields=(*named, *answered),
            served=tuple(sorted({each.benefit_year: each.number for each in past[::-1]}.items())),
        )
        id_number = draft.id_number if draft.id_number.strip() else typed.id_number
        # A choice made before somebody stood there was nobody's.
        return replace(draft, **filled, id_number=id_number, option=PAY_NOW, carried=carried)


def _learnt(typed: Draft, taught: int, draft: Draft, book: RuleBook) -> dict[str, Any]:
    """Return what a notice teaches for another draft; what passes is left out.

    Events have their day, a payment day and a choice were for that notice.

    Args:
        typed: What would have been typed for the notice.
        taught: The benefit year it insures.
        draft: Another one, of the same person.
        book: Knows what is asked where the draft is.
    """
    year = draft.benefit_year
    codes = {term.code for term in book.identities()}
    asked = {q.code for q in book.questions_for(draft.region, draft.scheme, year)}
    insured = typed.insured_years
    answers = tuple(pair for pair in typed.answers if pair[0] in asked)
    return {
        "name": typed.name,
        "birth_date": typed.birth_date,
        "categories": tuple(code for code in typed.categories if code in codes),
        "insured_years": None if insured is None else tuple(y for y in insured if y < year),
        "answers": answers if taught == year else (),
    }


def _match(known: KnownNotice) -> Match:
    return Match(
        number=known.number,
        name=known.name,
        id_masked=mask(known.id_number, known.issued_at.date()),
        category_label=known.category_label,
        benefit_year=known.benefit_year,
        day=known.issued_at.date(),
    )
