"""The records that writing rules at a desk returns; computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from medcounter.bundle.hall.hall_bundle import HallRelease


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in the list of drafts.

    Attributes:
        number: Names it.
        region: Six digits.
        title: The place's name.
        scheme: ``resident`` or ``flexible``.
        year: The benefit year.
        state: ``writing``, ``handed-over`` or ``released``.
        state_label: The same in Chinese, with whose signature it waits for.
        changed_at: When it was changed last.
        changed_by: By whom; empty where sign-in is off and no name is set.
        last_words: What was changed last, in words.
        holder: Who has it open; empty when nobody has.
        held_since: Since when; None when nobody has.
        twins: Numbers of other drafts of the same place, scheme and year.
        waits_here: Whether it waits for the signature of who is at the desk.
    """

    number: int
    region: str
    title: str
    scheme: str
    year: int
    state: str
    state_label: str
    changed_at: datetime
    changed_by: str
    last_words: str
    holder: str
    held_since: datetime | None
    twins: tuple[int, ...]
    waits_here: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act in the history of a draft.

    Attributes:
        version: Number of the version it made; None where it made none.
        at: When.
        author: By whom.
        words: What was done, in words.
        can_restore: Whether one can go back to it.
        is_lock: Whether it only opened the draft or gave it back.
    """

    version: int | None
    at: datetime
    author: str
    words: str
    can_restore: bool
    is_lock: bool


@dataclass(frozen=True, slots=True)
class StartingPlace:
    """A programme of the rules in use that a draft can start from.

    Attributes:
        programme: Its id.
        region: Six digits.
        name: The place's name.
        scheme: ``resident`` or ``flexible``.
        first_year: First benefit year.
        last_year: Last one, inclusive.
        revision: Of the hall's own release; 0 where an office made it.
    """

    programme: str
    region: str
    name: str
    scheme: str
    first_year: int
    last_year: int
    revision: int = 0

    @classmethod
    def of_hall(cls, programme: str, release: HallRelease) -> StartingPlace:
        """Return what a release of the hall offers."""
        place = release.place
        name = release.name_of(place.region)
        span = place.first_year, place.last_year
        return cls(programme, place.region, name, place.scheme, *span, release.revision)
