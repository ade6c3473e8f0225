"""The figures of a day as table rows: by clerk, by identity, by year.

Returns texts and values of records; adds up nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from medcounter.money import show_money

from ...widgets.record_model import END, Column

if TYPE_CHECKING:
    from medcounter.desk.day.day_records import DayFigures, DayLine


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line and which table it belongs to."""

    kind: str
    line: DayLine


def day_rows(figures: DayFigures) -> tuple[DayRow, ...]:
    """Return all lines of a day, clerks first."""
    groups = (
        ("经办人", figures.by_clerk),
        ("身份", figures.by_category),
        ("待遇年度", figures.by_year),
    )
    return tuple(DayRow(kind, line) for kind, lines in groups for line in lines)


def _reprints(row: DayRow) -> str:
    return f"{row.line.reprints}" if row.kind == "经办人" else ""


DAY_COLUMNS: tuple[Column[DayRow], ...] = (
    Column("kind", "分类", lambda row: row.kind, lambda row: row.kind),
    Column("label", "名称", lambda row: row.line.label, lambda row: row.line.label),
    Column("issued", "出单", lambda row: f"{row.line.issued}", lambda row: row.line.issued, END),
    Column(
        "voided", "其中作废", lambda row: f"{row.line.voided}", lambda row: row.line.voided, END
    ),
    Column("reprints", "补打", _reprints, lambda row: row.line.reprints, END),
    Column(
        "total",
        "有效金额",
        lambda row: show_money(row.line.total),
        lambda row: row.line.total,
        END,
    ),
)
