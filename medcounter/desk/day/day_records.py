"""The desk's records of a day; computes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from medcounter.store.ledger.day_figures import DayFigures, DayLine

__all__ = ["DayClose", "DayFigures", "DayLine", "DayLook"]


@dataclass(frozen=True, slots=True)
class DayClose:
    """A close of a day, as the window shows it.

    Attributes:
        number: ``2026-03-D0012``.
        day: The day closed.
        at: When.
        clerk: Who closed it.
        further: Whether it covers only what was done after an earlier close.
        figures: What it came to.
        head: The ledger's head right after it: number and 8 hex digits.
    """

    number: str
    day: date
    at: datetime
    clerk: str
    further: bool
    figures: DayFigures
    head: str


@dataclass(frozen=True, slots=True)
class DayLook:
    """A day in its current state.

    Attributes:
        day: The date.
        open: What was done and is in no close yet.
        closes: Its closes, oldest first.
        can_close: Whether there is anything to close.
        forgotten: Earlier days with something in no close, oldest first.
        head: The ledger's head now: number and 8 hex digits.
    """

    day: date
    open: DayFigures
    closes: tuple[DayClose, ...]
    can_close: bool
    forgotten: tuple[date, ...]
    head: str
