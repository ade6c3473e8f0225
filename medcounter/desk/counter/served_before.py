"""Find the valid notices a person already has.

Searches the ledger's people by every known number; returns records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.assess.stored_facts import stored_facts
from medcounter.desk.counter.issue_reasons import Served

if TYPE_CHECKING:
    from medcounter.assess.facts import Facts
    from medcounter.desk.draft.typed_person import TypedPerson
    from medcounter.store.ledger.known_people import KnownPeople

_MOST = 100


def served_before(people: KnownPeople, person: TypedPerson, facts: Facts) -> tuple[Served, ...]:
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
            and stored_facts(one.facts).birth_date == facts.birth_date
        )
    return tuple(
        Served(one.number, one.issued_at.date(), one.benefit_year, one.total) for one in known
    )
