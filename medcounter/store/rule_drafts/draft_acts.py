"""The acts of a rule draft, and what follows: lock, state, undo and redo.

An act is never changed; what a draft is now is computed from all of its acts.
Opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

# Acts with a version: each has the contents from there on.
BEGUN, CHANGED, UNDONE, REDONE, RESTORED = "begun", "changed", "undone", "redone", "restored"
TAKEN, GIVEN_BACK, TAKEN_OVER = "taken", "given-back", "taken-over"
FIELD = "field"
STATE, REMOVED, ACCEPTED = "state", "removed", "accepted"
WRITING, HANDED_OVER, RELEASED = "writing", "handed-over", "released"


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """What a draft writes rules for.

    Attributes:
        region: Six digits.
        scheme: ``resident`` or ``flexible``.
        year: The benefit year.
    """

    region: str
    scheme: str
    year: int


@dataclass(frozen=True, slots=True)
class NewRuleDraft:
    """A draft to begin.

    Attributes:
        place: What it writes rules for.
        title: The place's name, as lists show it.
        parts: Its contents: names of parts to bytes.
    """

    place: DraftPlace
    title: str
    parts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """Who acts on a draft, when, and the act in words.

    Attributes:
        author: Name of the person; empty where sign-in is off and none is set.
        at: With its time zone.
        words: One Chinese phrase for the history.
        detail: What else is kept, in types JSON has.
    """

    author: str
    at: datetime
    words: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftAct:
    """One act on a draft.

    Attributes:
        position: Number among all acts of the file, from 1.
        draft: Number of the draft; None for what concerns the file.
        version: Number of the version that it made, from 1; None for none.
        kind: What was done.
        at: With its time zone.
        author: Who did it.
        words: In Chinese, for the history.
        detail: What else was kept; ``same_as`` names the version whose
            contents an undo or redo has, ``field`` the path of the field that was
            typed in, ``reason`` why a draft was taken over.
    """

    position: int
    draft: int | None
    version: int | None
    kind: str
    at: datetime
    author: str
    words: str
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a draft open, and since when."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A draft as it stands.

    Attributes:
        number: Names it, from 1.
        place: What it writes rules for.
        title: The place's name.
        begun: Its first act.
        changed: The act that gave it its present contents.
        version: Number of the newest version.
        holder: Who has it open; None when nobody has.
        state: ``writing``, ``handed-over`` or ``released``.
        state_detail: What was kept when it came into that state.
    """

    number: int
    place: DraftPlace
    title: str
    begun: DraftAct
    changed: DraftAct
    version: int
    holder: Holder | None
    state: str
    state_detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DraftSteps:
    """Where undo and redo lead from the newest version.

    Attributes:
        undo: The version whose contents come back; None at the beginning.
        redo: The version whose contents come again; None when nothing was
            undone.
    """

    undo: int | None
    redo: int | None


def holder(acts: Sequence[DraftAct]) -> Holder | None:
    """Return who has a draft open after all its acts."""
    for act in reversed(acts):
        if act.kind in (TAKEN, TAKEN_OVER):
            return Holder(act.author, act.at)
        if act.kind == GIVEN_BACK:
            return None
    return None


def state(acts: Sequence[DraftAct]) -> tuple[str, Mapping[str, object]]:
    """Return the state of a draft after all its acts, with what was kept."""
    for act in reversed(acts):
        if act.kind == STATE:
            return str(act.detail.get("state")), act.detail
    return WRITING, {}


def steps(acts: Sequence[DraftAct]) -> DraftSteps:
    """Compute where undo and redo lead.

    A change after an undo ends what could be redone; going back to a version
    is a change like any other and can itself be undone.
    """
    here, parents, undone = _walked(acts)
    back = None if here is None else parents[here]
    return DraftSteps(back, undone[-1] if undone else None)


def last_run(acts: Sequence[DraftAct]) -> int:
    """Count the versions that undo takes back at once: those of one typed field.

    Returns:
        At least 1: acts that name no field stand each for itself.
    """
    here, parents, _ = _walked(acts)
    fields = {act.version: act.detail.get(FIELD) for act in acts if act.version is not None}
    last, count = None if here is None else fields[here], 0
    while here is not None and last is not None and fields[here] == last:
        here, count = parents[here], count + 1
    return max(count, 1)


def _walked(acts: Sequence[DraftAct]) -> tuple[int | None, dict[int, int | None], list[int]]:
    """Return the version in force, what each was made from, and what was undone."""
    parents: dict[int, int | None] = {}
    here: int | None = None
    undone: list[int] = []
    for act in acts:
        if act.version is None:
            continue
        if act.kind == UNDONE and here is not None:
            undone.append(here)
            here = parents[here]
        elif act.kind == REDONE and undone:
            here = undone.pop()
        else:
            parents[act.version] = here
            here = act.version
            undone.clear()
    return here, parents, undone
