"""Count and total a day at the counter by clerk, identity and year.

Pure: the same acts give the same figures. Money is whole fen; a notice whose
fee no source gives is counted but not totalled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from medcounter.store.ledger.day_acts import ISSUE, REPRINT, VOIDED, DayAct, DayActs

NOBODY = "（未填经办人）"


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of a table of the day.

    Attributes:
        label: A clerk, an identity or a benefit year.
        issued: Notices issued.
        voided: Those of them that are void.
        reprints: Further prints counted; 0 but for clerks.
        total: Fen of those issued and not void.
    """

    label: str
    issued: int
    voided: int
    reprints: int
    total: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The figures of a day.

    Attributes:
        issued: Notices issued.
        issued_total: Fen on them, the void ones too.
        voided: Those of them that are void.
        voided_total: Fen on those.
        earlier: Notices of earlier days, or of a part of this day closed
            before, that were voided.
        earlier_total: Fen on those.
        reprints: Further prints counted.
        unpriced: Notices issued whose fee no source gives.
        total: Fen on notices issued and not void.
        by_clerk: By name; voids are counted where the notice was issued.
        by_category: By identity.
        by_year: By benefit year.
        unconfirmed: Prints nobody confirmed: ``2026-03-000012 第 1 次``.
    """

    issued: int
    issued_total: int
    voided: int
    voided_total: int
    earlier: int
    earlier_total: int
    reprints: int
    unpriced: int
    total: int
    by_clerk: tuple[DayLine, ...]
    by_category: tuple[DayLine, ...]
    by_year: tuple[DayLine, ...]
    unconfirmed: tuple[str, ...]


def figures(done: DayActs) -> DayFigures:
    """Count and sum what was done."""
    issued = tuple(act for act in done.acts if act.kind == ISSUE)
    own = {act.number for act in issued}
    voids = tuple(act for act in done.acts if act.kind == VOIDED)
    void = {act.number for act in voids}
    earlier = tuple(act for act in voids if act.number not in own)
    reprints = tuple(act for act in done.acts if act.kind == REPRINT)
    gone = tuple(act for act in issued if act.number in void)
    return DayFigures(
        issued=len(issued),
        issued_total=_sum(issued),
        voided=len(gone),
        voided_total=_sum(gone),
        earlier=len(earlier),
        earlier_total=_sum(earlier),
        reprints=len(reprints),
        unpriced=sum(act.total is None for act in issued),
        total=_sum(issued) - _sum(gone),
        by_clerk=_lines(lambda act: act.clerk or NOBODY, issued, void, reprints),
        by_category=_lines(lambda act: act.category_label, issued, void),
        by_year=_lines(lambda act: f"{act.benefit_year} 年度", issued, void),
        unconfirmed=tuple(f"{number} 第 {print_no} 次" for number, print_no in done.unconfirmed),
    )


def dump_figures(figures: DayFigures) -> Mapping[str, object]:
    """Write figures in types JSON has, as a close keeps them."""
    return asdict(figures)


def load_figures(kept: Mapping[str, Any]) -> DayFigures:
    """Read the figures a close keeps."""
    lines = {
        name: tuple(DayLine(**line) for line in kept[name])
        for name in ("by_clerk", "by_category", "by_year")
    }
    plain = {field.name: kept[field.name] for field in fields(DayFigures)}
    return DayFigures(**{**plain, **lines, "unconfirmed": tuple(kept["unconfirmed"])})


def _lines(
    label: Callable[[DayAct], str],
    issued: Iterable[DayAct],
    void: set[str],
    reprints: Iterable[DayAct] = (),
) -> tuple[DayLine, ...]:
    lines: dict[str, DayLine] = {}

    def add(act: DayAct, change: Mapping[str, int]) -> None:
        old = lines.get(label(act), DayLine(label(act), 0, 0, 0, 0))
        new = {name: getattr(old, name) + more for name, more in change.items()}
        lines[label(act)] = DayLine(**{**asdict(old), **new})

    for act in issued:
        gone = act.number in void
        add(act, {"issued": 1, "voided": int(gone), "total": 0 if gone else act.total or 0})
    for act in reprints:
        add(act, {"reprints": 1})
    return tuple(lines[name] for name in sorted(lines))


def _sum(acts: Iterable[DayAct]) -> int:
    return sum(act.total or 0 for act in acts)
