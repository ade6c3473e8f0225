"""The role that each act needs, and whose name it may bear.

Says what the program lets people do, for whoever reads who did what. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from medcounter.store.db.ledger_schema import ANCHOR_LOST, RULE_DRAFT
from medcounter.store.ledger_records import SHIPPED

# What a restore says of the ledger whose place was taken.
SOUND, FAILING = "sound", "failing"
CLERK, SUPERVISOR, AUDITOR = "clerk", "supervisor", "auditor"
# What only a supervisor agrees to; the rest needs a clerk, but for the last ones.
_SUPERVISORS = frozenset({"void", "override", "erase", "settings", "hall"})
# What a supervisor agrees to beside somebody else, who does it and whose name it bears.
AGREED_TO = frozenset({"void", "override", "erase", "export", RULE_DRAFT})
# Acts at the door and words about the hall that the recovery key signs for who typed it.
BY_RECOVERY = frozenset({"sign-in", "hall"})
# Acts on a draft of rules that a supervisor agrees to.
TAKEN_OVER, ACCEPTED = "taken-over", "accepted"
# What nobody does without being named, where people sign in.
NAMED = frozenset({"issue", "reprint", "void", "day-close"})
_ANYBODYS = frozenset({"sign-in", "failure", "export", "backup", ANCHOR_LOST})
# All that the program says when it goes over to the rules that it ships with.
_OF_SHIPPED = frozenset({"bundle", "origin", "package_sha256", "revision", "sha256"})
# What an auditor told came in by whoever opened the ledger next.
TOLD_BY_AUDITOR = "auditor-told"
_CLERK_ACTS = frozenset(
    {"signed-in", "recovered", "older-slots-accepted", "secret-changed", TOLD_BY_AUDITOR}
)


def needed_role(kind: str, clerk: str, detail: Mapping[str, object]) -> str | None:
    """Name the role that an act needs; None where anybody may do it.

    Args:
        kind: The event's kind.
        clerk: Whose name it bears; empty for nobody's.
        detail: What it says.
    """
    agreed_to = kind == RULE_DRAFT and detail.get("act") in {TAKEN_OVER, ACCEPTED}
    if kind in _SUPERVISORS or agreed_to:
        return SUPERVISOR
    if kind == "export":
        # Whatever else than true it says: older events may say nothing of it.
        return SUPERVISOR if detail.get("masked", True) is not True else None
    if kind == "restore":
        return SUPERVISOR if detail.get("over") == SOUND else CLERK
    if kind == "sign-in":
        act = str(detail.get("act"))
        if act == "secret-changed" and detail.get("name") != clerk:
            return SUPERVISOR
        return None if act in _CLERK_ACTS else SUPERVISOR
    # The program itself goes over to the rules that it ships with, whoever opens it.
    shipped = detail.get("origin") == SHIPPED and detail.keys() == _OF_SHIPPED
    itself = kind == "import" and not clerk and shipped
    return None if itself or kind in _ANYBODYS else CLERK
