"""Find the valid notices a person already has.

Searches the ledger's people by every known number; returns records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.assess.contract import facts_json
from medcounter.desk.counter.issue_reasons import Served
from medcounter.strict_json import read_strict

if TYPE_CHECKING:
    from medcounter.assess.facts import Facts
    from medcounter.desk.draft.typed_person import TypedPerson
    from medcounter.store.ledger.known_people import KnownNotice, People

_BIRTH = "birth_date"
_MOST = 100


def served_before(people: People, person: TypedPerson, facts: Facts) -> tuple[Served, ...]:
    """Find the notices of a person: by number, else by name and birth date.

    Args:
        people: Who the ledger knows.
        person: Whose notices are wanted.
        facts: What theirs would be computed from now.
    """
    if person.id_number:
        known = people.history(person.id_number)
    else:
        known = tuple(
            one
            for one in people.find(person.name, _MOST)
            if one.name == person.name
            and not one.id_number
            and _birth(one) == facts_json(facts).get(_BIRTH)
        )
    return tuple(
        Served(one.number, one.issued_at.date(), one.benefit_year, one.total) for one in known
    )


def _birth(known: KnownNotice) -> object:
    facts = read_strict(known.facts)
    return facts.get(_BIRTH) if isinstance(facts, dict) else None
