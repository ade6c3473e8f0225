"""What the ledger's chain says of a hall: confirmed people, rules taken in.

Reads events only, and believes those alone that people who sign in wrote and were
allowed to. The bytes of the rules are in the events, so that a backup holds them. That
an office ended rules is believed where its bundle shows it; that rules were proven,
where a supervisor signed it, of the very bundle, rules and program that it names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from medcounter.bundle.hall.hall_bundle import HallBundle, open_hall_bundle
from medcounter.bundle.hall.hall_state import (
    DoubtedEnd,
    HallState,
    ProofBase,
    SaidEnd,
    TakenRules,
)
from medcounter.errors import MedCounterError
from medcounter.store.db.ledger_schema import HALL
from medcounter.store.db.sqlite import Database, scalar
from medcounter.store.journal import beside_notices
from medcounter.store.journal.beside_notices import VouchedEvent
from medcounter.trust.chain_key import ChainKey
from medcounter.trust.hall.hall_certificate import HallCertificate, read_certificates

_log = logging.getLogger(__name__)
_IMPORT = "import"
CONFIRMED, TAKEN, PROVEN, RETIRED = "confirmed", "hall_rules", "hall_proven", "hall_retired"
OfficeEnds = Callable[[HallState, SaidEnd], frozenset[str]]
_ANY = "SELECT 1 FROM event WHERE notice IS NULL AND kind = ? LIMIT 1"


def hall_state(database: Database, key: ChainKey, ends: OfficeEnds) -> HallState:
    """Return what a ledger says of its hall; nothing where it never had one.

    Args:
        database: The open ledger.
        key: The chain's.
        ends: Which rules an office's bundle ended, of those that are in force.
    """
    state = HallState()
    if scalar(database, _ANY, HALL) is None:
        return state
    for event in beside_notices.vouched(database, key, (HALL, _IMPORT)):
        try:
            state = _after(state, event, ends)
        except (MedCounterError, ValueError, TypeError):
            _log.warning("event %d says of the hall what is not believed", event.position)
    return state


def nothing_ends(_state: HallState, _end: SaidEnd) -> frozenset[str]:
    """Stand for who cannot tell: no rules were ended."""
    return frozenset()


def confirmed(
    certificates: tuple[HallCertificate, ...], people: frozenset[str]
) -> dict[str, object]:
    """Say that a hall and people on its certificate were confirmed."""
    return {
        "act": CONFIRMED,
        "certificates": [one.data.decode() for one in certificates],
        "hall": certificates[-1].hall_key,
        "people": sorted(people),
    }


def taken(hall: HallBundle, begins: date, ground: ProofBase) -> dict[str, object]:
    """Say that rules were taken in, and what they were proven over."""
    return {
        TAKEN: hall.sha256,
        **_named(ground),
        "begins": begins.isoformat(),
        "package": hall.data.decode(),
        "revision": hall.release.revision,
    }


def proven(sha256: frozenset[str], ground: ProofBase) -> dict[str, object]:
    """Say that rules were proven anew, and over what."""
    return {PROVEN: sorted(sha256), **_named(ground)}


def retired(sha256: frozenset[str], base: str) -> dict[str, object]:
    """Say that an office's bundle took the place of rules."""
    return {RETIRED: sorted(sha256), "base": base}


def _after(state: HallState, event: VouchedEvent, ends: OfficeEnds) -> HallState:
    match event.kind, event.detail:
        case "hall", {"act": "confirmed", "certificates": list(texts), "people": list(people)}:
            read = read_certificates(tuple(str(text).encode() for text in texts))
            state.require_changeable(read, by_recovery=event.by_recovery)
            return state.confirm(read, frozenset(map(str, people)))
        case "import", {"hall_rules": _, "package": str(text), "begins": str(day)}:
            hall = open_hall_bundle(text.encode())
            begins = _first_day(event, hall.release.begins, date.fromisoformat(day))
            return state.took(TakenRules(hall, event.at, begins, _grounds(event)))
        case "import", {"hall_proven": list(named)}:
            for ground in _grounds(event):
                state = state.proved(frozenset(map(str, named)), ground)
        case "import", {"hall_retired": list(named), "base": str(base)}:
            end = SaidEnd(frozenset(map(str, named)), base, event.at.date())
            return _ended(state, event, end, ends)
    return state


def _first_day(event: VouchedEvent, signed: date, said: date) -> date:
    """Return from which day rules are used: as two signed it, or as it must be.

    Whoever takes them in names a later day only for notices that are issued already, so
    the next one at most; a supervisor may put them off further.
    """
    latest = max(signed, event.at.date() + timedelta(days=1))
    return max(signed, said if event.by_supervisor else min(said, latest))


def _ended(state: HallState, event: VouchedEvent, end: SaidEnd, ends: OfficeEnds) -> HallState:
    """Believe that an office ended rules, of those where it did."""
    true = end.sha256 & ends(state, end)
    doubted = tuple(
        DoubtedEnd(sha256, end.base, event.position, event.clerk)
        for sha256 in sorted(end.sha256 - true)
    )
    return replace(state.retired(true), doubted=(*state.doubted, *doubted))


def _named(ground: ProofBase) -> dict[str, object]:
    return {"base": ground.office, "beside": sorted(ground.halls), "program": ground.program}


def _grounds(event: VouchedEvent) -> frozenset[ProofBase]:
    """Read what rules were proven over; nothing where no supervisor signed it.

    Any clerk's secret writes such a line. One of before names no program, so it tells
    nothing of this one.
    """
    match event.detail:
        case {"base": str(base), "beside": list(halls), "program": str(program)} if (
            event.by_supervisor
        ):
            return frozenset({ProofBase(base, frozenset(map(str, halls)), program)})
    return frozenset()
