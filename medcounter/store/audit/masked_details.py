"""What a masked file shows of an event's detail.

Shown is what the program makes itself: codes, numbers, times, hashes, rules and who
works here. Everything else, and so whatever anybody typed, is a salted commitment
that only the unmasked file opens, however it is nested and whoever it names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from medcounter.store.db.ledger_schema import ANCHOR_LOST, HALL, RULE_DRAFT, SETTINGS
from medcounter.store.journal.sealed_rows import Openings
from medcounter.strict_json import canonical
from medcounter.trust import chain
from medcounter.wording.void_reasons import EVERY_USUAL_REASON

# A key belongs here only while nothing that is typed, nor the name of a file, comes into it.
SHOWN: Mapping[str, frozenset[str]] = {
    "issue": frozenset({"household"}),
    "void": frozenset({"number", "run"}),
    "import": frozenset(
        {"base", "begins", "beside", "bundle", "hall_proven", "hall_retired", "hall_rules"}
        | {"origin", "package", "package_sha256", "revision", "roots", "sha256"}
    ),
    "export": frozenset(
        {"first_day", "form", "last_day", "masked", "notices", "sealed", "state", "to_enter"}
    ),
    "restore": frozenset({"closes_used", "known", "leapt", "numbers_used", "over", "voided"}),
    "day-close": frozenset({"day", "desk", "figures", "number", "ranges", "sequence"}),
    "sign-in": frozenset(
        {"act", "clerks", "for", "hall", "key", "keys", "name", "public", "role", "said"}
        | {"signature", "slots"}
    ),
    "override": frozenset({"clock_before"}),
    "failure": frozenset({"lines", "tries", "what"}),
    "acknowledged": frozenset({"reasons"}),
    "listed": frozenset({"run"}),
    SETTINGS: frozenset({"lock_minutes", "whole_id"}),
    RULE_DRAFT: frozenset({"act", "code", "draft", "position", "state"}),
    ANCHOR_LOST: frozenset({"closes_used", "numbers_used", "why"}),
    HALL: frozenset({"act", "certificates", "hall", "people"}),
}
_ID, _KIND, _DETAIL, _MAC = 0, 1, 6, 7
_NOTHING: frozenset[str] = frozenset()
_UNREADABLE = "unreadable"


def masked(salts: bytes, event: Sequence[Any]) -> str:
    """Return an event's detail with commitments in place of what is not shown.

    Args:
        salts: Gives the salt of each; the ledger's own key.
        event: The event's columns.
    """
    detail = _read(event)
    hidden = openings(salts, event)
    sealed = {
        name: {"sealed": chain.sealed_field(salt, name, value)}
        for name, (salt, value) in hidden.items()
    }
    return canonical(detail | sealed).decode() if sealed else str(event[_DETAIL])


def openings(salts: bytes, event: Sequence[Any]) -> Openings:
    """Return what a masked file hides of an event, each with its salt; often nothing."""
    detail = _read(event)
    shown = SHOWN.get(str(event[_KIND]), _NOTHING)
    names = [name for name in detail if name not in shown and not _is_usual(name, detail[name])]
    if not names:
        return {}
    source = chain.derived_salt(salts, f"event {event[_ID]} {event[_MAC]}")
    return {name: (chain.derived_salt(source, name), detail[name]) for name in names}


def _is_usual(name: str, value: object) -> bool:
    """Return whether a reason was chosen, not typed."""
    return name == "reason" and (value == "" or value in EVERY_USUAL_REASON)


def _read(event: Sequence[Any]) -> dict[str, Any]:
    # Written by us in one form; what somebody else put there is hidden whole.
    try:
        detail = json.loads(str(event[_DETAIL]))
    except ValueError:
        return {_UNREADABLE: str(event[_DETAIL])}
    return detail if isinstance(detail, dict) else {_UNREADABLE: detail}
