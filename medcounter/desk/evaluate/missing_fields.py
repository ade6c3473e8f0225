"""Find the fields still to be filled in before a notice can be issued.

Returns field names for the cursor to go to; contains no wording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.identity.id_number import read_id

if TYPE_CHECKING:
    from medcounter.desk.evaluate.outcome import Outcome


def needed_fields(outcome: Outcome) -> tuple[str, ...]:
    """Name the empty fields that a notice needs, in the form's order.

    Fields that were filled wrongly are not among them: those are the
    outcome's problems. What was carried into another year waits to be looked
    at. A newborn needs a birth date in place of a number.
    """
    if outcome.can_issue:
        return ()
    draft, person = outcome.draft, outcome.person
    empty = {
        "id_number": read_id(draft.id_number) is None and not draft.birth_date.strip(),
        "name": not person.name,
        "agent": bool(draft.agent_relation.strip() and not draft.agent.strip()),
        "agent_relation": bool(draft.agent.strip() and not draft.agent_relation.strip()),
    }
    named = tuple(name for name, needed in empty.items() if needed)
    return (*named, *draft.fields_to_confirm)
