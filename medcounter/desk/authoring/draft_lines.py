"""The list of drafts, and which wait for the signature of who is at the desk.

Loads nothing that writes rules: it is asked at each sign-in.
"""

from __future__ import annotations

from collections.abc import Iterable

from medcounter.desk.access.access_records import SUPERVISOR
from medcounter.desk.authoring.authoring_records import DraftLine
from medcounter.desk.desk_context import DeskContext
from medcounter.store.rule_drafts.draft_acts import HANDED_OVER, RELEASED, WRITING, RuleDraft
from medcounter.store.store_errors import StoreError
from medcounter.trust.hall.hall_certificate import plain_person

STATE_LABELS = {WRITING: "编制中", HANDED_OVER: "已交复核", RELEASED: "已发布"}


def reviewer_of(draft: RuleDraft) -> str:
    """Name who was asked to review a draft; empty while nobody is."""
    named = draft.state_detail.get("reviewer")
    return named if draft.state == HANDED_OVER and isinstance(named, str) else ""


def waiting_for(drafts: Iterable[RuleDraft], context: DeskContext) -> tuple[RuleDraft, ...]:
    """List those that wait for the signature of who is here."""
    given = context.access.given
    if given is None or not _may_sign(context):
        return ()
    me = plain_person(given.name)
    return tuple(one for one in drafts if me == plain_person(reviewer_of(one)))


def waiting_titles(context: DeskContext) -> tuple[str, ...]:
    """Name the drafts that wait for who is here, the one changed last first.

    Those that cannot be read are told of where drafts are listed.
    """
    if not _may_sign(context):
        return ()
    try:
        waiting = waiting_for(context.store.rule_drafts.listed(), context)
    except StoreError:
        return ()
    return tuple(f"{one.title} {one.place.year} 年度" for one in waiting)


def draft_line(draft: RuleDraft, drafts: tuple[RuleDraft, ...], *, waits_here: bool) -> DraftLine:
    """Describe one draft of the list.

    Args:
        draft: It.
        drafts: All of the list.
        waits_here: Whether it waits for the signature of who is here.
    """
    same = [one.number for one in drafts if one.place == draft.place and one != draft]
    return DraftLine(
        number=draft.number,
        region=draft.place.region,
        title=draft.title,
        scheme=draft.place.scheme,
        year=draft.place.year,
        state=draft.state,
        state_label=_state_words(draft, waits_here=waits_here),
        changed_at=draft.changed.at,
        changed_by=draft.changed.author,
        last_words=draft.changed.words,
        holder="" if draft.holder is None else draft.holder.name,
        held_since=None if draft.holder is None else draft.holder.since,
        twins=tuple(sorted(same)),
        waits_here=waits_here,
    )


def _state_words(draft: RuleDraft, *, waits_here: bool) -> str:
    words = STATE_LABELS.get(draft.state, draft.state)
    reviewer = "您" if waits_here else reviewer_of(draft)
    return f"{words}，等{reviewer}签名" if reviewer else words


def _may_sign(context: DeskContext) -> bool:
    given = context.access.given
    known = given is not None and given.role == SUPERVISOR and not given.recovered
    return known and not context.practice
