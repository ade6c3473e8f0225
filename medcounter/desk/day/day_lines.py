"""Compose the day's sheet: figures and acts as lines of tables.

Numbers and closes nothing. No line names a resident.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from medcounter.desk.day.day_records import DayClose, DayLook
from medcounter.money import show_money, show_yuan
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.notice.sheet.day_sheet import DaySheet, DayTable
from medcounter.settings import Settings
from medcounter.store.ledger.day_acts import ISSUE, REPRINT, VOIDED, DayAct
from medcounter.store.ledger.day_figures import DayFigures, DayLine
from medcounter.wording.terms import STATE_WORDS, UNCONFIRMED, UNSETTLED_AMOUNT

ACT_LABELS = {ISSUE: "出单", REPRINT: "补打", VOIDED: "作废"}
# A busier day's sheet says where its list is to be found: ten pages help nobody.
MOST_LISTED = 100
_COLUMNS = (("出单", 14), ("其中作废", 14), ("有效金额（元）", 24))
_CLERK_COLUMNS = (("经办人", 34), *_COLUMNS[:2], ("补打", 14), _COLUMNS[2])
_ACT_COLUMNS = (
    ("时间", 9),
    ("编号", 20),
    ("事项", 9),
    ("身份", 26),
    ("年度", 8),
    ("经办人", 13),
    ("金额（元）", 15),
)


def sheet_of_close(
    close: DayClose, acts: Sequence[DayAct], settings: Settings, at: datetime
) -> DaySheet:
    """Compose the sheet of a close.

    Args:
        close: The close.
        acts: What it covers.
        settings: Names the hall.
        at: When it is drawn.
    """
    return DaySheet(
        hall=settings.hall,
        desk=close.number.split("-")[1],
        clerk=close.clerk,
        number=close.number,
        day=close.day,
        closed_at=close.at,
        further=close.further,
        facts=(*facts(close.figures), *_by_hall(acts)),
        total=close.figures.total,
        words=amount_in_words(close.figures.total),
        tables=_tables(close.figures, acts),
        unconfirmed=close.figures.unconfirmed,
        left_out=_left_out(acts),
        head=close.head,
        printed_at=at,
    )


def sheet_of_look(
    look: DayLook, acts: Sequence[DayAct], settings: Settings, at: datetime
) -> DaySheet:
    """Compose the sheet of a day that is not closed, without a number.

    Args:
        look: The day as it stands.
        acts: What was done and is in no close.
        settings: Names hall, desk and clerk.
        at: When it is drawn.
    """
    return DaySheet(
        hall=settings.hall,
        desk=settings.desk,
        clerk=settings.clerk,
        number=None,
        day=look.day,
        closed_at=None,
        further=bool(look.closes),
        facts=(*facts(look.open), *_by_hall(acts)),
        total=look.open.total,
        words=amount_in_words(look.open.total),
        tables=_tables(look.open, acts),
        unconfirmed=look.open.unconfirmed,
        left_out=_left_out(acts),
        head=look.head,
        printed_at=at,
    )


def facts(figures: DayFigures) -> tuple[tuple[str, str], ...]:
    """Return each count of a day with its label."""
    counts = [
        ("出单", f"{figures.issued} 份"),
        ("其中作废", f"{figures.voided} 份"),
        ("有效", f"{figures.issued - figures.voided} 份"),
        ("补打", f"{figures.reprints} 次"),
        (STATE_WORDS[UNCONFIRMED], f"{len(figures.unconfirmed)} 次"),
    ]
    if figures.earlier:
        earlier = f"{figures.earlier} 份 {show_money(figures.earlier_total)}"
        counts.append(("作废往日或已结的单", earlier))
    if figures.unpriced:
        counts.append((f"金额{UNSETTLED_AMOUNT}", f"{figures.unpriced} 份"))
    return tuple(counts)


def _by_hall(acts: Sequence[DayAct]) -> tuple[tuple[str, str], ...]:
    """Count the notices issued by rules that the hall made; nothing for none."""
    count = sum(act.hall_rules for act in acts if act.kind == ISSUE)
    return (("按本厅规则", f"{count} 份"),) if count else ()


def _tables(figures: DayFigures, acts: Sequence[DayAct]) -> tuple[DayTable, ...]:
    listed = acts if len(acts) <= MOST_LISTED else ()
    clerks = tuple(_clerk_cells(line) for line in figures.by_clerk)
    tables = (
        DayTable("按经办人", _CLERK_COLUMNS, 1, clerks),
        DayTable("按身份", (("身份", 48), *_COLUMNS), 1, _cells(figures.by_category)),
        DayTable("按待遇年度", (("年度", 48), *_COLUMNS), 1, _cells(figures.by_year)),
        DayTable("明细", _ACT_COLUMNS, 6, tuple(_act_cells(act) for act in listed)),
    )
    return tuple(table for table in tables if table.rows)


def _left_out(acts: Sequence[DayAct]) -> str:
    if len(acts) <= MOST_LISTED:
        return ""
    issued = [act.number for act in acts if act.kind == ISSUE]
    numbers = f"（编号 {issued[0]} 至 {issued[-1]}）" if issued else ""
    return f"明细 {len(acts)} 条{numbers}不逐条列出，在台账里按日期查看，或导出为表格。"


def _cells(lines: Iterable[DayLine]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (line.label, f"{line.issued}", f"{line.voided}", show_yuan(line.total)) for line in lines
    )


def _clerk_cells(line: DayLine) -> tuple[str, ...]:
    counts = (f"{line.issued}", f"{line.voided}", f"{line.reprints}")
    return (line.label, *counts, show_yuan(line.total))


def _act_cells(act: DayAct) -> tuple[str, ...]:
    sums = {ISSUE: "", VOIDED: "-", REPRINT: None}[act.kind]
    total = "" if sums is None else f"{sums}{show_yuan(act.total)}" if act.total is not None else ""
    return (
        f"{act.at:%H:%M}",
        act.number,
        ACT_LABELS[act.kind],
        f"{act.category_label}（本厅规则）" if act.hall_rules else act.category_label,
        f"{act.benefit_year}",
        act.clerk,
        total or ("" if act.kind == REPRINT else UNSETTLED_AMOUNT),
    )
