"""The filter the clerk has chosen in the boxes above the ledger.

Provides labels to choose from and the resulting filter; does not query the
ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from medcounter.desk.counter.register import ENTERED_ONES, EVERYTHING, TO_ENTER, LedgerFilter
from medcounter.typed.typed_date import read_typed_date
from medcounter.wording.terms import ENTERED_WORD, STATE_WORDS, TO_ENTER_WORD

if TYPE_CHECKING:
    from datetime import date

ANY_DAY = "不限"
ANY_STATE = "不限"
ANYBODY = "不限"
TODAY = "今天"
_SPANS = {TODAY: (0, 0), "昨天": (1, 1), "近 7 天": (6, 0), "近 31 天": (30, 0)}
DAY_CHOICES = (ANY_DAY, *_SPANS)
_STATES = {
    ANY_STATE: "",
    **{word: state for state, word in STATE_WORDS.items()},
    TO_ENTER_WORD: TO_ENTER,
    ENTERED_WORD: ENTERED_ONES,
}
STATE_CHOICES = tuple(_STATES)


@dataclass(frozen=True, slots=True)
class LedgerWish:
    """The filter chosen beside the search text.

    Attributes:
        days: One of :data:`DAY_CHOICES`, or a typed day.
        state: One of :data:`STATE_CHOICES`.
        clerk: A name, or :data:`ANYBODY`.
        whose: Whose notices, as shown; empty for anybody's.
        person: Which notices that means.
    """

    days: str = ANY_DAY
    state: str = ANY_STATE
    clerk: str = ANYBODY
    whose: str = ""
    person: LedgerFilter = EVERYTHING

    @property
    def narrows(self) -> bool:
        """Whether it filters anything."""
        return self != LedgerWish()

    def with_(self, name: str, text: str) -> LedgerWish:
        """Return the wish with another ``days``, ``state`` or ``clerk``."""
        change: dict[str, Any] = {name: text}
        return replace(self, **change)

    def within(self, on: date) -> LedgerFilter:
        """Return the resulting filter on a day.

        Raises:
            DateUnreadableError: The typed day is none.
        """
        first, last = _days(self.days, on)
        return replace(
            self.person,
            first_day=first,
            last_day=last,
            state=_STATES[self.state],
            clerk="" if self.clerk == ANYBODY else self.clerk,
        )


def _days(text: str, on: date) -> tuple[date | None, date | None]:
    if not text.strip() or text == ANY_DAY:
        return None, None
    if text in _SPANS:
        first, last = _SPANS[text]
        return on - timedelta(days=first), on - timedelta(days=last)
    day = read_typed_date(text, on)
    return day, day
