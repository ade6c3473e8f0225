"""What a day and a season came to: per day, hour, place and identity.

Pure functions over what the ledger counted. Names no resident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from medcounter.store.ledger.day_acts import TallyRow


@dataclass(frozen=True, slots=True)
class TallyLine:
    """The notices that have one thing in common.

    Attributes:
        label: What that is: a day, an hour, a place or an identity.
        issued: How many were issued, the void ones among them.
        voided: How many of them are void by now.
        unpriced: How many of the valid ones have no fee by any source.
        total: Fen on the valid ones.
    """

    label: str
    issued: int
    voided: int
    unpriced: int
    total: int

    @property
    def valid(self) -> int:
        """How many are not void."""
        return self.issued - self.voided


@dataclass(frozen=True, slots=True)
class NoticeTally:
    """The notices of a day or of a season.

    Attributes:
        whole: All of them together.
        by_day: Each day from the first to the last, those without any too.
        by_hour: Each hour of the day from the first to the last likewise.
        by_place: The place with most valid notices first.
        by_identity: The identity with most valid notices first.
    """

    whole: TallyLine
    by_day: tuple[TallyLine, ...]
    by_hour: tuple[TallyLine, ...]
    by_place: tuple[TallyLine, ...]
    by_identity: tuple[TallyLine, ...]


@dataclass(frozen=True, slots=True)
class SeasonTally:
    """What the counter shows of the season, and its figures.

    Attributes:
        year: The benefit year that is counted.
        collected: Whether it is collected today.
        end: Last day on which it is, inclusive; None if unknown or over.
        days_left: From today to that day, 0 on it; None without one.
        today: The notices issued today, for whatever year.
        season: All notices for that year.
    """

    year: int
    collected: bool
    end: date | None
    days_left: int | None
    today: NoticeTally
    season: NoticeTally


def tally(rows: Iterable[TallyRow], place_name: Callable[[str], str]) -> NoticeTally:
    """Add up what the ledger counted.

    Args:
        rows: In any order.
        place_name: Names a place by its code.
    """
    counted = tuple(rows)
    days, hours = {row.day for row in counted}, {row.hour for row in counted}
    return NoticeTally(
        whole=_line("", counted),
        by_day=_each(_days(days), counted, lambda row: row.day.isoformat()),
        by_hour=_each(_hours(hours), counted, lambda row: _hour(row.hour)),
        by_place=_most_first(counted, lambda row: place_name(row.region)),
        by_identity=_most_first(counted, lambda row: row.category_label),
    )


def tally_lines(counted: NoticeTally) -> tuple[tuple[str, TallyLine], ...]:
    """List every line with the name of what it is one of, as a table has it."""
    groups: Mapping[str, tuple[TallyLine, ...]] = {
        "按天": counted.by_day if len(counted.by_day) > 1 else (),
        "按时段": counted.by_hour,
        "按地区": counted.by_place,
        "按身份": counted.by_identity,
    }
    return tuple((kind, line) for kind, lines in groups.items() for line in lines)


def _days(seen: set[date]) -> list[str]:
    if not seen:
        return []
    first, last = min(seen), max(seen)
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def _hours(seen: set[int]) -> list[str]:
    return [_hour(hour) for hour in range(min(seen), max(seen) + 1)] if seen else []


def _hour(hour: int) -> str:
    return f"{hour} 时"


def _each(
    labels: Iterable[str], rows: tuple[TallyRow, ...], label: Callable[[TallyRow], str]
) -> tuple[TallyLine, ...]:
    kept: dict[str, list[TallyRow]] = {each: [] for each in labels}
    for row in rows:
        kept[label(row)].append(row)
    return tuple(_line(each, some) for each, some in kept.items())


def _most_first(
    rows: tuple[TallyRow, ...], label: Callable[[TallyRow], str]
) -> tuple[TallyLine, ...]:
    lines = _each(dict.fromkeys(map(label, rows)), rows, label)
    return tuple(sorted(lines, key=lambda line: (-line.valid, -line.issued, line.label)))


def _line(label: str, rows: Iterable[TallyRow]) -> TallyLine:
    some = tuple(rows)
    return TallyLine(
        label=label,
        issued=sum(row.issued for row in some),
        voided=sum(row.voided for row in some),
        unpriced=sum(row.unpriced for row in some),
        total=sum(row.total for row in some),
    )
