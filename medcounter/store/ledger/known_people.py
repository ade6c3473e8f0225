"""The people known to the ledger, each once, by their newest valid notice.

Returns records. Void notices are ignored; erased people are unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from medcounter.identity.person_key import stored_key
from medcounter.store.connection.connection import Connection
from medcounter.store.db.sqlite import Database
from medcounter.store.ledger import ledger_search

# A person with more notices than this hides others of the same name; nobody has.
_LOOKED_AT = 300
_ROW = """
    SELECT n.number, n.issued_at, p.name, p.id_number, n.benefit_year, n.category_label, n.facts,
           n.total
    FROM notice n JOIN party p ON p.notice = n.id
    WHERE n.id = ?
      AND NOT EXISTS (SELECT 1 FROM event WHERE notice = n.id AND kind = 'void')
"""


@dataclass(frozen=True, slots=True)
class KnownNotice:
    """The person as a valid notice describes them.

    Attributes:
        number: ``2025-03-000127``.
        issued_at: With its time zone.
        name: As issued.
        id_number: Unmasked; empty for a newborn without one.
        benefit_year: The year it insures.
        category_label: Identity the fee was counted by.
        facts: What it was computed from, canonical JSON.
        total: Fen to pay; None where no source gives the fee.
    """

    number: str
    issued_at: datetime
    name: str
    id_number: str
    benefit_year: int
    category_label: str
    facts: bytes
    total: int | None = None


class KnownPeople:
    """The people of one ledger."""

    def __init__(self, connection: Connection) -> None:
        """Take the open ledger."""
        self._connection = connection

    def find(self, word: str, limit: int) -> tuple[KnownNotice, ...]:
        """Find people by one word, the last served first.

        Args:
            word: An ID number or its beginning or its last four characters,
                (part of) a name, the beginning of a spelling, or a notice's
                number.
            limit: At most so many people.
        """
        found: dict[object, KnownNotice] = {}
        with self._connection.reading() as database:
            for notice in ledger_search.newest_rows(database, word, _LOOKED_AT):
                known = _known(database, notice)
                if known is not None:
                    found.setdefault(_person(known), known)
                if len(found) >= limit:
                    break
        return tuple(found.values())

    def newest(self, id_number: str) -> KnownNotice | None:
        """Return the newest valid notice of an ID number; None without one."""
        history = self.history(id_number, 1)
        return history[0] if history else None

    def history(self, id_number: str, limit: int = 100) -> tuple[KnownNotice, ...]:
        """List the valid notices of the person with an ID number, newest first.

        Whichever way the number was written on each day.
        """
        sql, forms = ledger_search.person_rows(id_number)
        newest = f"{sql} ORDER BY notice DESC LIMIT ?"
        found = []
        with self._connection.reading() as database:
            for (notice,) in database.conn.execute(newest, (*forms, _LOOKED_AT)):
                known = _known(database, notice)
                if known is not None:
                    found.append(known)
                if len(found) >= limit:
                    break
        return tuple(found)


def _known(database: Database, notice: int) -> KnownNotice | None:
    row = database.conn.execute(_ROW, (notice,)).fetchone()
    if row is None:
        return None
    number, issued_at, name, id_number, year, label, facts, total = row
    at = datetime.fromisoformat(issued_at)
    return KnownNotice(number, at, name, id_number, year, label, facts.encode(), total)


def _person(known: KnownNotice) -> object:
    """Tell people apart: by number, else by name and what they were computed from."""
    return stored_key(known.id_number) or (known.name, known.facts)
