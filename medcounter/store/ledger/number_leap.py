"""Leap over numbers that may be on paper although a ledger lacks them.

Returns what was leapt over. Where nothing vouches for a ledger, it counts on from
numbers that nobody can have reached; and in a later year once more, since the clock may
have been wrong at the first leap. Called inside a transaction of the caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from medcounter.store.db.ledger_schema import ANCHOR_LOST
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import event_forms, event_ranges, journal
from medcounter.store.journal.first_rows import FIRST
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import ledger_days, number_series
from medcounter.store.ledger.number_series import Series, Used
from medcounter.trust.chain_key import ChainKey

# Why numbers were leapt over, where it was not that the anchor was lost.
YEAR, EMERGENCY = "year", number_series.EMERGENCY
# On so many days a ledger was worked in before its clock is believed.
_DAYS = 10
_FLOORS = "SELECT issue_year, desk, max(sequence) FROM number_floor GROUP BY issue_year, desk"
_LAST = f"""
    SELECT id, at, detail FROM event
    WHERE notice IS NULL AND kind = ? AND id >= {FIRST} ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - a number of ours


class LastLeap(NamedTuple):
    """The last leap that no anchor bounded.

    Attributes:
        position: Number of the event.
        at: When.
        numbers: The number of a notice for each desk, after which it goes on.
        why: ``year``, ``emergency``, or empty where the anchor was lost.
    """

    position: int
    at: datetime
    numbers: tuple[str, ...]
    why: str


def tell(database: Database, key: ChainKey, at: datetime, why: str = "") -> None:
    """Reserve numbers and append the event; the program itself signs, as the desk."""
    at = max(at, journal.last_time(database) or at)
    is_first = why == EMERGENCY
    used = number_series.reached(at) if is_first else number_series.foreseen(reserved(database), at)
    floors = reserve(database, used)
    database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (ANCHOR_LOST,))
    detail = {**said_of(floors), **({"why": why} if why else {})}
    with key.lent(key.desk, ANCHOR_LOST):
        journal.append(database, key, NewEvent(ANCHOR_LOST, at, "", detail=detail))


def again(database: Database, key: ChainKey, at: datetime) -> bool:
    """Leap once more where a series begins in a later year than the last leap was in.

    A ledger that was worked in for days since had a clock that somebody saw.

    Returns:
        Whether it did.
    """
    leaps = [leap for leap in (last(database), _last_of_restores(database)) if leap]
    newest = max(leaps, default=None)
    if newest is None or newest.at.year >= at.year:
        return False
    if event_ranges.has_days(database, newest.position + 1, _DAYS):
        return False
    tell(database, key, at, YEAR)
    return True


def last(database: Database) -> LastLeap | None:
    """Return the last leap of an opening; None where there was none."""
    row = database.conn.execute(_LAST, (ANCHOR_LOST,)).fetchone()
    said = None if row is None else event_forms.read(ANCHOR_LOST, str(row[2]))
    if said is None:
        return None
    at = datetime.fromisoformat(row[1])
    return LastLeap(row[0], at, tuple(said["numbers_used"]), str(said.get("why", "")))


def reserve(database: Database, used: Iterable[Used]) -> tuple[Used, ...]:
    """Let a ledger count on from numbers it does not hold itself.

    Returns:
        The ones that were new to it.
    """
    own = reserved(database)
    destination: dict[Series, int] = {}
    for year, desk, number in used:
        destination[year, desk] = max(number, destination.get((year, desk), 0))
    floors = tuple(
        (year, desk, number)
        for (year, desk), number in sorted(destination.items())
        if number > own.get((year, desk), 0)
    )
    for floor in floors:
        database.conn.execute("INSERT INTO number_floor VALUES (?, ?, ?)", floor)
    return floors


def reserved(database: Database) -> dict[Series, int]:
    """Return how far each series went, the floors with it."""
    highest = number_series.given(database)
    for year, desk, number in database.conn.execute(_FLOORS).fetchall():
        highest[year, desk] = max(number, highest.get((year, desk), 0))
    return highest


def said_of(floors: Iterable[Used]) -> dict[str, object]:
    """Return what an event says of floors, so that they can be held to it."""
    numbers = [in_words(floor) for floor in floors]
    return {
        "closes_used": [number for number in numbers if "D" in number],
        "numbers_used": [number for number in numbers if "D" not in number],
    }


def in_words(used: Used) -> str:
    """Write the number a floor stands for: a notice's, or a day's close."""
    year, desk, number = used
    if desk.startswith(ledger_days.CLOSE_FLOOR):
        return f"{year}-{desk.removeprefix(ledger_days.CLOSE_FLOOR)}-D{number:04d}"
    return f"{year}-{desk}-{number:06d}"


def _last_of_restores(database: Database) -> LastLeap | None:
    row = database.conn.execute(_LAST, ("restore",)).fetchone()
    said = None if row is None else event_forms.read("restore", str(row[2]))
    if said is None or said.get("leapt") is not True:
        return None
    return LastLeap(row[0], datetime.fromisoformat(row[1]), (), "")
