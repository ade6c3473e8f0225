"""Filter the ledger by day, state, clerk and person.

Returns a narrowed query. What only a notice's own events can tell is looked up
among the notices of the days requested, never among all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from medcounter.store.ledger.ledger_search import Query, name_words, person_rows
from medcounter.wording.terms import CORRECTED, ISSUED, UNCONFIRMED, VOID

TO_ENTER = "to-enter"
ENTERED_ONES = "entered"
# These look into every notice of the days; without days that would be all.
NEEDING_DAYS = frozenset({UNCONFIRMED, TO_ENTER, ENTERED_ONES})

_DAYS = "substr(n.issued_at, 1, 10) BETWEEN ? AND ?"
_NOT_VOID = "NOT EXISTS (SELECT 1 FROM event WHERE notice = n.id AND kind = 'void')"
_LAST_ENTRY = """
    coalesce((SELECT kind FROM event WHERE notice = n.id AND kind IN ('entered', 'not-entered')
              ORDER BY id DESC LIMIT 1), 'not-entered')
"""
_STATES = {
    # Few are unconfirmed: whether one is void is asked last, of those alone.
    UNCONFIRMED: f"""NOT EXISTS (
        SELECT 1 FROM event WHERE notice = n.id AND kind IN ('printed', 'print-failed')
        AND print_no = (SELECT max(print_no) FROM event
                        WHERE notice = n.id AND kind IN ('issue', 'reprint')))
        AND {_NOT_VOID}""",  # noqa: S608 - fixed texts
    TO_ENTER: f"{_NOT_VOID} AND {_LAST_ENTRY} = 'not-entered'",
    ENTERED_ONES: f"{_NOT_VOID} AND {_LAST_ENTRY} = 'entered'",
}


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What of the ledger is wanted.

    Attributes:
        first_day: First day of issue, inclusive; None for any.
        last_day: Last day of issue, inclusive; None for any.
        state: ``issued``, ``void``, ``corrected``, ``unconfirmed``,
            ``to-enter``, ``entered`` or empty for any.
        clerk: Who issued; empty for anybody.
        id_number: Whose notices; empty for anybody's.
        name: Whose notices, where the person has no number.
    """

    first_day: date | None = None
    last_day: date | None = None
    state: str = ""
    clerk: str = ""
    id_number: str = field(default="", repr=False)
    name: str = field(default="", repr=False)

    @property
    def needs_days(self) -> bool:
        """Whether only the notices of some days can be looked through."""
        return bool(self.clerk) or self.state in NEEDING_DAYS


EVERYTHING = LedgerFilter()


def narrowed(query: Query, wanted: LedgerFilter) -> Query:
    """Narrow a query to what is wanted."""
    found, values = list(query.found), list(query.values)

    def ask(sql: str, *sought: str | int) -> None:
        found.append(sql)
        values.extend(sought)

    if wanted.first_day or wanted.last_day or wanted.needs_days:
        days = (
            (wanted.first_day or date.min).isoformat(),
            (wanted.last_day or date.max).isoformat(),
        )
        conditions, sought = [_DAYS], list(days)
        if wanted.clerk:
            conditions.append("n.clerk = ?")
            sought.append(wanted.clerk)
        if wanted.state in _STATES:
            conditions.append(_STATES[wanted.state])
        ask(f"SELECT n.id FROM notice n WHERE {' AND '.join(conditions)}", *sought)  # noqa: S608 - fixed texts
    if wanted.state == CORRECTED:
        ask("SELECT replaces FROM notice WHERE replaces IS NOT NULL")
    if wanted.id_number:
        sql, forms = person_rows(wanted.id_number)
        ask(sql, *forms)
    elif wanted.name:
        ask(
            "SELECT notice FROM party WHERE id_number = '' AND name = ? AND notice IN"
            " (SELECT rowid FROM name_index WHERE name_index MATCH ?)",
            wanted.name,
            name_words(wanted.name),
        )
    state = wanted.state if wanted.state in {ISSUED, VOID} else query.state
    return replace(query, found=tuple(found), values=tuple(values), state=state)
