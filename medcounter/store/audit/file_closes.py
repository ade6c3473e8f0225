"""Count each close of a day again from the acts that stand in an audit file.

Reports a sentence for each close that says otherwise. The ledger is held to the same
where it is verified; whoever reads the file has no ledger, and the sheet of the day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from sys import intern
from typing import Any, NamedTuple

from medcounter.store.journal.sealed_rows import COLUMNS
from medcounter.store.ledger.day_acts import DayAct, DayActs
from medcounter.store.ledger.day_figures import dump_figures, figures
from medcounter.strict_json import NotCanonicalError, StrictJsonError, canonical, read_strict

KIND = "day-close"
_POSITION, _KIND, _ABOUT, _CLERK, _DETAIL = 0, 1, 3, 5, 6
_FEE = tuple(COLUMNS.index(name) for name in ("category_label", "benefit_year", "total"))
_ACTS = {"issue", "reprint", "void"}
# Which prints nobody confirmed has changed since; what was done has not.
_CHANGES = "unconfirmed"


class _Act(NamedTuple):
    kind: str
    at: datetime
    clerk: str
    notice: int

    @property
    def day(self) -> tuple[date, timedelta | None]:
        return self.at.date(), self.at.utcoffset()


class FileCloses:
    """The acts of a file that no close covers yet."""

    def __init__(self) -> None:
        """Begin before the first row."""
        self._fees: list[tuple[object, ...]] = []
        self._same_fees: dict[tuple[object, ...], tuple[object, ...]] = {}
        self._positions: list[int] = []
        self._acts: dict[int, _Act] = {}
        self._of_day: dict[tuple[date, timedelta | None], set[int]] = {}
        self._signs_in = False

    def take(self, event: Sequence[Any], notice: Sequence[object], at: datetime | None) -> None:
        """Take an act on a notice that is in the file.

        Args:
            event: Its columns.
            notice: Those of the notice it issued; empty for another event.
            at: When; None where the row says no time.
        """
        position, kind, about = event[_POSITION], event[_KIND], event[_ABOUT]
        if notice:
            # Anything may stand there in a file that somebody wrote.
            read = (notice[column] for column in _FEE)
            fee = tuple(each if isinstance(each, str | int) else None for each in read)
            self._fees.append(self._same_fees.setdefault(fee, fee))
        if kind not in _ACTS or at is None or position in self._acts or about > len(self._fees):
            return
        act = _Act(intern(kind), at, intern(str(event[_CLERK])), about)
        self._positions.append(position)
        self._acts[position] = act
        self._of_day.setdefault(act.day, set()).add(position)

    def sign_in(self) -> None:
        """Take note that people sign in."""
        self._signs_in = True

    def faults(self, event: Sequence[Any], at: datetime | None) -> Iterator[str]:
        """Give what a close says otherwise than the acts before it.

        Args:
            event: Its columns.
            at: When; None where the row says no time.
        """
        position = event[_POSITION]
        said = _said(str(event[_DETAIL]))
        if said is None or at is None:
            yield f"第 {position} 条记录的日结无法读取。"
            return
        day, ranges, kept = said
        covered = self._covered(ranges)
        own = self._of_day.get((day, at.utcoffset()), set())
        others = any(
            self._acts[each].at.utcoffset() == at.utcoffset() and each not in own
            for each in covered
        )
        if others or not own <= set(covered):
            yield f"第 {position} 条记录的日结没有包括它那一天的全部记录，可能不是程序写的。"
        if (kept or self._signs_in) and not self._is_right(covered, kept):
            yield f"第 {position} 条记录的日结数目与那一天的记录不符，可能不是程序写的。"
        for each in covered:
            self._of_day[self._acts[each].day].discard(each)
            del self._acts[each]
        self._positions = [each for each in self._positions if each in self._acts]

    def _covered(self, ranges: list[tuple[int, int]]) -> list[int]:
        """Return the acts of ranges that are in no close yet, in order."""
        found: list[int] = []
        last = 0
        for first, end in sorted(ranges):
            low = bisect_left(self._positions, max(first, last + 1))
            found += self._positions[low : bisect_right(self._positions, end)]
            last = max(last, end)
        return found

    def _is_right(self, covered: list[int], kept: Mapping[str, Any]) -> bool:
        acts = tuple(self._act(position) for position in covered)
        try:
            counted = dict(dump_figures(figures(DayActs((), acts, ()))))
            known = dict(kept)
            return counted.keys() == known.keys() and _without(counted) == _without(known)
        except (NotCanonicalError, TypeError):  # a fee that is no number
            return False

    def _act(self, position: int) -> DayAct:
        act = self._acts[position]
        label, year, total = self._fees[act.notice - 1]
        return DayAct(
            position,
            act.kind,
            act.at,
            act.clerk,
            str(act.notice),
            position,
            "",
            str(label),
            year,  # type: ignore[arg-type] # is only written out
            total,  # type: ignore[arg-type] # as told where it is added up
        )


def _without(counted: dict[str, Any]) -> bytes:
    return canonical({name: each for name, each in counted.items() if name != _CHANGES})


def _said(detail: str) -> tuple[date, list[tuple[int, int]], Mapping[str, Any]] | None:
    """Read day, ranges and figures of a close; None where it says none."""
    try:
        match read_strict(detail.encode()):
            case {"day": str(day), "ranges": list(ranges), "figures": dict(kept)}:
                pairs = [(int(first), int(last)) for first, last in ranges]
                return date.fromisoformat(day), pairs, kept
    except (StrictJsonError, TypeError, ValueError):
        return None
    return None
