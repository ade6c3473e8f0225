"""A notice's secondary status: prints, corrections, data entry.

Derived from events and links when read; none of it is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from medcounter.bundle.hall.hall_bundle import is_of_hall
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger_records import (
    FAILED,
    PRINTED,
    Standing,
)
from medcounter.trust.chain_key import ChainKey
from medcounter.wording.terms import UNCONFIRMED

ENTERED = "entered"
NOT_ENTERED = "not-entered"
ACKNOWLEDGED = "acknowledged"
LISTED = "listed"
# Of a notice named n; what they give is read by ``read``.
COLUMNS = """
    n.benefit_year,
    (SELECT kind FROM event WHERE notice = n.id AND kind IN ('printed', 'print-failed')
     AND print_no = (SELECT max(print_no) FROM event
                     WHERE notice = n.id AND kind IN ('issue', 'reprint'))
     ORDER BY id DESC LIMIT 1),
    (SELECT number FROM notice old WHERE old.id = n.replaces),
    (SELECT number FROM notice new WHERE new.replaces = n.id),
    (SELECT kind FROM event WHERE notice = n.id AND kind IN ('entered', 'not-entered')
     ORDER BY id DESC LIMIT 1),
    (SELECT detail FROM event WHERE notice = n.id AND kind = 'acknowledged'),
    n.bundle, n.revision
"""
_OF_ONE = f"SELECT {COLUMNS} FROM notice n WHERE n.id = ?"  # noqa: S608 - fixed texts
_SAID = {"printed": PRINTED, "print-failed": FAILED}


def read(columns: tuple[object, ...]) -> Standing:
    """Read what :data:`COLUMNS` gave."""
    year, last_print, replaces, replaced_by, entry, seen, bundle, revision = columns
    return Standing(
        benefit_year=year if isinstance(year, int) else 0,
        last_print=_SAID.get(str(last_print), UNCONFIRMED),
        replaces=str(replaces or ""),
        replaced_by=str(replaced_by or ""),
        entered=entry == ENTERED,
        acknowledged=_codes(seen),
        hall_rules=int(str(revision)) if is_of_hall(str(bundle)) else 0,
    )


def of_notice(database: Database, notice: int) -> Standing:
    """Return how one notice stands."""
    return read(database.conn.execute(_OF_ONE, (notice,)).fetchone())


def mark_entered(database: Database, key: ChainKey, event: NewEvent) -> bool:
    """Keep that a notice was entered in the official system, or was not.

    Returns:
        Whether that was news.
    """
    assert event.notice is not None  # noqa: S101 - it is about a notice
    if of_notice(database, event.notice).entered == (event.kind == ENTERED):
        return False
    for kind in (ENTERED, NOT_ENTERED):
        _know(database, kind)
    journal.append(database, key, event)
    return True


def keep_acknowledged(
    database: Database, key: ChainKey, issue: NewEvent, seen: Sequence[tuple[str, str]]
) -> None:
    """Keep what was doubtful about a notice just issued, and was seen.

    Args:
        database: The open ledger.
        key: What the event is chained and signed with.
        issue: The event of the issue.
        seen: Codes, each with the number of another notice or an empty text;
            at least one.
    """
    _know(database, ACKNOWLEDGED)
    reasons = [{"code": code} | ({"about": about} if about else {}) for code, about in seen]
    event = NewEvent(ACKNOWLEDGED, issue.at, issue.clerk, issue.notice, detail={"reasons": reasons})
    journal.append(database, key, event)


def keep_listed(database: Database, key: ChainKey, issue: NewEvent, run: str) -> None:
    """Keep in which run of a list a notice was just issued.

    Args:
        database: The open ledger.
        key: What the event is chained and signed with.
        issue: The event of the issue.
        run: The run's name.
    """
    _know(database, LISTED)
    event = NewEvent(LISTED, issue.at, issue.clerk, issue.notice, detail={"run": run})
    journal.append(database, key, event)


def _know(database: Database, kind: str) -> None:
    # A kind is a row, so that a later one needs no other table.
    database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))


def _codes(detail: object) -> tuple[str, ...]:
    said = event_forms.read(ACKNOWLEDGED, str(detail)) if detail else None
    return tuple(one["code"] for one in said["reasons"]) if said else ()
