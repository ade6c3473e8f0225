"""The menu over the ledger's rows: what may be done, and what may be copied.

Returns rows of a menu and texts; opens and does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.money import show_money

from ...widgets.act_menu import LINE, MenuRow
from .ledger_state import ENTERED, REPRINT, VOID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcounter.desk.desk_records import LedgerRow

COPY = "copy_"
_COPIES = (
    (f"{COPY}number", "复制编号"),
    (f"{COPY}name", "复制姓名"),
    (f"{COPY}id_masked", "复制证件号码（遮盖）"),
    (f"{COPY}total", "复制应缴金额"),
)
_SEVERAL = ((REPRINT, "打印选中的 {} 份"), (ENTERED, "{} 份标为已录入"), (VOID, "作废选中的 {} 份"))

FOR_SEVERAL = frozenset(act for act, _ in _SEVERAL)


def rows_for_one(acts: Sequence[MenuRow]) -> tuple[MenuRow, ...]:
    """Return what may be done with one notice, then what of it may be copied."""
    return (*acts, LINE, *(MenuRow(act, text) for act, text in _COPIES))


def rows_for_several(count: int) -> tuple[MenuRow, ...]:
    """Return what may be done with several notices at once."""
    return tuple(MenuRow(act, text.format(count), key=f"ledger_{act}") for act, text in _SEVERAL)


def copied_text(act: str, row: LedgerRow) -> str:
    """Return what is copied of a row; an ID number with its middle starred."""
    part = act.removeprefix(COPY)
    return show_money(row.total) if part == "total" else str(getattr(row, part))
